//! A post as it is suggested to members: the neutral facts of a card.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{PostKind, PostState};
use crate::ids::PostId;

/// What a card says about a post; carries nothing about one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// The post.
    pub post_id: PostId,
    /// What members are asked to do.
    pub kind: PostKind,
    /// `live`, or why it is no longer suggested.
    pub state: PostState,
    /// Its headline.
    pub title: String,
    /// One or two neutral sentences.
    pub summary: String,
    /// Host of the destination, such as `example.org`.
    pub source: Option<String>,
    /// A picture.
    pub image_url: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// Name of the campaign.
    pub campaign: Option<String>,
    /// When sharing ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// How many members have shared it.
    pub shared_by: i64,
    /// Points of a confirmed share.
    pub points_confirmed: i64,
    /// Further points once another person clicks.
    pub points_proven: i64,
}

/// Suggestions for a member, best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestionList {
    /// Live posts that the member has neither shared nor declined.
    pub items: Vec<Suggestion>,
}
