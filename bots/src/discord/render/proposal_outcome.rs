//! What became of a proposal.

use conversation::view::ProposalOutcome;

use super::blocks::Blocks;

pub(super) fn render(blocks: &mut Blocks, card: &ProposalOutcome) {
    blocks.header(&card.title);
    blocks.phrase(&card.outcome);
    if let Some(note) = &card.note {
        blocks.phrase(note);
    }
    blocks.controls(&card.controls);
}
