//! A source of posts: RSS, Atom or JSON Feed.

use sea_orm::entity::prelude::*;

use crate::enums::{FeedMode, FeedTrouble};
use crate::ids::{FeedId, OrganizationId};

/// A source of posts: RSS, Atom or JSON Feed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Where it is fetched.
    pub url: String,
    /// The feed's own title, once read.
    pub title: Option<String>,
    /// What becomes of a new item.
    pub mode: FeedMode,
    /// Five POSIX cron fields in the organization's time zone.
    pub cron: String,
    /// Whether its schedule is at rest.
    pub paused: bool,
    /// Validator of the last answer.
    pub etag: Option<String>,
    /// Validator of the last answer.
    pub last_modified: Option<String>,
    /// When it was last fetched.
    pub last_run_at: Option<DateTimeUtc>,
    /// When an import first came to its end; from then on new items are news.
    pub primed_at: Option<DateTimeUtc>,
    /// Why the last fetch failed; none if it worked.
    pub last_error: Option<String>,
    /// What kind of failure that is.
    pub trouble: Option<FeedTrouble>,
    /// Since when every fetch has failed.
    pub failing_since: Option<DateTimeUtc>,
    /// Items that the last run that worked made posts of.
    pub last_imported: Option<i64>,
    /// Items that it knew.
    pub last_known: Option<i64>,
    /// Items that it refused.
    pub last_refused: Option<i64>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
