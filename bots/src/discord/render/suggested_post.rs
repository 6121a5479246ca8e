//! The card of a suggested post.

use conversation::view::SuggestedPost;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, card: &SuggestedPost) {
    blocks.header(&card.title);
    blocks.paragraph(&card.summary, card.picture.as_ref());
    blocks.context(&card.small_print);
    blocks.controls(&card.controls);
}
