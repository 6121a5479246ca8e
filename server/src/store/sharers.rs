//! Whether enough members shared in some days for figures of them to be told. As many as suffice
//! are looked for, and no more: an organization has hundreds of thousands of shares.

use entity::enums::{FigureScope, Network};
use entity::ids::{MemberId, OrganizationId, PostId, TeamId};
use entity::{figure_day, post, share, share_sum, team_active};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QuerySelect,
    Select,
};

use super::StoreError;
use super::figure_days::Days;
use super::posts::narrow;
use crate::domain::share::COUNTING;
use crate::domain::sums::of_state;

/// Members among whom [`some`] looks.
const SAMPLE: u64 = 100;

/// Shares of which posts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posts {
    /// Of all.
    All,
    /// Of those for everybody.
    ForAll,
}

/// The first of some months in which anybody shared, by its first day.
pub async fn next_month(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (from, until): (&str, &str),
) -> Result<Option<String>, StoreError> {
    use team_active::{Column, Entity};
    let found: Option<Option<String>> = Entity::find()
        .select_only()
        .column_as(Column::Month.min(), "month")
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Month.between(from, until))
        .filter(Column::Shares.gt(0))
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.flatten())
}

/// So many who shared in some days, as far as they are among the first who shared in these
/// months: mostly enough, and quick.
pub async fn some(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (days, months): (Days<'_>, &[&str]),
    (posts, limit): (Posts, u64),
) -> Result<Vec<MemberId>, StoreError> {
    let first = Query::select()
        .column((team_active::Entity, team_active::Column::MemberId))
        .from(team_active::Entity)
        .and_where(team_active::Column::OrganizationId.eq(organization))
        .and_where(team_active::Column::Month.is_in(months.iter().copied()))
        .and_where(team_active::Column::Shares.gt(0))
        .limit(SAMPLE)
        .to_owned();
    let mut found =
        shared(organization, days, limit).filter(share::Column::MemberId.in_subquery(first));
    if posts == Posts::ForAll {
        found = found
            .join(
                JoinType::InnerJoin,
                share::Entity::belongs_to(post::Entity)
                    .from(share::Column::PostId)
                    .to(post::Column::Id)
                    .into(),
            )
            .filter(narrow::is_for_all());
    }
    Ok(found.into_tuple().all(db).await?)
}

/// So many who shared in some days, whoever they are: by way of the posts that have shares then.
pub async fn of_posts(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    days: Days<'_>,
    (posts, limit): (Posts, u64),
) -> Result<Vec<MemberId>, StoreError> {
    let mut shared_then = shared_then(organization, days);
    if posts == Posts::ForAll {
        shared_then.and_where(narrow::is_for_all());
    }
    Ok(shared(organization, days, limit)
        .filter(share::Column::PostId.in_subquery(shared_then))
        .into_tuple()
        .all(db)
        .await?)
}

/// Where somebody shared: the team that was theirs then, they, what they shared, and where.
pub type Shared = (Option<TeamId>, MemberId, PostId, Network);

/// Everybody who shared in some days, each share but once.
pub async fn everybody(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    days: Days<'_>,
) -> Result<Vec<Shared>, StoreError> {
    let posts = shared_then(organization, days);
    Ok(counting(organization, days)
        .column(share_sum::Column::TeamId)
        .columns([
            share::Column::MemberId,
            share::Column::PostId,
            share::Column::Network,
        ])
        .distinct()
        .filter(share::Column::PostId.in_subquery(posts))
        .into_tuple()
        .all(db)
        .await?)
}

/// The posts that have shares that count in some days.
fn shared_then(organization: OrganizationId, days: Days<'_>) -> SelectStatement {
    Query::select()
        .column((post::Entity, post::Column::Id))
        .from(post::Entity)
        .and_where(post::Column::OrganizationId.eq(organization))
        .and_where(Expr::exists(sums_of_shares(organization, days)))
        .to_owned()
}

/// Whether a post has shares that count in some days.
fn sums_of_shares(organization: OrganizationId, (first, last): Days<'_>) -> SelectStatement {
    use figure_day::{Column, Entity};
    let of_post = Expr::col((post::Entity, post::Column::Id));
    Query::select()
        .expr(Expr::value(1))
        .from(Entity)
        .and_where(Column::OrganizationId.eq(organization))
        .and_where(Column::Scope.eq(FigureScope::Post))
        .and_where(Expr::col((Entity, Column::SubjectId)).eq(of_post))
        .and_where(Column::Day.between(first, last))
        .and_where(Column::Measure.is_in(COUNTING.map(of_state)))
        .and_where(Column::Value.gt(0))
        .to_owned()
}

/// Members with shares that count in some days.
fn shared(organization: OrganizationId, days: Days<'_>, limit: u64) -> Select<share::Entity> {
    counting(organization, days)
        .column(share::Column::MemberId)
        .distinct()
        .limit(limit)
}

/// Shares that count in some days, by the day and state that the sums hold, with these sums.
fn counting(organization: OrganizationId, (first, last): Days<'_>) -> Select<share::Entity> {
    share::Entity::find()
        .select_only()
        .join(
            JoinType::InnerJoin,
            share::Entity::belongs_to(share_sum::Entity)
                .from(share::Column::Id)
                .to(share_sum::Column::ShareId)
                .into(),
        )
        .filter(share::Column::OrganizationId.eq(organization))
        .filter(share_sum::Column::State.is_in(COUNTING))
        .filter(share_sum::Column::Day.between(first, last))
}
