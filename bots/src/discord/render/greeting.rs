//! The greeting of a new member.

use conversation::view::Greeting;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, greeting: &Greeting) {
    blocks.header(&greeting.title);
    for step in &greeting.steps {
        blocks.phrase(step);
    }
    blocks.controls(&greeting.controls);
}
