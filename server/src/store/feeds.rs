//! Feeds and the items seen in them.

use std::collections::HashSet;

use entity::ids::{FeedId, OrganizationId};
use entity::{feed, feed_item};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn, all_set, bulk};
use crate::domain::page::{Paging, Slice};

/// Fingerprints looked up at once; SQLite binds at most some thousands.
const CHUNK: usize = 500;

/// Writes a new row.
pub async fn insert(txn: &Txn, row: feed::Model) -> Result<feed::Model, StoreError> {
    Ok(all_set::<feed::Entity>(row).insert(&**txn).await?)
}

/// Overwrites a row that was loaded with [`find_to_change`].
pub async fn update(txn: &Txn, row: feed::Model) -> Result<feed::Model, StoreError> {
    Ok(all_set::<feed::Entity>(row).update(&**txn).await?)
}

/// Forgets a feed and what was seen in it.
pub async fn delete(txn: &Txn, organization: OrganizationId, id: FeedId) -> Result<(), StoreError> {
    feed::Entity::delete_many()
        .filter(feed::Column::OrganizationId.eq(organization))
        .filter(feed::Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// One feed.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: FeedId,
) -> Result<Option<feed::Model>, StoreError> {
    Ok(feed::Entity::find_by_id(id)
        .filter(feed::Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// One feed, held against other writers until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    id: FeedId,
) -> Result<Option<feed::Model>, StoreError> {
    Ok(feed::Entity::find_by_id(id)
        .filter(feed::Column::OrganizationId.eq(organization))
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// The feed at an address.
pub async fn find_by_url(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    url: &str,
) -> Result<Option<feed::Model>, StoreError> {
    Ok(feed::Entity::find()
        .filter(feed::Column::OrganizationId.eq(organization))
        .filter(feed::Column::Url.eq(url))
        .one(db)
        .await?)
}

/// The feeds of an organization, newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    paging: Paging,
) -> Result<Slice<feed::Model>, StoreError> {
    let mut select = feed::Entity::find().filter(feed::Column::OrganizationId.eq(organization));
    if let Some(after) = paging.after {
        select = select.filter(feed::Column::Id.lt(after));
    }
    let rows = select
        .order_by_desc(feed::Column::Id)
        .limit(paging.fetch())
        .all(db)
        .await?;
    Ok(paging.cut(rows, |row| row.id.0))
}

/// Writes items that were seen.
pub async fn insert_items(txn: &Txn, rows: &[feed_item::Model]) -> Result<(), StoreError> {
    bulk::insert::<feed_item::Entity>(txn, rows).await
}

/// Which of these items were seen before, in any feed of the organization.
pub async fn known_items(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    fingerprints: &[String],
) -> Result<HashSet<String>, StoreError> {
    let mut known = HashSet::new();
    for chunk in fingerprints.chunks(CHUNK) {
        let found: Vec<String> = feed_item::Entity::find()
            .select_only()
            .column(feed_item::Column::Fingerprint)
            .filter(feed_item::Column::OrganizationId.eq(organization))
            .filter(feed_item::Column::Fingerprint.is_in(chunk.iter().map(String::as_str)))
            .into_tuple()
            .all(db)
            .await?;
        known.extend(found);
    }
    Ok(known)
}

/// The items seen in a feed, newest first.
pub async fn list_items(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    feed: FeedId,
    paging: Paging,
) -> Result<Slice<feed_item::Model>, StoreError> {
    let mut select = feed_item::Entity::find()
        .filter(feed_item::Column::OrganizationId.eq(organization))
        .filter(feed_item::Column::FeedId.eq(feed));
    if let Some(after) = paging.after {
        select = select.filter(feed_item::Column::Id.lt(after));
    }
    let rows = select
        .order_by_desc(feed_item::Column::Id)
        .limit(paging.fetch())
        .all(db)
        .await?;
    Ok(paging.cut(rows, |row| row.id.0))
}
