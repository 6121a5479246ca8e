//! Why a flow ended early, and what the person is told then.

use server_api::enums::Language;
use server_api::problem::{Code, Problem};

use super::home;
use crate::backend::BackendError;
use crate::dialog::{Dialog, MessageDialog};
use crate::directory::DirectoryError;
use crate::intent::Intent;
use crate::person::Place;
use crate::plain;
use crate::reply::Reply;
use crate::view::{Help, Notice, PairFirst, Span, View};
use crate::words::Words;

/// Why a flow ended early.
pub(super) struct Stop {
    cause: Cause,
    /// The language in which to say so.
    language: Language,
}

enum Cause {
    Backend(BackendError),
    Directory(DirectoryError),
}

impl Stop {
    pub(super) fn backend(error: BackendError, language: Language) -> Self {
        Self {
            cause: Cause::Backend(error),
            language,
        }
    }

    pub(super) fn directory(error: DirectoryError, language: Language) -> Self {
        Self {
            cause: Cause::Directory(error),
            language,
        }
    }

    pub(super) fn log(&self, intent: &'static str) {
        match &self.cause {
            Cause::Backend(BackendError::Problem(problem)) => tracing::info!(
                intent,
                code = ?problem.code,
                detail = problem.detail,
                request.id = problem.request_id,
                "the server refused {intent}"
            ),
            Cause::Backend(BackendError::Unreachable(reason)) => {
                tracing::warn!(intent, reason, "the server did not answer {intent}");
            }
            Cause::Directory(error) => {
                tracing::warn!(intent, reason = error.reason, "no directory for {intent}");
            }
        }
    }

    pub(super) fn reply(&self, intent: &Intent, place: Place) -> Reply {
        let words = Words::of(self.language);
        let view = match &self.cause {
            Cause::Backend(BackendError::Problem(problem)) => refused(words, problem),
            Cause::Backend(BackendError::Unreachable(_)) | Cause::Directory(_) => {
                alone(words, intent).unwrap_or_else(|| View::Notice(Notice::unavailable(words)))
            }
        };
        match place {
            // A dialog is before them: it says what went wrong, in its place.
            Place::Dialog => {
                let said = vec![Span::Text(plain::view(&view))];
                Reply::open(Dialog::Message(MessageDialog::said(words, intent, said)))
            }
            Place::Home => Reply::revise(home::without_page(words, view)),
            Place::Own | Place::Command | Place::Shared => Reply::whisper(view),
        }
    }
}

fn refused(words: &Words, problem: &Problem) -> View {
    if problem.code == Code::PairingRequired {
        View::PairFirst(PairFirst::new(words, problem.contact.as_deref()))
    } else {
        View::Notice(Notice::refused(words, problem))
    }
}

/// What needs nobody is answered also while the server is away.
fn alone(words: &Words, intent: &Intent) -> Option<View> {
    match intent {
        Intent::Help => Some(View::Help(Help::new(words, None))),
        Intent::NotUnderstood { said } => Some(View::Help(Help::new(words, Some(said)))),
        Intent::Outdated => Some(View::Notice(Notice::outdated(words))),
        Intent::ShowSuggestions
        | Intent::ShowReviews
        | Intent::Approve(_)
        | Intent::AskForChanges(_)
        | Intent::SubmitChanges { .. }
        | Intent::Propose(_)
        | Intent::SubmitProposal { .. }
        | Intent::WithdrawProposal { .. }
        | Intent::ShowMe
        | Intent::ReturnToMe
        | Intent::ShowChoices
        | Intent::ShowNetworks
        | Intent::ShowLeaderboard { .. }
        | Intent::TurnLeaderboard { .. }
        | Intent::StartShare { .. }
        | Intent::ConfirmShared { .. }
        | Intent::Dismiss { .. }
        | Intent::UndoDismissal { .. }
        | Intent::FinishOnboarding { .. }
        | Intent::ChooseVisibility { .. }
        | Intent::ChooseLanguage { .. }
        | Intent::ChooseDelivery { .. }
        | Intent::PauseWeek
        | Intent::Resume
        | Intent::ChooseNetwork { .. }
        | Intent::EditFollowers
        | Intent::SubmitFollowers { .. }
        | Intent::ShowPairing
        | Intent::ShowConsole
        | Intent::Pair { .. }
        | Intent::Unpair { .. } => None,
    }
}
