//! Posts.

pub mod library;
pub mod narrow;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::PostState;
use entity::ids::{MemberId, OrganizationId, PostId};
use entity::{dismissal, post, share};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::{StoreError, Txn, bulk};
use crate::domain::share::COUNTING;

/// Writes a new row.
pub async fn insert(txn: &Txn, post: post::Model) -> Result<(), StoreError> {
    post::Entity::insert(post.into_active_model())
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Writes new rows.
pub async fn insert_all(txn: &Txn, posts: &[post::Model]) -> Result<(), StoreError> {
    bulk::insert::<post::Entity>(txn, posts).await
}

/// Overwrites a row that was loaded with [`find_to_change`].
pub async fn update(txn: &Txn, post: post::Model) -> Result<post::Model, StoreError> {
    Ok(post.into_active_model().reset_all().update(&**txn).await?)
}

/// One post.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: PostId,
) -> Result<Option<post::Model>, StoreError> {
    Ok(one(organization, id).one(db).await?)
}

/// Writes what a post is found by, and nothing else of it.
pub async fn set_search(
    txn: &Txn,
    organization: OrganizationId,
    (id, search): (PostId, String),
) -> Result<(), StoreError> {
    post::Entity::update_many()
        .col_expr(post::Column::Search, Expr::value(search))
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// The posts in some states that have an audience.
pub async fn with_audience(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    states: &[PostState],
) -> Result<Vec<post::Model>, StoreError> {
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::State.is_in(states.iter().copied()))
        .filter(post::Column::Audience.is_not_null())
        .all(db)
        .await?)
}

/// One post, held against other writers until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    id: PostId,
) -> Result<Option<post::Model>, StoreError> {
    Ok(one(organization, id).lock_exclusive().one(&**txn).await?)
}

/// Several posts, held against who changes them until the transaction ends. What refers to them may
/// be written meanwhile. Always in the order of their ids, so that two who hold some of the same
/// do not wait for each other.
pub async fn hold(
    txn: &Txn,
    organization: OrganizationId,
    ids: &[PostId],
) -> Result<Vec<post::Model>, StoreError> {
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(post::Column::Id)
        .lock_shared()
        .all(&**txn)
        .await?)
}

fn one(organization: OrganizationId, id: PostId) -> Select<post::Entity> {
    post::Entity::find_by_id(id).filter(post::Column::OrganizationId.eq(organization))
}

/// Posts that were withdrawn at `since` or later, of whatever organization,
/// and where their readers are sent instead.
pub async fn withdrawn_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<(PostId, Option<String>)>, StoreError> {
    let withdrawn = post::Entity::find()
        .select_only()
        .columns([post::Column::Id, post::Column::WithdrawnUrl])
        .filter(post::Column::WithdrawnAt.gte(since));
    Ok(withdrawn.into_tuple().all(db).await?)
}

/// Several posts, in no order.
pub async fn find_many(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    ids: &[PostId],
) -> Result<Vec<post::Model>, StoreError> {
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?)
}

/// Scheduled posts whose time has come, of every organization, earliest first.
pub async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<post::Model>, StoreError> {
    Ok(post::Entity::find()
        .filter(post::Column::State.eq(PostState::Scheduled))
        .filter(post::Column::PublishAt.lte(now))
        .order_by_asc(post::Column::PublishAt)
        .order_by_asc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Live posts whose end has come, of every organization, earliest first.
pub async fn lapsed(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<post::Model>, StoreError> {
    Ok(post::Entity::find()
        .filter(post::Column::State.eq(PostState::Live))
        .filter(post::Column::ExpiresAt.lte(now))
        .order_by_asc(post::Column::ExpiresAt)
        .order_by_asc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// A post with this canonical address, whatever its state.
pub async fn by_canonical_urls(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    canonical_urls: &[&str],
) -> Result<HashMap<String, PostId>, StoreError> {
    let found: Vec<(String, PostId)> = with_canonical_urls(organization, canonical_urls)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// The oldest post with this canonical address that is neither put away nor taken back.
pub async fn in_use_by_canonical_urls(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    canonical_urls: &[&str],
) -> Result<HashMap<String, PostId>, StoreError> {
    let found: Vec<(String, PostId)> = with_canonical_urls(organization, canonical_urls)
        .filter(post::Column::State.is_not_in([PostState::Archived, PostState::Withdrawn]))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

fn with_canonical_urls(
    organization: OrganizationId,
    canonical_urls: &[&str],
) -> Select<post::Entity> {
    post::Entity::find()
        .select_only()
        .column(post::Column::CanonicalUrl)
        .column(post::Column::Id)
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::CanonicalUrl.is_in(canonical_urls.iter().copied()))
        // The oldest comes last, and stays.
        .order_by_desc(post::Column::Id)
}

/// Another post with a canonical address that was written since a time and is neither put away
/// nor taken back; the newest.
pub async fn recent_twin(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    (canonical_url, but): (&str, PostId),
    since: DateTime<Utc>,
) -> Result<Option<post::Model>, StoreError> {
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::CanonicalUrl.eq(canonical_url))
        .filter(post::Column::Id.ne(but))
        .filter(post::Column::CreatedAt.gte(since))
        .filter(post::Column::State.is_not_in([PostState::Archived, PostState::Withdrawn]))
        .order_by_desc(post::Column::Id)
        .one(db)
        .await?)
}

/// Live posts that the member has neither shared nor dismissed: featured ones
/// first, then by priority, then the newest. Whom they are meant for is not asked here.
pub async fn suggested_to(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<post::Model>, StoreError> {
    let dismissed = Query::select()
        .column(dismissal::Column::PostId)
        .from(dismissal::Entity)
        .and_where(dismissal::Column::MemberId.eq(member))
        .to_owned();
    let shared = Query::select()
        .column(share::Column::PostId)
        .from(share::Entity)
        .and_where(share::Column::OrganizationId.eq(organization))
        .and_where(share::Column::MemberId.eq(member))
        .and_where(share::Column::State.is_in(COUNTING))
        .to_owned();
    Ok(post::Entity::find()
        .filter(post::Column::OrganizationId.eq(organization))
        .filter(post::Column::State.eq(PostState::Live))
        .filter(
            Condition::any()
                .add(post::Column::ExpiresAt.is_null())
                .add(post::Column::ExpiresAt.gt(now)),
        )
        .filter(post::Column::Id.not_in_subquery(dismissed))
        .filter(post::Column::Id.not_in_subquery(shared))
        .filter(
            Condition::any()
                .add(post::Column::EmbargoUntil.is_null())
                .add(post::Column::EmbargoUntil.lte(now)),
        )
        .order_by_desc(post::Column::Featured)
        .order_by_desc(post::Column::Priority)
        .order_by_desc(post::Column::PublishedAt)
        .order_by_desc(post::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// How many members have shared each of these posts, for those that any has.
pub async fn shared_by(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    posts: &[PostId],
) -> Result<Vec<(PostId, i64)>, StoreError> {
    Ok(share::Entity::find()
        .select_only()
        .column(share::Column::PostId)
        .column_as(
            Expr::col((share::Entity, share::Column::MemberId)).count_distinct(),
            "members",
        )
        .filter(share::Column::OrganizationId.eq(organization))
        .filter(share::Column::PostId.is_in(posts.iter().copied()))
        .filter(share::Column::State.is_in(COUNTING))
        .group_by(share::Column::PostId)
        .into_tuple()
        .all(db)
        .await?)
}
