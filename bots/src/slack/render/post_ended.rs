//! The card of a post that can no longer be shared.

use conversation::view::PostEnded;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, card: &PostEnded) {
    blocks.header(&card.title);
    blocks.phrase(&card.why);
    blocks.controls(&card.controls);
}
