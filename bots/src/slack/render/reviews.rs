//! Posts that wait for one member's judgement, one below the other.

use conversation::view::Reviews;

use super::blocks::Blocks;
use super::review_request;

pub(super) fn render(blocks: &mut Blocks, list: &Reviews) {
    blocks.phrase(&list.headline);
    for card in &list.items {
        blocks.divider();
        review_request::listed(blocks, card);
    }
    if !list.items.is_empty() {
        blocks.divider();
    }
    blocks.controls(&list.controls);
}
