//! Files of posts and of members: tried, confirmed, taken over.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::ImportId;

/// A file on its way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// How far it has come.
    pub state: ImportState,
    /// Lines that hold something, without the first.
    pub total: i64,
    /// How many of them this step has dealt with.
    pub seen: i64,
    /// Lines that add something; while it is tried, that would.
    pub added: i64,
    /// Lines that change something.
    pub updated: i64,
    /// Lines that say what is known.
    pub unchanged: i64,
    /// Lines that are refused.
    pub refused: i64,
    /// When it was uploaded.
    pub created_at: DateTime<Utc>,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When its last line was taken over, or when none was found that would do anything.
    pub done_at: Option<DateTime<Utc>>,
}

/// Lines of a file, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportLines {
    /// The lines.
    pub items: Vec<ImportLine>,
    /// `after` of the next page; none at the end.
    pub next: Option<i64>,
}

/// A line of a file, and what it does or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportLine {
    /// Its number in the file, from 1.
    pub line: i64,
    /// What it is about, in its own words.
    pub label: String,
    /// What it does or did.
    pub outcome: LineOutcome,
    /// Why it is refused, and what would be right.
    pub reason: Option<String>,
}

/// Which lines are wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct ImportLinesQuery {
    /// Those of this outcome; all unless given.
    #[serde(default)]
    pub outcome: Option<LineOutcome>,
    /// Those after this line: a page's `next`.
    #[serde(default)]
    pub after: Option<i64>,
    /// How many, 1 to 100; 25 unless given.
    #[serde(default)]
    pub limit: Option<u64>,
}

/// How far a file of posts or members has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// It is being tried; nothing is written.
    Checking,
    /// It was tried and waits for somebody to confirm it.
    Ready,
    /// It is being taken over.
    Running,
    /// It was taken over, or no line of it would have done anything.
    Done,
    /// Whoever wanted it may not do so any more.
    Failed,
}

/// What a line of a file does or did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineOutcome {
    /// It adds something.
    Added,
    /// It changes something.
    Updated,
    /// It says what is known.
    Unchanged,
    /// It is refused.
    Refused,
}
