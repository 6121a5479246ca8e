//! The networks that a member prefers.

use conversation::view::NetworkChoices;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, choices: &NetworkChoices) {
    blocks.header(&choices.title);
    blocks.phrase(&choices.intro);
    blocks.controls(&choices.controls);
}
