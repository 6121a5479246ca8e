//! One sentence with a sign before it, and one thing to do next.

use conversation::view::{Notice, NoticeKind, Phrase, Span};

use super::blocks::{Blocks, DONE, INFO, PROBLEM};

pub(super) fn render(blocks: &mut Blocks, notice: &Notice) {
    blocks.colour(match notice.kind {
        NoticeKind::Done => DONE,
        NoticeKind::Info => INFO,
        NoticeKind::Problem => PROBLEM,
    });
    blocks.phrase(&signed(notice));
    blocks.controls(notice.control.as_slice());
}

/// The sentence with its sign.
pub(super) fn signed(notice: &Notice) -> Phrase {
    let sign = match notice.kind {
        NoticeKind::Done => "✅ ",
        NoticeKind::Info => "ℹ️ ",
        NoticeKind::Problem => "⚠️ ",
    };
    let mut words = vec![Span::Text(sign.to_owned())];
    words.extend(notice.words.iter().cloned());
    words
}
