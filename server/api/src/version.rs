//! Former versions of a post.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::Fate;
use crate::ids::MemberId;
use crate::post::CreatePost;

/// A version of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostVersion {
    /// Its number.
    pub version: i64,
    /// Who saved it so; none for the system.
    pub author_id: Option<MemberId>,
    /// Whether it was saved by itself while somebody wrote.
    pub autosaved: bool,
    /// When it was saved so.
    pub saved_at: DateTime<Utc>,
    /// Whether it is what the post says now.
    pub current: bool,
}

/// The versions of a post, the newest first: what it says now, and at most fifty before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostVersions {
    /// The versions.
    pub items: Vec<PostVersion>,
}

/// A former version beside what the post says now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComparedVersion {
    /// The version.
    pub version: PostVersion,
    /// What it said.
    pub content: CreatePost,
    /// The fields that differ.
    pub differences: Vec<FieldDifference>,
}

/// How a field of a version differs from what it says now, word by word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldDifference {
    /// The field, such as `variants.2.text`.
    pub field: String,
    /// The pieces of both, in their order.
    pub pieces: Vec<Piece>,
}

/// A piece of text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Piece {
    /// What became of it.
    pub fate: Fate,
    /// The piece.
    pub text: String,
}
