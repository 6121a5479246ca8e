//! Two accounts became one member.

use conversation::view::Paired;

use super::blocks::{Blocks, DONE};

pub(super) fn render(blocks: &mut Blocks, paired: &Paired) {
    blocks.colour(DONE);
    blocks.phrase(&paired.headline);
    blocks.phrase(&paired.detail);
    blocks.controls(&paired.controls);
}
