//! Reviews as chats show them, and their history.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{Language, Platform, PostState, ReviewStep, Role};
use crate::ids::{MemberId, PostId, ReviewNoteId};

/// A post as one of its reviewers sees it in chat; after its review also what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Review {
    /// The post.
    pub post_id: PostId,
    /// The version that is shown: who judges it names it.
    pub version: i64,
    /// Where it stands: it waits while it is `in_review`.
    pub state: PostState,
    /// Its headline.
    pub title: String,
    /// Its sentences, or the beginning of a wording where it has none.
    pub excerpt: String,
    /// Who wrote it; none for what a feed brought, and for who is gone.
    pub author: Option<String>,
    /// Whom it is for; none for everybody.
    pub audience: Option<ReviewAudience>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// Whether it waits longer than the organization wants.
    pub overdue: bool,
    /// When it is to go live once it is approved; at once unless given.
    pub publish_at: Option<DateTime<Utc>>,
    /// Whether the reader may approve it: not where somebody else has to.
    pub may_approve: bool,
    /// The last step of its review, once somebody took one.
    pub decision: Option<ReviewDecision>,
    /// Its place in the console's queue.
    pub url: String,
    /// The language that the reader speaks.
    pub language: Language,
}

/// Whom a post is for, by name: within a list one suffices, and every list that is not empty
/// counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewAudience {
    /// Names of teams.
    pub teams: Vec<String>,
    /// Languages of readers.
    pub languages: Vec<Language>,
    /// Roles of members.
    pub roles: Vec<Role>,
    /// Chats.
    pub platforms: Vec<Platform>,
    /// Names of the channels that get a card; none for all.
    pub channels: Option<Vec<String>>,
    /// Whether it leaves no member out. Where it does, its lists are empty nevertheless if all
    /// teams that it names are gone.
    #[serde(default)]
    pub everybody: bool,
}

/// What ended a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewDecision {
    /// Which step.
    pub step: ReviewStep,
    /// Who took it; none for who is gone.
    pub by: Option<String>,
    /// Whether it was the reader.
    pub mine: bool,
    /// What was said with it.
    pub note: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The posts that wait for the caller's judgement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewList {
    /// The most urgent ones, the first first.
    pub items: Vec<Review>,
    /// How many there are in all.
    pub waiting: i64,
    /// The console's queue.
    pub url: String,
}

/// A step or a remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewNote {
    /// Its id.
    pub id: ReviewNoteId,
    /// Who took it or said it; none for the system and for who left.
    pub author_id: Option<MemberId>,
    /// What it was.
    pub step: ReviewStep,
    /// What was said.
    pub text: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// A remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateReviewNote {
    /// What is said, 1 to 1,000 characters.
    pub text: String,
}
