//! The card of a post that can no longer be shared.

use conversation::view::PostEnded;

use super::blocks::{Blocks, OVER};

pub(super) fn render(blocks: &mut Blocks, card: &PostEnded) {
    blocks.colour(OVER);
    blocks.header(&card.title);
    blocks.phrase(&card.why);
    blocks.controls(&card.controls);
}
