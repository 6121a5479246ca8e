//! How an unknown account is paired.

use conversation::view::PairFirst;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, card: &PairFirst) {
    blocks.header(&card.title);
    for step in &card.steps {
        blocks.phrase(step);
    }
}
