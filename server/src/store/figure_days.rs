//! Sums by day: written by who counts, read by who wants to know.

use entity::enums::{FigureScope, Measure, Network};
use entity::figure_day::{Column, Entity, Model};
use entity::ids::{CampaignId, OrganizationId, PostId};
use entity::post;
use sea_orm::sea_query::{Alias, CaseStatement, Expr, OnConflict, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Select,
};
use uuid::Uuid;

use super::{StoreError, Txn};

/// Rows of one statement. One has seven values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 4_000;

/// Whose sums are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The whole organization's without those of some posts.
    Organization(Vec<PostId>),
    /// A post's.
    Post(PostId),
    /// Those of all posts of a campaign but some.
    Campaign(CampaignId, Vec<PostId>),
}

/// Days from the first to the last, as dates.
pub type Days<'a> = (&'a str, &'a str);

/// A sum of one network.
pub type OfNetwork = (Network, Measure, i64);
/// A sum of one day and network.
pub type OfDay = (String, Network, Measure, i64);
/// A sum of one thing.
pub type OfSubject = (Uuid, Measure, i64);
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
    Ok(Entity::find()
        .select_only()
        .columns([Column::SubjectId, Column::Measure])
        .column_as(Column::Value.sum().cast_as("bigint"), "value")
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Scope.eq(FigureScope::Post))
        .filter(Column::SubjectId.is_in(posts.iter().map(|post| post.0)))
        .group_by(Column::SubjectId)
        .group_by(Column::Measure)
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
    Ok(Entity::find()
        .select_only()
        .columns([
            Column::SubjectId,
            Column::Network,
            Column::Measure,
            Column::Value,
        ])
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Scope.eq(FigureScope::Team))
        .filter(Column::SubjectId.is_in(teams.iter().copied()))
        .filter(Column::Day.eq(month))
        .into_tuple()
        .all(db)
        .await?)
}

fn within(select: Select<Entity>, (from, until): Days<'_>) -> Select<Entity> {
    select.filter(Column::Day.between(from, until))
}

/// Rows of posts among those of an organization are taken away from it: in one statement, so that
/// nothing is counted between the two. What is nothing is left out, since it could tell that there
/// was something.
fn sum(subject: &Subject) -> Expr {
    let value = match subject {
        Subject::Organization(without) if !without.is_empty() => CaseStatement::new()
            .case(
                Column::Scope.eq(FigureScope::Organization),
                Expr::col(Column::Value),
            )
            .finally(Expr::val(0).sub(Expr::col(Column::Value)))
            .into(),
        Subject::Organization(_) | Subject::Post(_) | Subject::Campaign(..) => {
            Expr::col(Column::Value)
        }
    };
    value.sum().cast_as("bigint")
}

fn of(organization: OrganizationId, subject: &Subject) -> Select<Entity> {
    let subjects = match subject {
        Subject::Organization(without) => {
            let all = Condition::all()
                .add(Column::Scope.eq(FigureScope::Organization))
                .add(Column::SubjectId.eq(organization.0));
            if without.is_empty() {
                all
            } else {
                let without = without.iter().map(|post| post.0);
                let without = Condition::all()
                    .add(Column::Scope.eq(FigureScope::Post))
                    .add(Column::SubjectId.is_in(without));
                Condition::any().add(all).add(without)
            }
        }
        Subject::Post(post) => Condition::all()
            .add(Column::Scope.eq(FigureScope::Post))
            .add(Column::SubjectId.eq(post.0)),
        Subject::Campaign(campaign, without) => {
            let posts = posts_of(organization, (*campaign, without.as_slice()));
            Condition::all()
                .add(Column::Scope.eq(FigureScope::Post))
                .add(Column::SubjectId.in_subquery(posts))
        }
    };
    Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(subjects)
}

fn posts_of(
    organization: OrganizationId,
    (campaign, without): (CampaignId, &[PostId]),
) -> SelectStatement {
    let mut posts = Query::select()
        .column(post::Column::Id)
        .from(post::Entity)
        .and_where(post::Column::OrganizationId.eq(organization))
        .and_where(post::Column::CampaignId.eq(campaign))
        .to_owned();
    if !without.is_empty() {
        posts.and_where(post::Column::Id.is_not_in(without.iter().copied()));
    }
    posts
}
