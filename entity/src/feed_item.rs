//! An item seen in a feed, whether it became a post or was refused.

use sea_orm::entity::prelude::*;

use crate::enums::FeedItemOutcome;
use crate::ids::{FeedId, FeedItemId, OrganizationId, PostId};

/// An item seen in a feed, whether it became a post or was refused.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed_item")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedItemId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The feed.
    pub feed_id: FeedId,
    /// SHA-256 in hexadecimal of its canonical URL, or of its content where it has none.
    pub fingerprint: String,
    /// Its headline, or its beginning.
    pub title: String,
    /// What became of it.
    pub outcome: FeedItemOutcome,
    /// Why it was refused.
    pub reason: Option<String>,
    /// The post that it became.
    pub post_id: Option<PostId>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
