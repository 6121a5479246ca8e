//! The library of an organization: posts searched, filtered, sorted, counted, and by their times.

use chrono::{DateTime, Utc};
use entity::enums::{Language, Network, PostKind, PostState};
use entity::ids::{CampaignId, MemberId, OrganizationId, PostId, TopicId};
use entity::{post, post_topic, variant};
use sea_orm::sea_query::{Expr, Func, LikeExpr, Order as Direction, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use crate::domain::library::Sort;
use crate::store::StoreError;

/// Which posts are listed: every part that is given counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Folded words that all occur.
    pub words: Vec<String>,
    /// The state.
    pub state: Option<PostState>,
    /// The kind.
    pub kind: Option<PostKind>,
    /// A network that it has a wording of its own for.
    pub network: Option<Network>,
    /// The campaign.
    pub campaign: Option<CampaignId>,
    /// The topic.
    pub topic: Option<TopicId>,
    /// The author.
    pub author: Option<MemberId>,
    /// The language of its content.
    pub language: Option<Language>,
    /// Its time is not before this.
    pub from: Option<DateTime<Utc>>,
    /// Its time is before this.
    pub until: Option<DateTime<Utc>>,
}

/// A page of posts after the post `after`, in an order that breaks ties by id.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    filter: &Filter,
    sort: Sort,
    (after, limit): (Option<PostId>, u64),
) -> Result<Vec<post::Model>, StoreError> {
    let mut select = filtered(organization, filter);
    if let Some(after) = after {
        let Some(behind) = behind(db, organization, sort, after).await? else {
            return Ok(Vec::new());
        };
        select = select.filter(behind);
    }
    let direction = direction(sort);
    if let Some(key) = key(sort) {
        select = select.order_by(key, direction.clone());
    }
    Ok(select
        .order_by(post::Column::Id, direction)
        .limit(limit)
        .all(db)
        .await?)
}

/// The newest of such posts that came back from their review with a note.
pub async fn sent_back(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    filter: &Filter,
    limit: u64,
) -> Result<Vec<post::Model>, StoreError> {
    Ok(filtered(organization, filter)
        .filter(post::Column::ReviewNote.is_not_null())
        .order_by_desc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

fn filtered(organization: OrganizationId, filter: &Filter) -> Select<post::Entity> {
    let mut select = post::Entity::find().filter(post::Column::OrganizationId.eq(organization));
    for word in &filter.words {
        select = select.filter(contains(word));
    }
    let parts = [
        filter.state.map(|state| post::Column::State.eq(state)),
        filter.kind.map(|kind| post::Column::Kind.eq(kind)),
        filter.campaign.map(|id| post::Column::CampaignId.eq(id)),
        filter.author.map(|id| post::Column::AuthorId.eq(id)),
        filter.language.map(|one| post::Column::Language.eq(one)),
        filter.network.map(|network| Expr::exists(worded(network))),
        filter.topic.map(|topic| Expr::exists(about(topic))),
        filter.from.map(|from| time().gte(from)),
        filter.until.map(|until| time().lt(until)),
    ];
    for part in parts.into_iter().flatten() {
        select = select.filter(part);
    }
    select
}

/// What an older version wrote has only its title to be found by.
fn contains(word: &str) -> Condition {
    let escaped = word
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let pattern = || LikeExpr::new(format!("%{escaped}%")).escape('\\');
    let title = Func::lower(Expr::col((post::Entity, post::Column::Title)));
    Condition::any()
        .add(Expr::col((post::Entity, post::Column::Search)).like(pattern()))
        .add(
            Condition::all()
                .add(post::Column::Search.eq(""))
                .add(Expr::from(title).like(pattern())),
        )
}

fn worded(network: Network) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(variant::Entity)
        .and_where(of_post((variant::Entity, variant::Column::PostId)))
        .and_where(variant::Column::Network.eq(network))
        .to_owned()
}

fn about(topic: TopicId) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(post_topic::Entity)
        .and_where(of_post((post_topic::Entity, post_topic::Column::PostId)))
        .and_where(post_topic::Column::TopicId.eq(topic))
        .to_owned()
}

fn of_post(column: impl sea_orm::sea_query::IntoColumnRef) -> Expr {
    Expr::col(column).equals((post::Entity, post::Column::Id))
}

/// When a post went or is to go live, else when it was written.
fn time() -> Expr {
    Func::coalesce([
        Expr::col((post::Entity, post::Column::PublishedAt)),
        Expr::col((post::Entity, post::Column::PublishAt)),
        Expr::col((post::Entity, post::Column::CreatedAt)),
    ])
    .into()
}

/// Since when a post waits for a review.
pub(in crate::store) fn waiting() -> Expr {
    Func::coalesce([
        Expr::col((post::Entity, post::Column::SubmittedAt)),
        Expr::col((post::Entity, post::Column::CreatedAt)),
    ])
    .into()
}

/// What is sorted by before the id; nothing where ids grow with it.
fn key(sort: Sort) -> Option<Expr> {
    match sort {
        Sort::Newest => None,
        Sort::Changed => Some(Expr::col((post::Entity, post::Column::UpdatedAt))),
        Sort::Time => Some(time()),
        Sort::Title => Some(Expr::col((post::Entity, post::Column::Search))),
        Sort::Waiting => Some(waiting()),
    }
}

fn direction(sort: Sort) -> Direction {
    match sort {
        Sort::Newest | Sort::Changed | Sort::Time => Direction::Desc,
        Sort::Title | Sort::Waiting => Direction::Asc,
    }
}

/// What lies behind a post of the organization; none where there is no such post.
async fn behind(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    sort: Sort,
    after: PostId,
) -> Result<Option<Condition>, StoreError> {
    let id = post::Column::Id;
    let is_rising = direction(sort) == Direction::Asc;
    let beyond = if is_rising {
        id.gt(after)
    } else {
        id.lt(after)
    };
    let Some(key) = key(sort) else {
        return Ok(Some(Condition::all().add(beyond)));
    };
    let Some(last) = super::find(db, organization, after).await? else {
        return Ok(None);
    };
    let value = match sort {
        Sort::Newest | Sort::Changed => Expr::value(last.updated_at),
        Sort::Time => {
            let live = last.published_at.or(last.publish_at);
            Expr::value(live.unwrap_or(last.created_at))
        }
        Sort::Title => Expr::value(last.search),
        Sort::Waiting => Expr::value(last.submitted_at.unwrap_or(last.created_at)),
    };
    let further = if is_rising {
        key.clone().gt(value.clone())
    } else {
        key.clone().lt(value.clone())
    };
    let level = Condition::all().add(key.eq(value)).add(beyond);
    Ok(Some(Condition::any().add(further).add(level)))
}

/// How many posts there are in each state that has any.
pub async fn count_by_state(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<Vec<(PostState, i64)>, StoreError> {
    Ok(post::Entity::find()
        .select_only()
        .column(post::Column::State)
        .column_as(post::Column::Id.count(), "posts")
        .filter(post::Column::OrganizationId.eq(organization))
        .group_by(post::Column::State)
        .into_tuple()
        .all(db)
        .await?)
}

/// How many posts wait for their review since before a time.
pub async fn waiting_since(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::State.eq(PostState::InReview))
        .filter(waiting().lte(before))
        .count(db)
        .await?)
}

/// Posts that went or are to go live in a period, in the order of their times. What was put away
/// or taken back before its time goes nowhere.
pub async fn calendar(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    limit: u64,
) -> Result<Vec<post::Model>, StoreError> {
    let at = || -> Expr {
        Func::coalesce([
            Expr::col((post::Entity, post::Column::PublishedAt)),
            Expr::col((post::Entity, post::Column::PublishAt)),
        ])
        .into()
    };
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(at().gte(from))
        .filter(at().lt(until))
        .filter(
            Condition::any()
                .add(post::Column::PublishedAt.is_not_null())
                .add(post::Column::State.is_not_in([PostState::Archived, PostState::Withdrawn])),
        )
        .order_by(at(), Direction::Asc)
        .order_by_asc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}
