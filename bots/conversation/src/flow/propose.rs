//! Proposing a post: the dialog, what becomes of it, and taking it back.

use server_api::enums::Language;
use server_api::ids::ProposalId;
use server_api::problem::{Code, Problem};
use server_api::proposal::{ProposalReceipt, ProposalStanding, Propose};

use super::{Stop, Turn};
use crate::action::Action;
use crate::backend::{Asking, Backend, BackendError};
use crate::command::bare_link;
use crate::dialog::{Dialog, Field, ProposalDialog};
use crate::intent::ProposalForm;
use crate::reply::{FieldProblem, Reply};
use crate::view::{Control, Notice, View};
use crate::words::Words;

pub(super) fn open(turn: &Turn<'_>, form: &ProposalForm) -> Reply {
    Reply::open(Dialog::Proposal(ProposalDialog::new(turn.words, form)))
}

/// Decides on a form without meeting the member first: the budget allows one call.
pub(super) async fn submit(
    backend: &dyn Backend,
    asking: &Asking,
    language: Language,
    form: &ProposalForm,
) -> Result<Reply, Stop> {
    send(backend, asking, language, form)
        .await
        .map_err(|error| Stop::backend(error, language))
}

pub(super) async fn send(
    backend: &dyn Backend,
    asking: &Asking,
    language: Language,
    form: &ProposalForm,
) -> Result<Reply, BackendError> {
    let words = Words::of(language);
    let wanted = Propose {
        url: address(&form.link),
        why: form.why.trim().to_owned(),
        words: form.words.trim().to_owned(),
    };
    match backend.propose(asking, &wanted).await {
        Ok(receipt) => Ok(Reply::whisper(View::Notice(told(words, &receipt)))),
        Err(BackendError::Problem(problem)) => refused(words, problem),
        Err(error) => Err(error),
    }
}

/// What was typed as an address: people leave out how it begins.
fn address(typed: &str) -> String {
    let link = bare_link(typed);
    let is_bare = !link.contains(':') && link.contains('.') && !link.contains(char::is_whitespace);
    if is_bare {
        format!("https://{link}")
    } else {
        link.to_owned()
    }
}

/// The receipt.
fn told(words: &Words, receipt: &ProposalReceipt) -> Notice {
    let more = || Control::plain(words.more_to_share(), Action::ShowSuggestions);
    match (receipt.standing, &receipt.proposal) {
        (ProposalStanding::First, Some(mine)) => Notice::done(
            words.proposal_received(receipt.points),
            Control::plain(
                words.proposal_take_back(),
                Action::WithdrawProposal(mine.id),
            ),
        ),
        (ProposalStanding::Again, Some(mine)) => {
            Notice::info(words.proposal_again(mine.state), Some(more()))
        }
        (ProposalStanding::Supports, _)
        | (ProposalStanding::First | ProposalStanding::Again, None) => {
            Notice::info(words.proposal_supports(), Some(more()))
        }
    }
}

fn refused(words: &Words, problem: Box<Problem>) -> Result<Reply, BackendError> {
    if problem.code == Code::TooManyRequests {
        let notice = Notice::problem(words.proposal_too_many(), None);
        return Ok(Reply::whisper(View::Notice(notice)));
    }
    let problems: Vec<FieldProblem> = (problem.fields.iter())
        .filter_map(|fault| {
            let field = field(&fault.field)?;
            Some(FieldProblem {
                field,
                sentence: words.proposal_fault(field),
            })
        })
        .collect();
    if problem.code != Code::InvalidField || problems.is_empty() {
        return Err(BackendError::Problem(problem));
    }
    Ok(Reply::refuse(problems))
}

fn field(name: &str) -> Option<Field> {
    match name {
        "url" => Some(Field::Link),
        "why" => Some(Field::Why),
        "words" => Some(Field::Words),
        _ => None,
    }
}

pub(super) async fn withdraw(turn: &Turn<'_>, proposal: ProposalId) -> Result<Reply, BackendError> {
    let again = Control::plain(turn.words.propose(), Action::Propose);
    match turn.backend.withdraw_proposal(turn.asking, proposal).await {
        Ok(_) => {
            let notice = Notice::done(turn.words.proposal_withdrawn(), again);
            Ok(turn.here(View::Notice(notice)))
        }
        Err(BackendError::Problem(problem)) if problem.code == Code::WrongState => {
            let notice = Notice::info(turn.words.proposal_decided(), Some(again));
            Ok(turn.here(View::Notice(notice)))
        }
        Err(error) => Err(error),
    }
}
