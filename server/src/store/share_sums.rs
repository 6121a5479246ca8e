//! What of shares the sums hold, and who shared when.

use chrono::{DateTime, Utc};
use entity::enums::{Network, ShareState};
use entity::ids::{MemberId, OrganizationId, PostId, ShareId, TeamId};
use entity::share_sum::{Column, Entity, Model};
use entity::{member, member_activity, share, team_active};
use sea_orm::sea_query::{Alias, Expr, Func, LockType, OnConflict, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::{StoreError, Txn};
use crate::domain::share::COUNTING;

/// Rows of one statement. One has six values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 4_000;

/// Shares, changed since `since` and after one that was read, of which the sums hold something else;
/// oldest change first, and when it was. Without the one that was read, who has many to read reads
/// past all that came before again and again.
pub async fn changed(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
    after: Option<ShareId>,
    limit: u64,
) -> Result<Vec<(ShareId, DateTime<Utc>)>, StoreError> {
    let mut query = share::Entity::find();
    if let Some(id) = after {
        let later = share::Column::UpdatedAt.gt(since);
        query = query.filter(later.or(share::Column::Id.gt(id)));
    }
    Ok(query
        .select_only()
        .columns([share::Column::Id, share::Column::UpdatedAt])
        .filter(share::Column::UpdatedAt.gte(since))
        .filter(Expr::exists(held()).not())
        .order_by_asc(share::Column::UpdatedAt)
        .order_by_asc(share::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// What the sums hold, as far as it is what the share is.
fn held() -> SelectStatement {
    let of_share = |column| Expr::col((share::Entity, column));
    let followers = Func::coalesce([of_share(share::Column::Followers), Expr::value(0_i64)]);
    Query::select()
        .expr(Expr::value(1))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::ShareId)).eq(of_share(share::Column::Id)))
        .and_where(Expr::col((Entity, Column::State)).eq(of_share(share::Column::State)))
        .and_where(Expr::col((Entity, Column::Followers)).eq(followers))
        .to_owned()
}

/// Shares, held until the transaction ends, so that two workers do not sum them up at once.
pub async fn hold(txn: &Txn, ids: &[ShareId]) -> Result<Vec<share::Model>, StoreError> {
    Ok(share::Entity::find()
        .filter(share::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(share::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(&**txn)
        .await?)
}

/// What the sums hold of shares.
pub async fn find_many(
    db: &impl ConnectionTrait,
    ids: &[ShareId],
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::ShareId.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// Notes what the sums hold of shares.
pub async fn put(txn: &Txn, rows: Vec<Model>) -> Result<(), StoreError> {
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(part)
            .on_conflict(
                OnConflict::column(Column::ShareId)
                    .update_columns([Column::State, Column::Followers])
                    .to_owned(),
            )
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}

/// The teams that members belong to.
pub async fn teams_of(
    db: &impl ConnectionTrait,
    members: &[MemberId],
) -> Result<Vec<(MemberId, Option<TeamId>)>, StoreError> {
    Ok(member::Entity::find()
        .select_only()
        .columns([member::Column::Id, member::Column::TeamId])
        .filter(member::Column::Id.is_in(members.iter().copied()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Adds shares to those of members in a month, in the order in which they are given.
pub async fn add_active(txn: &Txn, rows: Vec<team_active::Model>) -> Result<(), StoreError> {
    use team_active::{Column, Entity};
    let key = [
        Column::OrganizationId,
        Column::Month,
        Column::TeamId,
        Column::MemberId,
    ];
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        let sum = Expr::col((Entity, Column::Shares))
            .add(Expr::col((Alias::new("excluded"), Column::Shares)));
        Entity::insert_many(part)
            .on_conflict(
                OnConflict::columns(key)
                    .value(Column::Shares, sum)
                    .to_owned(),
            )
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}

/// Who shared in a month, by the team that they belonged to.
pub async fn active_in(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    month: &str,
) -> Result<Vec<(TeamId, MemberId)>, StoreError> {
    use team_active::{Column, Entity};
    Ok(Entity::find()
        .select_only()
        .columns([Column::TeamId, Column::MemberId])
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Month.eq(month))
        .filter(Column::Shares.gt(0))
        .into_tuple()
        .all(db)
        .await?)
}

/// How many members shared each of some posts in each month, as the sums hold it: by the first
/// seven letters of its days, as in `2026-11`.
pub async fn sharers_by_month(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<Vec<(PostId, String, i64)>, StoreError> {
    Ok(sharers(organization, posts)
        .column(share::Column::PostId)
        .column_as(month(), "month")
        .column_as(members(), "members")
        .group_by(share::Column::PostId)
        .group_by(month())
        .into_tuple()
        .all(db)
        .await?)
}

/// How many members shared a post on each network in each month, like [`sharers_by_month`].
pub async fn sharers_by_network(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    post: PostId,
) -> Result<Vec<(Network, String, i64)>, StoreError> {
    Ok(sharers(organization, &[post])
        .column(share::Column::Network)
        .column_as(month(), "month")
        .column_as(members(), "members")
        .group_by(share::Column::Network)
        .group_by(month())
        .into_tuple()
        .all(db)
        .await?)
}

/// The shares of posts that count, each beside what the sums hold of it: the day there stays.
fn sharers(organization: OrganizationId, posts: &[PostId]) -> Select<share::Entity> {
    share::Entity::find()
        .select_only()
        .join(
            JoinType::InnerJoin,
            share::Entity::belongs_to(Entity)
                .from(share::Column::Id)
                .to(Column::ShareId)
                .into(),
        )
        .filter(share::Column::OrganizationId.eq(organization))
        .filter(share::Column::PostId.is_in(posts.iter().copied()))
        .filter(Column::State.is_in(COUNTING))
}

/// Written out instead of bound, since Postgres takes two bound ones for different.
fn month() -> Expr {
    Expr::cust("substr(share_sum.day, 1, 7)")
}

fn members() -> Expr {
    Expr::col((share::Entity, share::Column::MemberId)).count_distinct()
}

/// Notes when members last shared, where that is later than what is noted.
pub async fn note_activity(txn: &Txn, rows: Vec<member_activity::Model>) -> Result<(), StoreError> {
    use member_activity::{Column, Entity};
    let noted = || Expr::col((Entity, Column::LastSharedAt));
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        let new = Expr::col((Alias::new("excluded"), Column::LastSharedAt));
        Entity::insert_many(part)
            .on_conflict(
                OnConflict::column(Column::MemberId)
                    .update_column(Column::LastSharedAt)
                    .action_and_where(noted().lt(new))
                    .to_owned(),
            )
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}

/// Forgets when a member last shared: it is found out anew.
pub async fn forget_activity(txn: &Txn, member: MemberId) -> Result<(), StoreError> {
    member_activity::Entity::delete_by_id(member)
        .exec(&**txn)
        .await?;
    Ok(())
}

/// The shares of a member that count.
pub async fn counting_of(
    db: &impl ConnectionTrait,
    member: MemberId,
) -> Result<Vec<share::Model>, StoreError> {
    let states: [ShareState; 3] = COUNTING;
    Ok(share::Entity::find()
        .filter(share::Column::MemberId.eq(member))
        .filter(share::Column::State.is_in(states))
        .all(db)
        .await?)
}

/// How many members shared since a time.
pub async fn active_since(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    use member_activity::{Column, Entity};
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::LastSharedAt.gte(since))
        .count(db)
        .await?)
}
