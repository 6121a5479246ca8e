//! A member's choices.

use conversation::view::Choices;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, choices: &Choices) {
    blocks.header(&choices.title);
    blocks.phrase(&choices.delivery);
    blocks.phrase(&choices.networks);
    blocks.phrase(&choices.followers);
    blocks.phrase(&choices.accounts);
    blocks.controls(&choices.controls);
}
