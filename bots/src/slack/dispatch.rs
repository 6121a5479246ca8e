//! From a decoded payload to its answer: acknowledged first and worked on after, or
//! answered in line where the answer *is* the acknowledgement.

use std::sync::Arc;
use std::time::Duration;

use conversation::reply::{Answer, FieldProblem};
use conversation::{Conversation, Dialog, Incoming, Pace, Place, Reply, plain};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::directory::SlackDirectory;
use super::inbound::{Inbound, Turn};
use super::outbound::{self, Outbound};
use crate::clock::{Clock, within};
use crate::installations::Installations;
use crate::metrics::Counts;
use crate::recent::Recent;

/// How long an answer may take that is itself the acknowledgement: PRODUCT's 800 ms of
/// Slack's three seconds.
const BUDGET: Duration = Duration::from_millis(800);

/// Answers what comes in.
pub struct Dispatch {
    /// Decides what is said.
    pub conversation: Conversation,
    /// Says it.
    pub outbound: Arc<Outbound>,
    /// Knows who is there.
    pub directory: SlackDirectory,
    /// Knows the workspaces.
    pub installations: Arc<Installations>,
    /// Measures the budget.
    pub clock: Arc<dyn Clock>,
    /// Holds the work that goes on after an acknowledgement.
    pub tracker: TaskTracker,
    /// Says when to stop trying.
    pub shutdown: CancellationToken,
    /// What was taken on lately.
    pub recent: Recent,
    /// Where it counts.
    pub counts: Counts,
}

impl Dispatch {
    /// Takes on a payload; returns what its acknowledgement carries, if anything.
    pub async fn take(self: &Arc<Self>, inbound: Inbound) -> Option<Value> {
        match inbound {
            Inbound::Nothing => None,
            Inbound::Uninstalled { team } => {
                let dispatch = Arc::clone(self);
                self.tracker.spawn(async move {
                    let shutdown = &dispatch.shutdown;
                    dispatch.installations.revoke(&team, shutdown).await;
                });
                None
            }
            Inbound::Removed { team, user } => {
                let dispatch = Arc::clone(self);
                self.tracker.spawn(async move {
                    let who = (team.as_str(), user.as_str());
                    let (directory, shutdown) = (&dispatch.directory, &dispatch.shutdown);
                    let installations = &dispatch.installations;
                    installations.note_removal(who, directory, shutdown).await;
                });
                None
            }
            Inbound::Turn(turn) => self.take_turn(*turn).await,
        }
    }

    async fn take_turn(self: &Arc<Self>, turn: Turn) -> Option<Value> {
        let pace = turn.intent.pace(turn.place);
        // A modal's acknowledgement is its answer, so a modal is answered each time.
        if turn.place != Place::Dialog && !self.recent.take(&turn.interaction) {
            return None;
        }
        self.counts.asked(&turn.intent);
        match (pace, turn.place) {
            (Pace::Immediate, Place::Dialog) => self.answer_modal(turn).await,
            (Pace::Immediate, Place::Command | Place::Shared | Place::Own | Place::Home) => {
                let dispatch = Arc::clone(self);
                self.tracker
                    .spawn(async move { dispatch.open_modal(turn).await });
                None
            }
            (Pace::Deferred(_), _) => {
                let dispatch = Arc::clone(self);
                self.tracker.spawn(async move {
                    let reply = dispatch.handle(&turn).await;
                    dispatch.deliver(&turn, reply).await;
                });
                None
            }
        }
    }

    async fn handle(&self, turn: &Turn) -> Reply {
        let incoming = Incoming {
            person: turn.person.clone(),
            place: turn.place,
            interaction: turn.interaction.clone(),
            language: self.installations.language(&turn.person.workspace).await,
            intent: turn.intent.clone(),
        };
        let began = self.clock.now();
        let reply = self.conversation.handle(incoming).await;
        let now = self.clock.now();
        self.counts.answered(now.saturating_duration_since(began));
        reply
    }

    /// Starts the work on a turn; it goes on also when nobody waits for it any more.
    fn start(self: &Arc<Self>, turn: &Turn) -> oneshot::Receiver<Reply> {
        let (done, reply) = oneshot::channel();
        let (dispatch, turn) = (Arc::clone(self), turn.clone());
        self.tracker.spawn(async move {
            let reply = dispatch.handle(&turn).await;
            // The receiver is only gone when the process stops.
            drop(done.send(reply));
        });
        reply
    }

    /// A press that opens a modal: opened with its content within the budget, else with
    /// a word of patience that the content replaces.
    async fn open_modal(self: &Arc<Self>, turn: Turn) {
        let mut work = self.start(&turn);
        match within(self.clock.as_ref(), BUDGET, &mut work).await {
            Some(Ok(reply)) => self.deliver(&turn, reply).await,
            Some(Err(_)) => tracing::error!("work on a modal ended early"),
            None => {
                let loading = self.loading(&turn);
                let opened = match &turn.trigger {
                    Some(trigger) => {
                        self.outbound
                            .open(&turn.person, trigger, &turn.origin, &loading)
                            .await
                    }
                    None => Ok(None),
                };
                let view = opened.unwrap_or_else(|error| {
                    tracing::warn!(%error, "a modal did not open");
                    None
                });
                if let Ok(reply) = work.await {
                    self.deliver_late(&turn, view, reply).await;
                }
            }
        }
    }

    /// A sent modal: closed, marked or replaced by the acknowledgement itself; past the
    /// budget it shows a word of patience, and then how it ended.
    async fn answer_modal(self: &Arc<Self>, turn: Turn) -> Option<Value> {
        let mut work = self.start(&turn);
        if let Some(outcome) = within(self.clock.as_ref(), BUDGET, &mut work).await {
            let reply = outcome.ok()?;
            if let Some(view) = reply.revise {
                let dispatch = Arc::clone(self);
                self.tracker.spawn(async move {
                    dispatch
                        .outbound
                        .revise(&turn.person, &turn.origin, &view)
                        .await;
                });
                return None;
            }
            return match reply.answer {
                Answer::Nothing => None,
                Answer::Refuse(problems) => Some(outbound::refusal(&problems)),
                Answer::Open(dialog) => Some(outbound::replacement(&dialog, &turn.origin)),
                Answer::Whisper(view) => {
                    let dispatch = Arc::clone(self);
                    self.tracker.spawn(async move {
                        dispatch
                            .outbound
                            .whisper(&turn.person, &turn.origin, &view)
                            .await;
                    });
                    None
                }
            };
        }
        let loading = self.loading(&turn);
        let patience = outbound::replacement(&loading, &turn.origin);
        let dispatch = Arc::clone(self);
        self.tracker.spawn(async move {
            if let Ok(reply) = work.await {
                let view = turn.origin.view.clone();
                dispatch.deliver_late(&turn, view, reply).await;
            }
        });
        Some(patience)
    }

    /// A word of patience; it must not wait for the server in turn.
    fn loading(&self, turn: &Turn) -> Dialog {
        let workspace = &turn.person.workspace;
        Conversation::loading(self.installations.language_at_hand(workspace), &turn.intent)
    }

    async fn deliver(&self, turn: &Turn, reply: Reply) {
        let (person, origin) = (&turn.person, &turn.origin);
        if let Some(view) = &reply.revise {
            self.outbound.revise(person, origin, view).await;
        }
        match reply.answer {
            Answer::Nothing => {}
            Answer::Whisper(view) => self.outbound.whisper(person, origin, &view).await,
            Answer::Refuse(problems) => {
                // Only a modal can be refused, and its acknowledgement says so.
                tracing::error!(count = problems.len(), "a refusal without a modal");
            }
            Answer::Open(dialog) => {
                let Some(trigger) = &turn.trigger else {
                    tracing::error!("a modal cannot open without a trigger");
                    return;
                };
                if let Err(error) = self.outbound.open(person, trigger, origin, &dialog).await {
                    tracing::warn!(%error, "a modal did not open");
                    let language = self.installations.language(&person.workspace).await;
                    let notice = Conversation::unavailable(language);
                    self.outbound.whisper(person, origin, &notice).await;
                }
            }
        }
    }

    /// Delivers a reply that came after its modal was told to wait.
    async fn deliver_late(&self, turn: &Turn, view: Option<String>, reply: Reply) {
        let (person, origin) = (&turn.person, &turn.origin);
        let Some(view_id) = view else {
            self.deliver(turn, reply).await;
            return;
        };
        if let Some(view) = &reply.revise {
            self.outbound.revise(person, origin, view).await;
        }
        let language = self.installations.language(&person.workspace).await;
        let said = |words: &str| Conversation::said(language, &turn.intent, words);
        let dialog = match reply.answer {
            Answer::Open(dialog) => dialog,
            Answer::Nothing => Conversation::saved(language, &turn.intent),
            Answer::Refuse(problems) => said(&sentences(&problems)),
            Answer::Whisper(view) => said(&plain::view(&view)),
        };
        if let Err(error) = self
            .outbound
            .update(person, &view_id, origin, &dialog)
            .await
        {
            tracing::warn!(%error, "a modal could not change");
        }
    }
}

/// What is wrong, each sentence once.
fn sentences(problems: &[FieldProblem]) -> String {
    let mut all: Vec<&str> = problems.iter().map(|p| p.sentence.as_str()).collect();
    all.dedup();
    all.join(" ")
}

#[cfg(test)]
mod tests;
