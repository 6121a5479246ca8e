//! A post that waits for its reader's judgement.

use conversation::view::ReviewRequest;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, card: &ReviewRequest) {
    blocks.phrase(&card.headline);
    listed(blocks, card);
}

/// The same within a list, whose headline stands above all.
pub(super) fn listed(blocks: &mut Blocks, card: &ReviewRequest) {
    blocks.header(&card.title);
    blocks.paragraph(&card.excerpt, None);
    if let Some(note) = &card.note {
        blocks.phrase(note);
    }
    blocks.context(&card.small_print);
    blocks.controls(&card.controls);
}
