//! A board: numbered lines, the member's own in bold, with a mark where somebody moved.

use conversation::view::{Leaderboard, Phrase, Row, Span};

use super::blocks::Blocks;
use crate::slack::{limits, text};

pub(super) fn render(blocks: &mut Blocks, board: &Leaderboard) {
    blocks.header(&board.title);
    if board.rows.is_empty() {
        blocks.phrase(&board.empty);
    }
    blocks.section(&lines(&board.rows));
    if !board.around.is_empty() {
        blocks.context([&board.around_label]);
        blocks.section(&lines(&board.around));
    }
    if let Some(me) = &board.me {
        blocks.phrase(me);
    }
    blocks.controls(&board.controls);
    blocks.context([&board.how]);
}

/// The rows as numbered lines, as many as fit.
pub(super) fn lines(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        let line = text::phrase(&words(row), limits::SECTION_TEXT);
        if text::length(&out) + text::length(&line) + 1 > limits::SECTION_TEXT {
            break;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&line);
    }
    out
}

fn words(row: &Row) -> Phrase {
    let name = text::label(&row.name, limits::ROW_NAME);
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
