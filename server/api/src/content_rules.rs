//! What an organization demands of its posts.

use serde::{Deserialize, Serialize};

/// The rules as they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentRules {
    /// Words and phrases that no post may contain: whole words, whatever their case and accents.
    pub blocked: Vec<String>,
    /// Whether every post says who speaks.
    pub disclosure_required: bool,
    /// How, where a post has no words of its own for it.
    pub disclosure: Option<String>,
    /// Hours that a review may wait; 0 for as long as it takes.
    pub review_hours: i64,
    /// Whether the approver must be somebody other than the author.
    pub second_pair_of_eyes: bool,
    /// Raised by each change; the entity tag.
    pub version: i64,
}

/// New rules; what is not given takes its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateContentRules {
    /// At most 500 words and phrases of at most 100 characters.
    #[serde(default)]
    pub blocked: Vec<String>,
    /// Whether every post says who speaks.
    #[serde(default)]
    pub disclosure_required: bool,
    /// How, at most 200 characters.
    #[serde(default)]
    pub disclosure: Option<String>,
    /// Hours that a review may wait; 0 for as long as it takes.
    #[serde(default)]
    pub review_hours: i64,
    /// Whether the approver must be somebody other than the author.
    #[serde(default)]
    pub second_pair_of_eyes: bool,
}
