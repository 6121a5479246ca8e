//! Posts for one member, one below the other.

use conversation::view::Suggestions;

use super::blocks::Blocks;
use super::suggested_post;

pub(super) fn render(blocks: &mut Blocks, list: &Suggestions) {
    blocks.phrase(&list.headline);
    for card in &list.items {
        blocks.divider();
        suggested_post::render(blocks, card);
    }
    if !list.items.is_empty() {
        blocks.divider();
    }
    blocks.controls(&list.controls);
}
