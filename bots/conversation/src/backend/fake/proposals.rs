//! The fake server's proposals: one for each page, ten that wait at once.

use server_api::enums::ProposalState;
use server_api::ids::ProposalId;
use server_api::problem::{Code, FieldProblem, Problem};
use server_api::proposal::{MyProposal, ProposalReceipt, ProposalStanding, Propose};
use uuid::Uuid;

use super::state::{State, problem};
use crate::backend::BackendError;
use crate::dialog::{WHY_LIMIT, WORDS_LIMIT};
use crate::view::sample_data;

/// Proposals of a member that wait at once.
const OPEN: usize = 10;

/// What the member proposed, and what others did.
#[derive(Default)]
pub(super) struct Proposals {
    pub(super) mine: Vec<MyProposal>,
    pub(super) of_others: Vec<String>,
}

impl State {
    pub(super) fn propose(&mut self, form: &Propose) -> Result<ProposalReceipt, BackendError> {
        let fields = faults(form);
        if !fields.is_empty() {
            return Err(invalid(fields));
        }
        let receipt = |standing, proposal| ProposalReceipt {
            standing,
            proposal,
            points: sample_data::proposal_receipt().points,
        };
        let all = &mut self.proposals;
        let is_open = |one: &&MyProposal| match one.state {
            ProposalState::New | ProposalState::Accepted => true,
            ProposalState::Declined | ProposalState::Withdrawn => false,
        };
        let mut same = all.mine.iter().filter(is_open);
        if let Some(there) = same.find(|one| one.url == form.url) {
            return Ok(receipt(ProposalStanding::Again, Some(there.clone())));
        }
        if all.of_others.contains(&form.url) {
            return Ok(receipt(ProposalStanding::Supports, None));
        }
        let waiting = all
            .mine
            .iter()
            .filter(|one| one.state == ProposalState::New);
        if waiting.count() >= OPEN {
            return Err(problem(Code::TooManyRequests, None));
        }
        let number = u128::try_from(all.mine.len()).unwrap_or_default() + 1;
        let made = MyProposal {
            id: ProposalId(Uuid::from_u128(number)),
            url: form.url.clone(),
            why: form.why.clone(),
            words: form.words.clone(),
            ..sample_data::my_proposal()
        };
        all.mine.push(made.clone());
        Ok(receipt(ProposalStanding::First, Some(made)))
    }

    pub(super) fn take_back(&mut self, id: ProposalId) -> Result<MyProposal, BackendError> {
        let mut mine = self.proposals.mine.iter_mut();
        let one = mine.find(|one| one.id == id);
        let one = one.ok_or_else(|| problem(Code::NotFound, None))?;
        match one.state {
            ProposalState::New | ProposalState::Withdrawn => {
                one.state = ProposalState::Withdrawn;
                Ok(one.clone())
            }
            ProposalState::Accepted | ProposalState::Declined => {
                Err(problem(Code::WrongState, None))
            }
        }
    }
}

fn faults(form: &Propose) -> Vec<FieldProblem> {
    let is_page = ["http://", "https://"]
        .iter()
        .any(|scheme| form.url.starts_with(scheme));
    [
        ("url", is_page),
        ("why", form.why.chars().count() <= WHY_LIMIT),
        ("words", form.words.chars().count() <= WORDS_LIMIT),
    ]
    .into_iter()
    .filter(|(_, is_good)| !is_good)
    .map(|(field, _)| FieldProblem {
        field: field.to_owned(),
        reason: "for developers".to_owned(),
    })
    .collect()
}

fn invalid(fields: Vec<FieldProblem>) -> BackendError {
    match problem(Code::InvalidField, None) {
        BackendError::Problem(problem) => {
            BackendError::Problem(Box::new(Problem { fields, ..*problem }))
        }
        unreachable @ BackendError::Unreachable(_) => unreachable,
    }
}
