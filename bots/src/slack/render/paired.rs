//! Two accounts became one member.

use conversation::view::Paired;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, paired: &Paired) {
    blocks.phrase(&paired.headline);
    blocks.context([&paired.detail]);
    blocks.controls(&paired.controls);
}
