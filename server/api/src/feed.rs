//! Feeds and what came of their items.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::cadence::Cadence;
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
    /// What kind of failure that is.
    pub trouble: Option<FeedTrouble>,
    /// Since when every fetch has failed.
    pub failing_since: Option<DateTime<Utc>>,
    /// Items that the last run that worked made posts of.
    pub last_imported: Option<i64>,
    /// Items that it knew.
    pub last_known: Option<i64>,
    /// Items that it refused.
    pub last_refused: Option<i64>,
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
    /// Where it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
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

/// A feed before it is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedPreview {
    /// Its address, normalised.
    pub url: String,
    /// Its own title.
    pub title: Option<String>,
    /// The newest ten of its items.
    pub items: Vec<FeedPreviewItem>,
    /// How many it holds.
    pub found: u64,
    /// How many of those would become posts.
    pub fresh: u64,
    /// How many are known.
    pub known: u64,
    /// How many are refused.
    pub refused: u64,
    /// When it would be fetched.
    pub cadence: Cadence,
}

/// An item of a feed, as it would become a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedPreviewItem {
    /// Its headline, or its beginning.
    pub title: String,
    /// Its beginning.
    pub summary: String,
    /// Its page.
    pub url: Option<String>,
    /// A picture.
    pub image_url: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// What would become of it.
    pub outcome: PreviewOutcome,
    /// Why it would be refused.
    pub reason: Option<String>,
    /// The post that leads to its page already.
    pub post_id: Option<PostId>,
}

/// What ails a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedTrouble {
    /// Its server is not reached, or is in trouble itself.
    Unreachable,
    /// There is nothing at its address any more.
    Missing,
    /// Its server does not let us in.
    Refused,
    /// Its address is none that is fetched.
    BadAddress,
    /// It is larger than is read.
    TooLarge,
    /// What is there is no feed.
    NoFeed,
}

/// What would become of an item of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PreviewOutcome {
    /// It is known, or a post leads to its page.
    Known,
    /// It is refused.
    Refused,
    /// It waits as a draft.
    Draft,
    /// It waits for a review.
    Review,
    /// It is published at once.
    Publish,
}
