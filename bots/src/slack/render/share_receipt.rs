//! What a share brought.

use conversation::view::ShareReceipt;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, receipt: &ShareReceipt) {
    blocks.phrase(&receipt.headline);
    blocks.paragraph(&receipt.title, None);
    blocks.facts(&receipt.facts);
    blocks.controls(&receipt.controls);
}
