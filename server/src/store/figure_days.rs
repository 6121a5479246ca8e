//! Sums by day: written by who counts, read by who wants to know.

use entity::enums::{FigureScope, Measure, Network};
use entity::figure_day::{Column, Entity, Model};
use entity::ids::{CampaignId, OrganizationId, PostId};
use entity::{organization, post};
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, OnConflict, Query, SelectStatement, UnionType,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Select,
};
use uuid::Uuid;

use super::posts::narrow;
use super::{StoreError, Txn};

/// Rows of one statement. One has seven values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 4_000;

/// In the words of the index that holds these, as both databases want it: written out, since what
/// is bound is nothing that they know before.
const SHARES_AND_CLICKS: &str = "figure_day.scope = 'post' AND figure_day.measure IN \
     ('click', 'share_confirmed', 'share_proven', 'share_published')";

/// Whose sums are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The whole organization's, posts for some people among them.
    Whole,
    /// The whole organization's without those of posts for some people.
    Organization,
    /// A post's.
    Post(PostId),
    /// Those of all posts of a campaign but those for some people.
    Campaign(CampaignId),
}

/// Days from the first to the last, as dates.
pub type Days<'a> = (&'a str, &'a str);

/// A sum of one network.
pub type OfNetwork = (Network, Measure, i64);
/// A sum of one day and network.
pub type OfDay = (String, Network, Measure, i64);
/// A sum of one thing.
pub type OfSubject = (Uuid, Measure, i64);
/// A sum of one thing in one month, as in `2026-11`, on one network.
pub type OfMonth = (Uuid, String, Network, Measure, i64);
/// A sum of one post, with the first day on which there was something of it.
pub type OfPost = (Uuid, Measure, i64, String);
/// A sum of one thing on one network.
pub type OfSubjectAndNetwork = (Uuid, Network, Measure, i64);

/// Adds to sums, which begin with what is added; in the order in which they are given.
pub async fn add(txn: &Txn, rows: Vec<Model>) -> Result<(), StoreError> {
    let key = [
        Column::OrganizationId,
        Column::Scope,
        Column::SubjectId,
        Column::Day,
        Column::Network,
        Column::Measure,
    ];
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        let sum = Expr::col((Entity, Column::Value))
            .add(Expr::col((Alias::new("excluded"), Column::Value)));
        Entity::insert_many(part)
            .on_conflict(
                OnConflict::columns(key)
                    .value(Column::Value, sum)
                    .to_owned(),
            )
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}

/// The sums of some days by network.
pub async fn by_network(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    subject: &Subject,
    days: Days<'_>,
) -> Result<Vec<OfNetwork>, StoreError> {
    Ok(within(of(organization, subject), days)
        .select_only()
        .columns([Column::Network, Column::Measure])
        .column_as(sum(subject), "value")
        .group_by(Column::Network)
        .group_by(Column::Measure)
        .having(sum(subject).ne(0))
        .into_tuple()
        .all(db)
        .await?)
}

/// The sums of some days by day and network, of these measures alone.
pub async fn by_day(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    subject: &Subject,
    (days, measures): (Days<'_>, &[Measure]),
) -> Result<Vec<OfDay>, StoreError> {
    Ok(within(of(organization, subject), days)
        .select_only()
        .columns([Column::Day, Column::Network, Column::Measure])
        .column_as(sum(subject), "value")
        .filter(Column::Measure.is_in(measures.iter().copied()))
        .group_by(Column::Day)
        .group_by(Column::Network)
        .group_by(Column::Measure)
        .having(sum(subject).ne(0))
        .into_tuple()
        .all(db)
        .await?)
}

/// Everything that posts ever did, by post.
pub async fn of_posts(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<Vec<OfSubject>, StoreError> {
    Ok(of_all(organization, posts)
        .select_only()
        .columns([Column::SubjectId, Column::Measure])
        .column_as(Column::Value.sum().cast_as("bigint"), "value")
        .group_by(Column::SubjectId)
        .group_by(Column::Measure)
        .into_tuple()
        .all(db)
        .await?)
}

/// Everything that posts ever did, by post, month and network.
pub async fn of_posts_by_month(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<Vec<OfMonth>, StoreError> {
    // Written out instead of bound, since Postgres takes two bound ones for different.
    let month = || Expr::cust("substr(day, 1, 7)");
    Ok(of_all(organization, posts)
        .select_only()
        .column(Column::SubjectId)
        .column_as(month(), "month")
        .columns([Column::Network, Column::Measure])
        .column_as(Column::Value.sum().cast_as("bigint"), "value")
        .group_by(Column::SubjectId)
        .group_by(month())
        .group_by(Column::Network)
        .group_by(Column::Measure)
        .into_tuple()
        .all(db)
        .await?)
}

/// Everything that posts did up to a day, by post.
pub async fn of_posts_until(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (posts, until): (&[PostId], &str),
) -> Result<Vec<OfSubject>, StoreError> {
    Ok(of_all(organization, posts)
        .select_only()
        .columns([Column::SubjectId, Column::Measure])
        .column_as(Column::Value.sum().cast_as("bigint"), "value")
        .filter(Column::Day.lte(until))
        .group_by(Column::SubjectId)
        .group_by(Column::Measure)
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether posts for some people did anything in some days.
pub async fn did_anything_for_some(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    days: Days<'_>,
) -> Result<bool, StoreError> {
    let rows = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Scope.eq(FigureScope::Post))
        .filter(Column::SubjectId.in_subquery(narrow::ids(organization)));
    let found: Option<Uuid> = within(rows, days)
        .select_only()
        .column(Column::SubjectId)
        .filter(Column::Value.ne(0))
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The rows of posts.
fn of_all(organization: OrganizationId, posts: &[PostId]) -> Select<Entity> {
    Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Scope.eq(FigureScope::Post))
        .filter(Column::SubjectId.is_in(posts.iter().map(|post| post.0)))
}

/// Everything that the posts of campaigns did up to a day but those for some people, by post;
/// without a day, ever.
pub async fn of_campaigns(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaigns: &[CampaignId],
    until: Option<&str>,
) -> Result<Vec<OfPost>, StoreError> {
    let rows = Entity::find().filter(Column::Scope.eq(FigureScope::Post));
    of_posts_of(rows, organization, campaigns, until)
        .into_tuple()
        .all(db)
        .await
        .map_err(StoreError::from)
}

/// The same of shares and clicks alone, which an index of their own holds: a list of campaigns
/// tells what all posts ever did.
pub async fn shares_and_clicks_of_campaigns(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    campaigns: &[CampaignId],
    until: Option<&str>,
) -> Result<Vec<OfPost>, StoreError> {
    let rows = Entity::find().filter(Expr::cust(SHARES_AND_CLICKS));
    of_posts_of(rows, organization, campaigns, until)
        .into_tuple()
        .all(db)
        .await
        .map_err(StoreError::from)
}

/// By post, since a campaign looked up beside each row would take longer than all the rest.
fn of_posts_of(
    rows: Select<Entity>,
    organization: OrganizationId,
    campaigns: &[CampaignId],
    until: Option<&str>,
) -> Select<Entity> {
    let mut rows = rows
        .select_only()
        .columns([Column::SubjectId, Column::Measure])
        .column_as(Column::Value.sum().cast_as("bigint"), "value")
        .column_as(Column::Day.min(), "first_day")
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::SubjectId.in_subquery(posts_of(organization, campaigns)));
    if let Some(until) = until {
        rows = rows.filter(Column::Day.lte(until));
    }
    rows.group_by(Column::SubjectId)
        .group_by(Column::Measure)
        .having(Column::Value.sum().ne(0))
}

/// Of which teams anything was measured in a month, and on which networks: also of those that are
/// gone, and of who has none.
pub async fn measured_of_teams(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    month: &str,
) -> Result<Vec<(Uuid, Network)>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::SubjectId, Column::Network])
        .distinct()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Scope.eq(FigureScope::Team))
        .filter(Column::Day.eq(month))
        .filter(Column::Value.ne(0))
        .into_tuple()
        .all(db)
        .await?)
}

/// The sums of teams in a month, by team and network.
pub async fn of_teams(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    teams: &[Uuid],
    month: &str,
) -> Result<Vec<OfSubjectAndNetwork>, StoreError> {
    Ok(in_month(organization, teams, month)
        .select_only()
        .columns([
            Column::SubjectId,
            Column::Network,
            Column::Measure,
            Column::Value,
        ])
        .into_tuple()
        .all(db)
        .await?)
}

/// The same of all of them together, by network.
pub async fn of_teams_together(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    teams: &[Uuid],
    month: &str,
) -> Result<Vec<OfNetwork>, StoreError> {
    Ok(in_month(organization, teams, month)
        .select_only()
        .columns([Column::Network, Column::Measure])
        .column_as(Column::Value.sum().cast_as("bigint"), "value")
        .group_by(Column::Network)
        .group_by(Column::Measure)
        .into_tuple()
        .all(db)
        .await?)
}

/// The rows of teams in a month.
fn in_month(organization: OrganizationId, teams: &[Uuid], month: &str) -> Select<Entity> {
    Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Scope.eq(FigureScope::Team))
        .filter(Column::SubjectId.is_in(teams.iter().copied()))
        .filter(Column::Day.eq(month))
}

fn within(select: Select<Entity>, (from, until): Days<'_>) -> Select<Entity> {
    select.filter(Column::Day.between(from, until))
}

/// Rows of posts among those of an organization are taken away from it: in one statement, so that
/// nothing is counted between the two. What is nothing is left out, since it could tell that there
/// was something.
fn sum(subject: &Subject) -> Expr {
    let value = match subject {
        Subject::Organization => CaseStatement::new()
            .case(
                Column::Scope.eq(FigureScope::Organization),
                Expr::col(Column::Value),
            )
            .finally(Expr::val(0).sub(Expr::col(Column::Value)))
            .into(),
        Subject::Whole | Subject::Post(_) | Subject::Campaign(_) => Expr::col(Column::Value),
    };
    value.sum().cast_as("bigint")
}

fn of(organization: OrganizationId, subject: &Subject) -> Select<Entity> {
    let of_posts = || Condition::all().add(Column::Scope.eq(FigureScope::Post));
    let subjects = match subject {
        Subject::Whole => Condition::all()
            .add(Column::Scope.eq(FigureScope::Organization))
            .add(Column::SubjectId.eq(organization.0)),
        Subject::Organization => {
            let scopes = [FigureScope::Organization, FigureScope::Post];
            Condition::all()
                .add(Column::Scope.is_in(scopes))
                .add(Column::SubjectId.in_subquery(itself_and_narrow_posts(organization)))
        }
        Subject::Post(post) => of_posts().add(Column::SubjectId.eq(post.0)),
        Subject::Campaign(campaign) => {
            let posts = posts_of(organization, &[*campaign]);
            of_posts().add(Column::SubjectId.in_subquery(posts))
        }
    };
    Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(subjects)
}

/// One list of both, since PostgreSQL looks up none of two lists of which either holds.
fn itself_and_narrow_posts(id: OrganizationId) -> SelectStatement {
    let itself = Query::select()
        .column((organization::Entity, organization::Column::Id))
        .from(organization::Entity)
        .and_where(organization::Column::Id.eq(id))
        .to_owned();
    narrow::ids(id).union(UnionType::All, itself).to_owned()
}

fn posts_of(organization: OrganizationId, campaigns: &[CampaignId]) -> SelectStatement {
    Query::select()
        .column((post::Entity, post::Column::Id))
        .from(post::Entity)
        .and_where(post::Column::OrganizationId.eq(organization))
        .and_where(post::Column::CampaignId.is_in(campaigns.iter().copied()))
        .and_where(narrow::is_for_all())
        .to_owned()
}
