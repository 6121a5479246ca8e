//! One sentence with a sign before it, and one thing to do next.

use conversation::view::{Notice, NoticeKind, Span};

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, notice: &Notice) {
    let sign = match notice.kind {
        NoticeKind::Done => "✅ ",
        NoticeKind::Info => "ℹ️ ",
        NoticeKind::Problem => "⚠️ ",
    };
    let mut words = vec![Span::Text(sign.to_owned())];
    words.extend(notice.words.iter().cloned());
    blocks.phrase(&words);
    blocks.controls(notice.control.as_slice());
}
