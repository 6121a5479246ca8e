//! What stands in the way of a post before it is handed in.

use serde::{Deserialize, Serialize};

use crate::ids::PostId;

/// What a check of a post looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// A field is missing or wrong.
    Incomplete,
    /// A picture without words for it.
    MissingAlt,
    /// Nothing says who speaks, though the organization demands it.
    MissingDisclosure,
    /// A word or phrase that the organization does not want.
    BlockedWords,
    /// A wording is longer than its network takes.
    OverLimit,
    /// The campaign has ended.
    CampaignEnded,
    /// Another post of late has the same address.
    Duplicate,
    /// The address does not answer.
    DeadLink,
    /// The audience chooses among people, and channels show it to everybody in them.
    OpenChannels,
    /// The audience chooses fewer than five people.
    FewMeant,
}

/// What was found about a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckFinding {
    /// What was looked for.
    pub kind: CheckKind,
    /// Whether the post cannot be handed in with it.
    pub blocking: bool,
    /// The field, such as `variants.2.text`.
    pub field: String,
    /// What is wrong with it, in words for a developer.
    pub reason: String,
    /// The first letter that is meant, counted from 0.
    pub offset: Option<u64>,
    /// How many letters are meant.
    pub length: Option<u64>,
    /// The blocked phrase, or the title of the other post.
    pub words: Option<String>,
    /// The other post.
    pub post_id: Option<PostId>,
    /// How many channels show it to everybody in them.
    pub count: Option<u64>,
}

/// Everything that was found about a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checks {
    /// Whether nothing stands in the way.
    pub passed: bool,
    /// What was found.
    pub findings: Vec<CheckFinding>,
}
