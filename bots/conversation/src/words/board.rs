//! Words of leaderboards.

use server_api::enums::Period;
use server_api::leaderboard::Movement;

use super::{Fill, Words};
use crate::view::Phrase;

impl Words {
    /// Title of a board.
    pub fn board_title(&self, period: Period) -> String {
        self.label(match period {
            Period::Week => "board-title-week",
            Period::Month => "board-title-month",
            Period::Quarter => "board-title-quarter",
            Period::AllTime => "board-title-all-time",
        })
    }

    /// Title of last week's board in a channel.
    pub fn board_title_last_week(&self) -> String {
        self.label("board-title-last-week")
    }

    /// Label of the choice of a span of time.
    pub fn period_label(&self) -> String {
        self.label("period-label")
    }

    /// Name of a span of time.
    pub fn period(&self, period: Period) -> String {
        self.label(match period {
            Period::Week => "period-week",
            Period::Month => "period-month",
            Period::Quarter => "period-quarter",
            Period::AllTime => "period-all-time",
        })
    }

    /// Nobody is on the board.
    pub fn board_empty(&self) -> Phrase {
        self.phrase("board-empty", &[])
    }

    /// Where the member stands.
    pub fn board_me(&self, rank: i64, members: i64, points: i64) -> Phrase {
        self.phrase(
            "board-me",
            &[
                ("rank", Fill::Number(rank)),
                ("members", Fill::Number(members)),
                ("points", Fill::Number(points)),
            ],
        )
    }

    /// The member is not on the board.
    pub fn board_me_none(&self, points: i64) -> Phrase {
        self.phrase("board-me-none", &[("points", Fill::Number(points))])
    }

    /// Stands before the member's neighbours.
    pub fn board_around(&self) -> Phrase {
        self.phrase("board-around", &[])
    }

    /// How somebody moved, for the end of a row.
    pub fn board_movement(&self, movement: Movement) -> Phrase {
        let (id, places) = match movement {
            Movement::Up { places } => ("board-up", places),
            Movement::Down { places } => ("board-down", places),
        };
        self.phrase(id, &[("places", Fill::Number(places))])
    }

    /// How points come about, and what movement compares where there is a period before.
    pub fn board_how(&self, period: Period) -> Phrase {
        let id = match period {
            Period::Week | Period::Month | Period::Quarter => "board-how-moves",
            Period::AllTime => "board-how",
        };
        self.phrase(id, &[])
    }
}
