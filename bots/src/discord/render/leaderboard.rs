//! A board: numbered lines, the member's own in bold, with a mark where somebody moved.

use conversation::view::{Leaderboard, Phrase, Row, Span};

use super::blocks::Blocks;
use crate::discord::{limits, text};

pub(super) fn render(blocks: &mut Blocks, board: &Leaderboard) {
    blocks.header(&board.title);
    if board.rows.is_empty() {
        blocks.phrase(&board.empty);
    }
    rows(blocks, &board.rows);
    if !board.around.is_empty() {
        blocks.phrase(&board.around_label);
        rows(blocks, &board.around);
    }
    if let Some(me) = &board.me {
        blocks.phrase(me);
    }
    blocks.controls(&board.controls);
    blocks.context([&board.how]);
}

/// Rows of a board, one a line.
pub(super) fn rows(blocks: &mut Blocks, rows: &[Row]) {
    for row in rows {
        blocks.line(&words(row));
    }
}

fn words(row: &Row) -> Phrase {
    let name = text::plain_text(&row.name, limits::ROW_NAME);
    let mut words = vec![
        Span::Text(format!("{}. ", row.rank)),
        if row.me {
            Span::Strong(name)
        } else {
            Span::Text(name)
        },
        Span::Text(" – ".to_owned()),
    ];
    words.extend(row.points.iter().cloned());
    if let Some(movement) = &row.movement {
        words.push(Span::Text(" · ".to_owned()));
        words.extend(movement.iter().cloned());
    }
    words
}
