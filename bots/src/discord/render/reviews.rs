//! Posts that wait for one member's judgement, an embed each; their numbers stand on their
//! buttons, since Discord puts all buttons below all embeds.

use conversation::view::Reviews;

use super::blocks::{Blocks, INFO, number_sign};
use super::review_request;

pub(super) fn render(blocks: &mut Blocks, list: &Reviews) {
    blocks.colour(INFO);
    blocks.phrase(&list.headline);
    for (index, card) in list.items.iter().enumerate() {
        blocks.divider();
        if list.items.len() == 1 {
            review_request::described(blocks, &card.title, card);
            blocks.controls(&card.controls);
            continue;
        }
        let sign = number_sign(index).unwrap_or_default();
        review_request::described(blocks, &format!("{sign} {}", card.title), card);
        // What belongs to one post stands in one row.
        let row = blocks.numbered(index, &card.controls);
        blocks.row(row);
    }
    blocks.controls(&list.controls);
}
