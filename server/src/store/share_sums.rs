//! What of shares the sums hold, and who shared when.

use chrono::{DateTime, Utc};
use entity::enums::ShareState;
use entity::ids::{MemberId, OrganizationId, ShareId, TeamId};
use entity::share_sum::{Column, Entity, Model};
use entity::{member, member_activity, share, team_active};
use sea_orm::sea_query::{Alias, Expr, Func, LockType, OnConflict, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::{StoreError, Txn};
use crate::domain::share::COUNTING;

/// Rows of one statement. One has six values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 4_000;

/// Shares, changed since `since`, of which the sums hold something else; oldest change first.
pub async fn changed(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<ShareId>, StoreError> {
    Ok(share::Entity::find()
        .select_only()
        .column(share::Column::Id)
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

/// How many members shared in each month from one to another; months with nobody are left out.
pub async fn active_by_month(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (from, until): (&str, &str),
) -> Result<Vec<(String, i64)>, StoreError> {
    use team_active::{Column, Entity};
    Ok(Entity::find()
        .select_only()
        .column(Column::Month)
        .column_as(
            Expr::col((Entity, Column::MemberId)).count_distinct(),
            "members",
        )
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Month.between(from, until))
        .filter(Column::Shares.gt(0))
        .group_by(Column::Month)
        .into_tuple()
        .all(db)
        .await?)
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
