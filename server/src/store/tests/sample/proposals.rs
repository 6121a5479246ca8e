//! What members proposed, most of it long ago.

use entity::enums::{ProposalSource, ProposalState};
use entity::{proposal, proposal_supporter};

use super::put;
use super::rows::*;
use crate::domain::proposal::open_key;
use crate::store::Txn;

pub async fn fill(txn: &Txn) {
    put::<proposal::Entity>(txn, OTHERS, a_proposal).await;
    put::<proposal_supporter::Entity>(txn, OTHERS, a_supporter).await;
}

pub fn a_proposal(n: usize) -> proposal::Model {
    let url = format!("https://acme.example/{n}");
    let state = match n % 40 {
        1 => ProposalState::New,
        2 => ProposalState::Withdrawn,
        odd if odd % 2 == 1 => ProposalState::Accepted,
        _ => ProposalState::Declined,
    };
    proposal::Model {
        id: proposal(n),
        organization_id: organization(n),
        member_id: Some(member(n % MEMBERS)),
        source: ProposalSource::Slack,
        state,
        open_key: open_key(state, &url),
        canonical_url: url.clone(),
        url,
        why: String::new(),
        words: String::new(),
        title: None,
        summary: None,
        image_url: None,
        image_alt: None,
        note: None,
        post_id: (state == ProposalState::Accepted).then(|| post(n % POSTS)),
        decided_by: Some(member(n % POSTS)),
        decided_at: Some(ago(n)),
        decisions: 1,
        created_at: ago(n),
        updated_at: ago(n),
    }
}

pub fn a_supporter(n: usize) -> proposal_supporter::Model {
    proposal_supporter::Model {
        proposal_id: proposal(n),
        member_id: member((n + 1) % MEMBERS),
        organization_id: organization(n),
        created_at: ago(n),
    }
}
