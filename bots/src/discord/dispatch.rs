//! From an interaction to its answer. Discord takes the first answer within three seconds:
//! a promise, which the rest of the work keeps, or the answer itself where it may open a
//! dialog.

use std::sync::Arc;
use std::time::Duration;

use conversation::reply::Answer;
use conversation::words::Words;
use conversation::{Conversation, Incoming, Pace, Reply, Visibility};
use serde_json::{Value, json};
use serenity::model::id::InteractionId;
use server_api::enums::Language;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::directory::{self, DiscordDirectory};
use super::inbound::{self, Inbound, Turn};
use super::messenger::snowflake;
use super::outbound::{EPHEMERAL, Outbound, Responded, private};
use super::render::{self, Message, Opening};
use crate::clock::{Clock, within};
use crate::installations::Installations;
use crate::metrics::Counts;
use crate::recent::Recent;

/// How long an answer may take that is itself the first one: PRODUCT's 800 ms of Discord's
/// three seconds.
const BUDGET: Duration = Duration::from_millis(800);

/// Kinds of first answers. Reference "Interaction Callback Type".
mod kind {
    pub const PONG: u8 = 1;
    pub const MESSAGE: u8 = 4;
    pub const LATER: u8 = 5;
    pub const UPDATE_LATER: u8 = 6;
    pub const UPDATE: u8 = 7;
    pub const CHOICES: u8 = 8;
    pub const MODAL: u8 = 9;
}

/// Answers what comes in.
pub struct Dispatch {
    /// Decides what is said.
    pub conversation: Conversation,
    /// Says it.
    pub outbound: Arc<Outbound>,
    /// Remembers whom it is said to.
    pub directory: Arc<DiscordDirectory>,
    /// Knows the guilds.
    pub installations: Arc<Installations>,
    /// Measures the budget.
    pub clock: Arc<dyn Clock>,
    /// Holds the work that goes on after a first answer.
    pub tracker: TaskTracker,
    /// Says when to stop trying.
    pub shutdown: CancellationToken,
    /// What was taken on lately.
    pub recent: Recent,
    /// Where it counts.
    pub counts: Counts,
}

/// A first answer, and what it leaves to be done.
struct First {
    body: Value,
    rest: Option<Rest>,
}

/// Work that goes on after a first answer.
struct Rest {
    turn: Turn,
    work: oneshot::Receiver<Reply>,
    promised: Visibility,
}

impl First {
    fn whole(body: Value) -> Self {
        Self { body, rest: None }
    }
}

impl Dispatch {
    /// Answers an interaction of the gateway: by a call.
    pub fn answer(self: &Arc<Self>, payload: Value) {
        let dispatch = Arc::clone(self);
        self.tracker.spawn(async move {
            let Some((interaction, token)) = reply_address(&payload) else {
                tracing::warn!("an interaction without a way back was left aside");
                return;
            };
            let began = dispatch.clock.now();
            let Some(first) = dispatch.first(&payload).await else {
                return;
            };
            let responded = dispatch
                .outbound
                .respond(interaction, token, &first.body)
                .await;
            let now = dispatch.clock.now();
            let took = now.saturating_duration_since(began);
            dispatch.counts.acknowledged(took);
            let Some(rest) = first.rest else {
                return;
            };
            match responded {
                Responded::Taken => dispatch.finish(rest, false).await,
                Responded::TooLate => dispatch.finish(rest, true).await,
                // The work goes on, its effects are the same; only one may tell of it.
                Responded::ByOthers => tracing::info!("another process answers"),
            }
        });
    }

    /// Answers an interaction that came by HTTP: with the body of the response.
    pub async fn reply(self: &Arc<Self>, payload: Value) -> Option<Value> {
        let first = self.first(&payload).await?;
        if let Some(rest) = first.rest {
            let dispatch = Arc::clone(self);
            self.tracker
                .spawn(async move { dispatch.finish(rest, false).await });
        }
        Some(first.body)
    }

    /// The bot was taken out of a guild.
    pub fn removed(self: &Arc<Self>, guild: String) {
        let dispatch = Arc::clone(self);
        self.tracker.spawn(async move {
            let shutdown = &dispatch.shutdown;
            dispatch.installations.revoke(&guild, shutdown).await;
        });
    }

    async fn first(self: &Arc<Self>, payload: &Value) -> Option<First> {
        match inbound::interaction(payload) {
            Inbound::Nothing => None,
            Inbound::Ping => Some(First::whole(json!({ "type": kind::PONG }))),
            Inbound::Typing(choices) => Some(First::whole(
                json!({ "type": kind::CHOICES, "data": { "choices": choices } }),
            )),
            Inbound::Turn(turn) => {
                if !self.recent.take(&turn.interaction) {
                    return None;
                }
                self.counts.asked(&turn.intent);
                let introduction = directory::introduction(payload);
                self.directory.remember(&turn.person, introduction);
                Some(self.take_turn(*turn).await)
            }
        }
    }

    async fn take_turn(self: &Arc<Self>, turn: Turn) -> First {
        let mut work = self.start(&turn);
        match turn.intent.pace(turn.place) {
            Pace::Deferred(promised) => First {
                body: promise(promised),
                rest: Some(Rest {
                    turn,
                    work,
                    promised,
                }),
            },
            Pace::Immediate => match within(self.clock.as_ref(), BUDGET, &mut work).await {
                Some(Ok(reply)) => self.at_once(turn, reply),
                // Past the budget nothing can open any more: what comes is a private
                // message, with the button that opens it.
                Some(Err(_)) | None => First {
                    body: promise(Visibility::Private),
                    rest: Some(Rest {
                        turn,
                        work,
                        promised: Visibility::Private,
                    }),
                },
            },
        }
    }

    /// Starts the work on a turn; it goes on also when nobody waits for it any more.
    fn start(self: &Arc<Self>, turn: &Turn) -> oneshot::Receiver<Reply> {
        let (done, reply) = oneshot::channel();
        let (dispatch, turn) = (Arc::clone(self), turn.clone());
        self.tracker.spawn(async move {
            let reply = dispatch.handle(&turn).await;
            // The receiver is only gone when another process answers, or this one stops.
            drop(done.send(reply));
        });
        reply
    }

    async fn handle(&self, turn: &Turn) -> Reply {
        let incoming = Incoming {
            person: turn.person.clone(),
            place: turn.place,
            interaction: turn.interaction.clone(),
            language: self.language(turn).await,
            intent: turn.intent.clone(),
        };
        let began = self.clock.now();
        let reply = self.conversation.handle(incoming).await;
        let now = self.clock.now();
        self.counts.answered(now.saturating_duration_since(began));
        reply
    }

    /// The person's own language if their Discord speaks one of ours, else the guild's.
    async fn language(&self, turn: &Turn) -> Language {
        if let Some(language) = turn.language {
            return language;
        }
        self.installations.language(&turn.person.workspace).await
    }

    /// The answer as the first one: it may open a dialog.
    fn at_once(self: &Arc<Self>, turn: Turn, reply: Reply) -> First {
        let mut first = None;
        let mut more = Vec::new();
        if let Some(view) = &reply.revise {
            let message = render::message(view, None);
            first = Some(if turn.origin.is_own {
                json!({ "type": kind::UPDATE, "data": message.body() })
            } else {
                whisper(&message)
            });
        }
        match shown(&turn, reply.answer) {
            None => {}
            Some(Opening::Modal(modal)) if first.is_none() => {
                first = Some(json!({ "type": kind::MODAL, "data": modal }));
            }
            Some(Opening::Modal(_)) => tracing::error!("a dialog beside another answer"),
            Some(Opening::Message(message)) if first.is_none() => first = Some(whisper(&message)),
            Some(Opening::Message(message)) => more.push(message),
        }
        if !more.is_empty() {
            let dispatch = Arc::clone(self);
            self.tracker.spawn(async move {
                for message in more {
                    let token = &turn.origin.token;
                    dispatch.outbound.whisper(token, &message).await;
                }
            });
        }
        // Nothing to say: the message under the dialog stays as it is.
        First::whole(first.unwrap_or_else(|| promise(Visibility::Update)))
    }

    /// Keeps what a first answer promised.
    async fn finish(&self, rest: Rest, is_too_late: bool) {
        let Rest {
            turn,
            work,
            promised,
        } = rest;
        let token = turn.origin.token.as_str();
        let reply = if let Ok(reply) = work.await {
            reply
        } else {
            tracing::error!("work on an answer ended early");
            let language = self.language(&turn).await;
            Reply::whisper(Conversation::unavailable(language))
        };
        let revised = reply.revise.map(|view| render::message(&view, None));
        let said = late(&turn, reply.answer);
        let mut has_place = !is_too_late;
        let mut messages = Vec::new();
        match promised {
            // A promised private message becomes whatever comes first.
            Visibility::Private => messages.extend(revised.into_iter().chain(said)),
            // The message that was pressed changes, or stays.
            Visibility::Update => {
                if let Some(revised) = revised {
                    messages.push(revised);
                } else {
                    has_place = false;
                }
                messages.extend(said);
            }
        }
        if messages.is_empty() && promised == Visibility::Private && !is_too_late {
            self.outbound.withdraw(token).await;
        }
        for message in messages {
            if std::mem::take(&mut has_place) {
                self.outbound.revise(token, &message).await;
            } else {
                self.outbound.whisper(token, &message).await;
            }
        }
    }
}

/// Where the first answer to an interaction goes. The token travels in an address, so it
/// may not be more than one part of a path.
fn reply_address(payload: &Value) -> Option<(InteractionId, &str)> {
    let interaction = snowflake(payload.get("id")?.as_str()?)?;
    let token = payload.get("token")?.as_str()?;
    inbound::is_token(token).then_some((interaction.into(), token))
}

/// The first answer that leaves the rest for later.
fn promise(visibility: Visibility) -> Value {
    match visibility {
        Visibility::Private => json!({ "type": kind::LATER, "data": { "flags": EPHEMERAL } }),
        Visibility::Update => json!({ "type": kind::UPDATE_LATER }),
    }
}

/// A first answer that is a message which only this person sees.
fn whisper(message: &Message) -> Value {
    json!({ "type": kind::MESSAGE, "data": private(message) })
}

/// An answer in time: it may open a dialog.
fn shown(turn: &Turn, answer: Answer) -> Option<Opening> {
    match answer {
        Answer::Open(dialog) => Some(render::dialog(&dialog, &turn.fields)),
        Answer::Nothing | Answer::Whisper(_) | Answer::Refuse(_) => {
            late(turn, answer).map(Opening::Message)
        }
    }
}

/// An answer past the time in which a dialog can open: its button comes instead.
fn late(turn: &Turn, answer: Answer) -> Option<Message> {
    match answer {
        Answer::Nothing => None,
        Answer::Whisper(view) => Some(render::message(&view, None)),
        Answer::Refuse(problems) => {
            let again = turn.intent.dialog_again();
            Some(render::refusal(words(turn), &problems, again))
        }
        Answer::Open(dialog) => Some(render::later(&dialog)),
    }
}

/// In the language of the dialog that was sent.
fn words(turn: &Turn) -> &'static Words {
    let spoken = turn.intent.dialog_language().or(turn.language);
    Words::of(spoken.unwrap_or(Language::En))
}

#[cfg(test)]
pub(crate) mod tests;
