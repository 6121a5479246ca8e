//! The card of a post in a message of one's own.

use conversation::view::PersonalPost;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, card: &PersonalPost) {
    blocks.header(&card.title);
    blocks.paragraph(&card.summary, card.picture.as_ref());
    if let Some(shared) = &card.shared {
        blocks.phrase(shared);
    }
    blocks.context(&card.small_print);
    blocks.controls(&card.controls);
}
