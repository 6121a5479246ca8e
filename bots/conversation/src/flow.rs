//! From an intent to a reply: one file per subject. Flows fetch and decide; views
//! say it, and nothing here knows a platform.

mod announce;
mod dismiss;
mod followers;
mod greeting;
mod leaderboard;
mod me;
mod share;
mod suggestions;

use std::sync::Arc;

use server_api::delivery::Delivery;
use server_api::enums::Language;
use server_api::me::Me;
use server_api::problem::Code;
use tracing::Instrument;

use crate::backend::{Asking, Backend, BackendError};
use crate::dialog::{Dialog, MessageDialog};
use crate::directory::{Directory, DirectoryError};
use crate::intent::Intent;
use crate::person::{Person, Place};
use crate::reply::Reply;
use crate::view::{Help, Notice, Span, View};
use crate::words::Words;

/// What a person did, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Who.
    pub person: Person,
    /// On what.
    pub place: Place,
    /// The platform's id of what they did.
    pub interaction: String,
    /// The workspace's language, until the person's own is known.
    pub language: Language,
    /// What they want.
    pub intent: Intent,
}

/// Answers people.
#[derive(Clone)]
pub struct Conversation {
    backend: Arc<dyn Backend>,
    directory: Arc<dyn Directory>,
}

/// What a flow works with once the person is known.
struct Turn<'a> {
    backend: &'a dyn Backend,
    asking: &'a Asking,
    place: Place,
    me: &'a Me,
    words: &'static Words,
}

/// Why a flow ended early.
struct Stop {
    cause: Cause,
    /// The language in which to say so.
    language: Language,
}

enum Cause {
    Backend(BackendError),
    Directory(DirectoryError),
}

impl Conversation {
    /// A conversation over a server and a platform's directory.
    pub fn new(backend: Arc<dyn Backend>, directory: Arc<dyn Directory>) -> Self {
        Self { backend, directory }
    }

    /// What a delivery says; its channel or person reads it.
    pub fn announce(delivery: &Delivery) -> View {
        announce::announce(delivery)
    }

    /// What opens where a dialog's answer takes longer than the platform waits.
    pub fn loading(language: Language) -> Dialog {
        Dialog::Message(MessageDialog::loading(Words::of(language)))
    }

    /// What a dialog becomes whose answer came late and was good.
    pub fn saved(language: Language) -> Dialog {
        let words = Words::of(language);
        Dialog::Message(MessageDialog::said(words, words.choice_saved()))
    }

    /// What a dialog becomes whose answer came late and has words to say.
    pub fn said(language: Language, said: &str) -> Dialog {
        let said = vec![Span::Text(said.to_owned())];
        Dialog::Message(MessageDialog::said(Words::of(language), said))
    }

    /// What a person is told where the platform itself did not take an answer.
    pub fn unavailable(language: Language) -> View {
        View::Notice(Notice::unavailable(Words::of(language)))
    }

    /// Answers one person. Never fails: what goes wrong is logged here, once, and
    /// the person is told what to do.
    pub async fn handle(&self, incoming: Incoming) -> Reply {
        let name = incoming.intent.name();
        let span = tracing::info_span!("bot.intent", intent = name);
        async {
            match self.answer(&incoming).await {
                Ok(reply) => reply,
                Err(stop) => {
                    stop.log(name);
                    stop.reply(&incoming.intent)
                }
            }
        }
        .instrument(span)
        .await
    }

    async fn answer(&self, incoming: &Incoming) -> Result<Reply, Stop> {
        let asking = Asking {
            person: incoming.person.clone(),
            interaction: incoming.interaction.clone(),
        };
        if let Intent::SubmitFollowers { language, form } = &incoming.intent {
            return followers::submit(self.backend.as_ref(), &asking, *language, form).await;
        }
        let me = self.meet(&asking, incoming.language).await?;
        let turn = Turn {
            backend: self.backend.as_ref(),
            asking: &asking,
            place: incoming.place,
            me: &me,
            words: Words::of(me.language),
        };
        turn.take(&incoming.intent).await.map_err(|error| Stop {
            cause: Cause::Backend(error),
            language: me.language,
        })
    }

    /// The member behind a person, introduced if the server does not know them yet.
    async fn meet(&self, asking: &Asking, language: Language) -> Result<Me, Stop> {
        let unknown = match self.backend.me(asking).await {
            Ok(me) => return Ok(me),
            Err(BackendError::Problem(problem)) if problem.code == Code::UnknownPerson => problem,
            Err(error) => return Err(Stop::backend(error, language)),
        };
        tracing::debug!(code = ?unknown.code, "introducing a person");
        let introduction = self
            .directory
            .introduction(&asking.person)
            .await
            .map_err(|error| Stop {
                cause: Cause::Directory(error),
                language,
            })?;
        let language = introduction.language.unwrap_or(language);
        self.backend
            .introduce(asking, &introduction)
            .await
            .map_err(|error| Stop::backend(error, language))?;
        self.backend
            .me(asking)
            .await
            .map_err(|error| Stop::backend(error, language))
    }
}

impl Turn<'_> {
    async fn take(&self, intent: &Intent) -> Result<Reply, BackendError> {
        match intent {
            Intent::Help => Ok(help(self.words, None)),
            Intent::NotUnderstood { said } => Ok(help(self.words, Some(said))),
            Intent::Outdated => Ok(outdated(self.words)),
            Intent::ShowSuggestions => suggestions::show(self).await,
            Intent::ShowMe => Ok(me::show(self)),
            Intent::ShowLeaderboard { period } => leaderboard::show(self, *period).await,
            Intent::TurnLeaderboard { period } => leaderboard::turn(self, *period).await,
            Intent::StartShare { post } => share::start(self, *post).await,
            Intent::ConfirmShared { post, network } => share::confirm(self, *post, *network).await,
            Intent::Dismiss { post } => dismiss::dismiss(self, *post).await,
            Intent::UndoDismissal { post } => dismiss::undo(self, *post).await,
            Intent::FinishOnboarding { visibility } => greeting::finish(self, *visibility).await,
            Intent::ChooseVisibility { visibility } => {
                me::choose_visibility(self, *visibility).await
            }
            Intent::ChooseLanguage { language } => me::choose_language(self, *language).await,
            Intent::EditFollowers => Ok(followers::edit(self)),
            Intent::SubmitFollowers { language, form } => {
                followers::save(self.backend, self.asking, *language, form).await
            }
        }
    }

    /// On the person's own message it changes; elsewhere a new private one comes.
    fn here(&self, view: View) -> Reply {
        match self.place {
            Place::Own => Reply::revise(view),
            Place::Command | Place::Shared | Place::Dialog => Reply::whisper(view),
        }
    }
}

impl Stop {
    fn backend(error: BackendError, language: Language) -> Self {
        Self {
            cause: Cause::Backend(error),
            language,
        }
    }

    fn log(&self, intent: &'static str) {
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

    fn reply(&self, intent: &Intent) -> Reply {
        let words = Words::of(self.language);
        let notice = match &self.cause {
            Cause::Backend(BackendError::Problem(problem)) => Notice::refused(words, problem),
            Cause::Backend(BackendError::Unreachable(_)) | Cause::Directory(_) => {
                match intent {
                    // These need nobody: they are answered also while the server is away.
                    Intent::Help => return help(words, None),
                    Intent::NotUnderstood { said } => return help(words, Some(said)),
                    Intent::Outdated => return outdated(words),
                    Intent::ShowSuggestions
                    | Intent::ShowMe
                    | Intent::ShowLeaderboard { .. }
                    | Intent::TurnLeaderboard { .. }
                    | Intent::StartShare { .. }
                    | Intent::ConfirmShared { .. }
                    | Intent::Dismiss { .. }
                    | Intent::UndoDismissal { .. }
                    | Intent::FinishOnboarding { .. }
                    | Intent::ChooseVisibility { .. }
                    | Intent::ChooseLanguage { .. }
                    | Intent::EditFollowers
                    | Intent::SubmitFollowers { .. } => Notice::unavailable(words),
                }
            }
        };
        match intent {
            // A dialog is before them: it says what went wrong, in its place.
            Intent::SubmitFollowers { .. } => {
                Reply::open(Dialog::Message(MessageDialog::said(words, notice.words)))
            }
            Intent::Help
            | Intent::NotUnderstood { .. }
            | Intent::Outdated
            | Intent::ShowSuggestions
            | Intent::ShowMe
            | Intent::ShowLeaderboard { .. }
            | Intent::TurnLeaderboard { .. }
            | Intent::StartShare { .. }
            | Intent::ConfirmShared { .. }
            | Intent::Dismiss { .. }
            | Intent::UndoDismissal { .. }
            | Intent::FinishOnboarding { .. }
            | Intent::ChooseVisibility { .. }
            | Intent::ChooseLanguage { .. }
            | Intent::EditFollowers => Reply::whisper(View::Notice(notice)),
        }
    }
}

fn help(words: &Words, said: Option<&str>) -> Reply {
    Reply::whisper(View::Help(Help::new(words, said)))
}

fn outdated(words: &Words) -> Reply {
    Reply::whisper(View::Notice(Notice::outdated(words)))
}

#[cfg(test)]
mod tests;
