//! Feeds and what came of their items.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{FeedItemOutcome, FeedMode};
use crate::ids::{FeedId, FeedItemId, PostId};

/// A source of posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Feed {
    /// Its id.
    pub id: FeedId,
    /// Where it is fetched.
    pub url: String,
    /// Its own title, once read.
    pub title: Option<String>,
    /// What becomes of a new item.
    pub mode: FeedMode,
    /// Five POSIX cron fields in the organization's time zone.
    pub cron: String,
    /// Whether its schedule is at rest.
    pub paused: bool,
    /// When it was last fetched.
    pub last_run_at: Option<DateTime<Utc>>,
    /// Why the last fetch failed; none if it worked.
    pub last_error: Option<String>,
    /// When it will be fetched next; none while paused.
    pub next_run_at: Option<DateTime<Utc>>,
}

/// A feed to follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateFeed {
    /// Its address: http or https.
    pub url: String,
    /// `draft` unless given.
    #[serde(default)]
    pub mode: Option<FeedMode>,
    /// Five POSIX cron fields; `0 * * * *` unless given.
    #[serde(default)]
    pub cron: Option<String>,
}

/// A change of a feed; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateFeed {
    /// What becomes of a new item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<FeedMode>,
    /// Five POSIX cron fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cron: Option<String>,
    /// Whether its schedule is at rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
}

/// What one run of a feed did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedRun {
    /// Whether the source said that nothing changed.
    pub not_modified: bool,
    /// Items that became posts.
    pub imported: u64,
    /// Items that were known already.
    pub known: u64,
    /// Items that were refused now.
    pub refused: u64,
}

/// An item seen in a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedItem {
    /// Its id.
    pub id: FeedItemId,
    /// Its headline, or its beginning.
    pub title: String,
    /// What became of it.
    pub outcome: FeedItemOutcome,
    /// Why it was refused.
    pub reason: Option<String>,
    /// The post that it became.
    pub post_id: Option<PostId>,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
}
