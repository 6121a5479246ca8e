//! Boards.

use server_api::enums;
use server_api::leaderboard::{self as told, BoardRow, Leaderboard};

use crate::domain::leaderboard::{Movement, Period};
use crate::service::leaderboard as board;

/// A period as it travels.
pub fn period(period: Period) -> enums::Period {
    match period {
        Period::Week => enums::Period::Week,
        Period::Month => enums::Period::Month,
        Period::Quarter => enums::Period::Quarter,
        Period::AllTime => enums::Period::AllTime,
    }
}

/// A period as the rules know it.
pub fn period_rule(period: enums::Period) -> Period {
    match period {
        enums::Period::Week => Period::Week,
        enums::Period::Month => Period::Month,
        enums::Period::Quarter => Period::Quarter,
        enums::Period::AllTime => Period::AllTime,
    }
}

/// A board of a member, as it travels.
pub fn leaderboard(board: board::Leaderboard, page_url: String) -> Leaderboard {
    Leaderboard {
        my_points: Some(board.my_points),
        my_rank: board.my_rank,
        page_url: Some(page_url),
        ..public_board(board)
    }
}

/// A board of nobody in particular, as it travels.
pub fn public_board(board: board::Leaderboard) -> Leaderboard {
    Leaderboard {
        period: period(board.period),
        label: board.label,
        top: board.top.into_iter().map(row).collect(),
        around: board.around.into_iter().map(row).collect(),
        my_points: None,
        my_rank: None,
        members: board.members,
        page_url: None,
    }
}

fn row(row: board::Row) -> BoardRow {
    BoardRow {
        rank: row.rank,
        name: row.name,
        points: row.points,
        me: row.me,
        movement: row.movement.map(movement),
    }
}

fn movement(movement: Movement) -> told::Movement {
    match movement {
        Movement::Up(places) => told::Movement::Up { places },
        Movement::Down(places) => told::Movement::Down { places },
    }
}
