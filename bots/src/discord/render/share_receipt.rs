//! What a share brought.

use conversation::view::ShareReceipt;

use super::blocks::{Blocks, DONE};

pub(super) fn render(blocks: &mut Blocks, receipt: &ShareReceipt) {
    blocks.colour(DONE);
    blocks.phrase(&receipt.headline);
    blocks.paragraph(&receipt.title, None);
    blocks.facts(&receipt.facts);
    blocks.controls(&receipt.controls);
}
