//! From an intent to a reply: one file per subject. Flows fetch and decide; views
//! say it, and nothing here knows a platform.

mod announce;
mod choices;
mod console;
mod dismiss;
mod followers;
mod greeting;
mod home;
mod leaderboard;
mod me;
mod pairing;
mod propose;
mod review;
mod share;
mod stop;
mod suggestions;

use std::sync::Arc;

use server_api::delivery::Delivery;
use server_api::enums::Language;
use server_api::identity::Introduction;
use server_api::me::{Home, Me};
use server_api::problem::Code;
use tracing::Instrument;

use self::stop::Stop;
use crate::backend::{Asking, Backend, BackendError};
use crate::dialog::{Dialog, MessageDialog};
use crate::directory::Directory;
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
    words: &'static Words,
    met: &'a Met,
}

/// Who the person is.
struct Met {
    me: Me,
    /// Their page, where it was what they asked for.
    home: Option<Home>,
}

impl From<Home> for Met {
    fn from(home: Home) -> Self {
        Self {
            me: home.me.clone(),
            home: Some(home),
        }
    }
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

    /// What opens where the answer to `intent` takes longer than the platform waits.
    pub fn loading(language: Language, intent: &Intent) -> Dialog {
        Dialog::Message(MessageDialog::loading(Words::of(language), intent))
    }

    /// What the dialog of `intent` becomes where its answer came late and was good.
    pub fn saved(language: Language, intent: &Intent) -> Dialog {
        let words = Words::of(language);
        Dialog::Message(MessageDialog::said(words, intent, words.choice_saved()))
    }

    /// What it becomes where its answer came late and has words to say.
    pub fn said(language: Language, intent: &Intent, said: &str) -> Dialog {
        let said = vec![Span::Text(said.to_owned())];
        Dialog::Message(MessageDialog::said(Words::of(language), intent, said))
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
                    stop.reply(&incoming.intent, incoming.place)
                }
            }
        }
        .instrument(span)
        .await
    }

    async fn answer(&self, incoming: &Incoming) -> Result<Reply, Stop> {
        let language = incoming.language;
        let asking = Asking {
            person: incoming.person.clone(),
            interaction: incoming.interaction.clone(),
        };
        if let Intent::SubmitFollowers { language, form } = &incoming.intent {
            return followers::submit(self.backend.as_ref(), &asking, *language, form).await;
        }
        if let Intent::SubmitProposal { language, form } = &incoming.intent {
            return propose::submit(self.backend.as_ref(), &asking, *language, form).await;
        }
        if let Some(reply) = review::at_once(self.backend.as_ref(), &asking, incoming).await {
            return reply;
        }
        if let Some(reply) = share::at_once(self.backend.as_ref(), &asking, incoming).await {
            return reply;
        }
        let met = if let Intent::Pair { code } = &incoming.intent {
            match self.known(&asking, language).await? {
                Some(me) => Met { me, home: None },
                None => return pairing::pair(self, &asking, language, code).await,
            }
        } else if matches!(incoming.intent, Intent::ShowMe | Intent::ReturnToMe) {
            // The page tells of the member too: one question is enough.
            let ask = || self.backend.home(&asking);
            Met::from(self.meet(&asking, language, ask).await?)
        } else {
            let ask = || self.backend.me(&asking);
            let me = self.meet(&asking, language, ask).await?;
            Met { me, home: None }
        };
        let turn = Turn {
            backend: self.backend.as_ref(),
            asking: &asking,
            place: incoming.place,
            words: Words::of(met.me.language),
            met: &met,
        };
        turn.answer(&incoming.intent)
            .await
            .map_err(|error| Stop::backend(error, met.me.language))
    }

    /// The member behind a person, if there is one.
    async fn known(&self, asking: &Asking, language: Language) -> Result<Option<Me>, Stop> {
        match self.backend.me(asking).await {
            Ok(me) => Ok(Some(me)),
            Err(BackendError::Problem(problem)) if problem.code == Code::UnknownPerson => Ok(None),
            Err(error) => Err(Stop::backend(error, language)),
        }
    }

    /// What the server knows of a person, introduced if it does not know them yet.
    async fn meet<T, F>(
        &self,
        asking: &Asking,
        language: Language,
        ask: impl Fn() -> F,
    ) -> Result<T, Stop>
    where
        F: Future<Output = Result<T, BackendError>>,
    {
        let unknown = match ask().await {
            Ok(known) => return Ok(known),
            Err(BackendError::Problem(problem)) if problem.code == Code::UnknownPerson => problem,
            Err(error) => return Err(Stop::backend(error, language)),
        };
        tracing::debug!(code = ?unknown.code, "introducing a person");
        let introduction = self.introduction(asking, language).await?;
        let language = introduction.language.unwrap_or(language);
        self.backend
            .introduce(asking, &introduction)
            .await
            .map_err(|error| Stop::backend(error, language))?;
        ask().await.map_err(|error| Stop::backend(error, language))
    }

    /// What the platform says of a person.
    async fn introduction(
        &self,
        asking: &Asking,
        language: Language,
    ) -> Result<Introduction, Stop> {
        self.directory
            .introduction(&asking.person)
            .await
            .map_err(|error| Stop::directory(error, language))
    }
}

impl Turn<'_> {
    async fn answer(&self, intent: &Intent) -> Result<Reply, BackendError> {
        let reply = self.take(intent).await?;
        match self.place {
            Place::Home => home::settle(self, reply).await,
            Place::Own | Place::Command | Place::Shared | Place::Dialog => Ok(reply),
        }
    }

    async fn take(&self, intent: &Intent) -> Result<Reply, BackendError> {
        match intent {
            Intent::Help => Ok(help(self.words, None)),
            Intent::NotUnderstood { said } => Ok(help(self.words, Some(said))),
            // Changes were asked for before anybody was met.
            Intent::Outdated | Intent::AskForChanges(_) | Intent::SubmitChanges { .. } => {
                Ok(outdated(self.words))
            }
            Intent::ShowSuggestions => suggestions::show(self).await,
            Intent::ShowMe => me::show(self).await,
            Intent::ReturnToMe => me::back(self).await,
            Intent::ShowChoices => Ok(choices::show(self)),
            Intent::ShowNetworks => Ok(choices::networks(self)),
            Intent::ShowLeaderboard { period } => leaderboard::show(self, *period).await,
            Intent::TurnLeaderboard { period } => leaderboard::turn(self, *period).await,
            Intent::StartShare { post } => share::start(self, *post).await,
            Intent::ConfirmShared { post, network, on } => {
                share::confirm(self, *post, *network, *on).await
            }
            Intent::Dismiss { post, on } => dismiss::dismiss(self, *post, *on).await,
            Intent::UndoDismissal { post, on } => dismiss::undo(self, *post, *on).await,
            Intent::ShowReviews => review::show(self).await,
            Intent::Propose(form) => Ok(propose::open(self, form)),
            Intent::SubmitProposal { language, form } => {
                propose::send(self.backend, self.asking, *language, form).await
            }
            Intent::WithdrawProposal { proposal } => propose::withdraw(self, *proposal).await,
            Intent::Approve(judged) => review::approve(self, *judged).await,
            Intent::FinishOnboarding { visibility } => greeting::finish(self, *visibility).await,
            Intent::ChooseVisibility { visibility } => choices::visibility(self, *visibility).await,
            Intent::ChooseLanguage { language } => choices::language(self, *language).await,
            Intent::ChooseDelivery { preference } => choices::delivery(self, *preference).await,
            Intent::PauseWeek => choices::pause_week(self).await,
            Intent::Resume => choices::resume(self).await,
            Intent::ChooseNetwork { slot, network } => {
                choices::network(self, *slot, *network).await
            }
            Intent::Pair { .. } => Ok(pairing::known(self.words)),
            Intent::ShowConsole => console::show(self).await,
            Intent::ShowPairing => pairing::show(self).await,
            Intent::Unpair { identity } => pairing::undo(self, *identity).await,
            Intent::EditFollowers => Ok(followers::edit(self)),
            Intent::SubmitFollowers { language, form } => {
                followers::save(self.backend, self.asking, *language, form).await
            }
        }
    }

    /// On the person's own message it changes; elsewhere a new private one comes.
    fn here(&self, view: View) -> Reply {
        match self.place {
            Place::Own | Place::Home => Reply::revise(view),
            Place::Command | Place::Shared | Place::Dialog => Reply::whisper(view),
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
