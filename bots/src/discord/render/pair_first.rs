//! How an unknown account is paired.

use conversation::view::PairFirst;

use super::blocks::{Blocks, INFO};

pub(super) fn render(blocks: &mut Blocks, card: &PairFirst) {
    blocks.colour(INFO);
    blocks.header(&card.title);
    for step in &card.steps {
        blocks.phrase(step);
    }
}
