//! What became of a post that waited for its reader's judgement.

use conversation::view::ReviewClosed;

use super::blocks::{Blocks, OVER};

pub(super) fn render(blocks: &mut Blocks, card: &ReviewClosed) {
    blocks.colour(OVER);
    blocks.header(&card.title);
    blocks.phrase(&card.outcome);
    if let Some(note) = &card.note {
        blocks.phrase(note);
    }
    blocks.controls(&card.controls);
}
