//! Leaderboards.

use serde::{Deserialize, Serialize};

use crate::enums::Period;

/// A board: its first rows, and the asking member's surroundings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Leaderboard {
    /// The span of time.
    pub period: Period,
    /// Its name for people, such as `2026-W47`; empty for all time.
    pub label: String,
    /// The first rows, at most ten.
    pub top: Vec<BoardRow>,
    /// The asking member and two neighbours either side; empty if not on the board.
    pub around: Vec<BoardRow>,
    /// The asking member's own points; none where nobody asks in person.
    pub my_points: Option<i64>,
    /// The asking member's rank; none if not on the board.
    pub my_rank: Option<i64>,
    /// How many members are on the board.
    pub members: i64,
    /// A page with this board for the asking member, good for one day.
    pub page_url: Option<String>,
}

/// A line of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardRow {
    /// Standard ranking: 1, 2, 2, 4.
    pub rank: i64,
    /// The chosen name or pseudonym.
    pub name: String,
    /// Points on this board.
    pub points: i64,
    /// Whether it is the asking member.
    pub me: bool,
    /// How the rank moved against the final one of the period before, counted among those who
    /// are shown today; none where there was no rank then, or the same, and for all time.
    #[serde(default)]
    pub movement: Option<Movement>,
}

/// How a rank moved against the period before, in which ties shared one too. There is no word for
/// who had no rank then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Movement {
    /// Up.
    Up {
        /// By so many places, at least one.
        places: i64,
    },
    /// Down.
    Down {
        /// By so many places, at least one.
        places: i64,
    },
}
