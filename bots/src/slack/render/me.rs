//! A member's own numbers and choices.

use conversation::plain;
use conversation::view::Me;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, me: &Me) {
    blocks.header(&plain::phrase(&me.headline));
    blocks.facts(&me.facts);
    blocks.phrase(&me.followers);
    blocks.controls(&me.controls);
}
