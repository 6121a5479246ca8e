//! A code that joins another account.

use conversation::view::PairingCode;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, code: &PairingCode) {
    blocks.header(&code.title);
    blocks.phrase(&code.typed);
    blocks.context(&code.notes);
    blocks.controls(&code.controls);
}
