//! A post that waits for its reader's judgement.

use conversation::view::ReviewRequest;

use super::blocks::{Blocks, INFO};
use crate::discord::{limits, text};

pub(super) fn render(blocks: &mut Blocks, card: &ReviewRequest) {
    blocks.colour(INFO);
    blocks.phrase(&card.headline);
    blocks.divider();
    described(blocks, &card.title, card);
    blocks.controls(&card.controls);
}

/// Everything that is read of it.
pub(super) fn described(blocks: &mut Blocks, title: &str, card: &ReviewRequest) {
    blocks.header(title);
    let excerpt = text::plain_text(&card.excerpt, limits::LISTED_SUMMARY);
    blocks.paragraph(&excerpt, None);
    if let Some(note) = &card.note {
        blocks.phrase(note);
    }
    blocks.context(&card.small_print);
}
