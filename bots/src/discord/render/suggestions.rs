//! Posts for one member, an embed each; their numbers stand on their buttons, since
//! Discord puts all buttons below all embeds.

use conversation::view::{SuggestedPost, Suggestions};

use super::blocks::{Blocks, number_sign};
use super::suggested_post;
use crate::discord::{limits, text};

pub(super) fn render(blocks: &mut Blocks, list: &Suggestions) {
    blocks.phrase(&list.headline);
    match list.items.as_slice() {
        [] => {}
        [only] => {
            blocks.divider();
            suggested_post::render(blocks, only);
        }
        several => numbered(blocks, several),
    }
    blocks.controls(&list.controls);
}

fn numbered(blocks: &mut Blocks, cards: &[SuggestedPost]) {
    let mut row = Vec::new();
    for (index, card) in cards.iter().enumerate() {
        blocks.divider();
        describe(blocks, index, card);
        let buttons = blocks.numbered(index, &card.controls);
        // What belongs to one post stands in one row.
        if row.len() + buttons.len() > limits::BUTTONS {
            blocks.row(std::mem::take(&mut row));
        }
        row.extend(buttons);
    }
    blocks.row(row);
}

fn describe(blocks: &mut Blocks, index: usize, card: &SuggestedPost) {
    let sign = number_sign(index).unwrap_or_default();
    blocks.header(&format!("{sign} {}", card.title));
    let summary = text::plain_text(&card.summary, limits::LISTED_SUMMARY);
    blocks.paragraph(&summary, None);
    blocks.thumbnail(card.picture.as_ref());
    blocks.context(&card.small_print);
}
