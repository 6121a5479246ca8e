//! Proposals, both ways.

use server_api::ids::{PostId, ProposalId};
use server_api::proposal::{
    MyProposal, Proposal, ProposalOutcome, ProposalReceipt, ProposalStanding, ProposalTwin, Propose,
};

use super::enums;
use crate::domain::proposal::Proposed;
use crate::service::deliveries::Told;
use crate::service::proposals::{Detail, Own, Receipt, Standing};

/// What a member proposes.
pub fn proposed(form: Propose) -> Proposed {
    Proposed {
        url: form.url,
        why: form.why,
        words: form.words,
    }
}

/// What they are told.
pub fn receipt(receipt: Receipt) -> ProposalReceipt {
    let (standing, proposal) = match receipt.standing {
        Standing::First(own) => (ProposalStanding::First, Some(own)),
        Standing::Again(own) => (ProposalStanding::Again, Some(own)),
        Standing::Supports => (ProposalStanding::Supports, None),
    };
    ProposalReceipt {
        standing,
        proposal: proposal.map(mine),
        points: receipt.points,
    }
}

/// A member's own proposal.
pub fn mine(own: Own) -> MyProposal {
    let row = own.proposal;
    MyProposal {
        id: ProposalId(row.id.0),
        url: row.url,
        why: row.why,
        words: row.words,
        title: row.title,
        state: enums::proposal_state(row.state),
        note: row.note,
        points: own.points,
        created_at: row.created_at,
        decided_at: row.decided_at,
    }
}

/// A proposal as those see it who decide.
pub fn proposal(told: Detail) -> Proposal {
    let row = told.proposal;
    Proposal {
        id: ProposalId(row.id.0),
        proposer: told.proposer,
        supporters: told.supporters,
        source: enums::proposal_source(row.source),
        url: row.url,
        why: row.why,
        words: row.words,
        title: row.title,
        summary: row.summary,
        image_url: row.image_url,
        image_alt: row.image_alt,
        state: enums::proposal_state(row.state),
        note: row.note,
        post_id: row.post_id.map(|id| PostId(id.0)),
        twin: told.twin.map(|post| ProposalTwin {
            post_id: PostId(post.id.0),
            title: post.title,
            state: enums::post_state(post.state),
        }),
        created_at: row.created_at,
        decided_by: told.decided_by,
        decided_at: row.decided_at,
    }
}

/// What became of a proposal.
pub fn outcome(told: Told) -> ProposalOutcome {
    let row = told.proposal;
    ProposalOutcome {
        url: row.url,
        title: row.title,
        state: enums::proposal_state(row.state),
        note: row.note,
        points: told.points,
        published: told.is_published,
    }
}
