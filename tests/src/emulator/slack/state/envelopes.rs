//! What is on its way to the app, over Socket Mode or by request but without either: to which
//! connection each envelope went, and whether it was acknowledged in time.
use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::Chat;
use super::journal::Rule;
use super::requests::{Failure, Request};
use crate::emulator::slack::ids::{ChannelId, EnvelopeId, TeamId, UserId, ViewId};

/// How often an envelope is sent before Slack gives up.
const ATTEMPTS: u32 = 3;
/// How often an event is sent by request: three times again (docs.slack.dev, "Events API", "Retries").
const EVENT_REQUESTS: u32 = 4;

/// What goes out on a connection.
#[derive(Debug)]
pub(crate) enum Frame {
    /// A JSON text.
    Text(String),
    /// The end.
    Close,
}

/// Which interaction an envelope carries, so that its acknowledgement can be understood.
#[derive(Clone, Debug)]
pub enum About {
    /// A slash command; the acknowledgement may carry a message.
    Command {
        /// The workspace.
        team: TeamId,
        /// Where it was typed.
        channel: ChannelId,
        /// Who typed.
        user: UserId,
    },
    /// A press of something in a message or modal.
    Action {
        /// The workspace.
        team: TeamId,
        /// Where, if in a conversation.
        channel: Option<ChannelId>,
        /// Who pressed.
        user: UserId,
    },
    /// A submitted modal; the acknowledgement may carry a `response_action`.
    Submission(ViewId),
    /// A modal closed without submission.
    Closing,
    /// An event of the Events API.
    Event,
}

impl About {
    fn envelope_type(&self) -> &'static str {
        match self {
            Self::Command { .. } => "slash_commands",
            Self::Action { .. } | Self::Submission(_) | Self::Closing => "interactive",
            Self::Event => "events_api",
        }
    }

    fn accepts_payload(&self) -> bool {
        matches!(self, Self::Command { .. } | Self::Submission(_))
    }
}

#[derive(Debug)]
struct Pending {
    about: About,
    payload: Value,
    socket: Option<u64>,
    attempt: u32,
    sent: u32,
    acknowledgements: u32,
    failed: Option<Failure>,
    given_up: bool,
}

/// Open connections and all envelopes so far.
#[derive(Debug)]
pub(crate) struct Sockets {
    open: BTreeMap<u64, mpsc::UnboundedSender<Frame>>,
    turn: u64,
    requests: Option<mpsc::UnboundedSender<Request>>,
    envelopes: BTreeMap<EnvelopeId, Pending>,
    copies: u32,
}

impl Default for Sockets {
    fn default() -> Self {
        Self {
            open: BTreeMap::new(),
            turn: 0,
            requests: None,
            envelopes: BTreeMap::new(),
            copies: 1,
        }
    }
}

impl Sockets {
    /// How many connections are open.
    pub(crate) fn count(&self) -> usize {
        self.open.len()
    }

    /// Sends each envelope from now on so many times at once.
    pub(crate) fn set_copies(&mut self, copies: u32) {
        self.copies = copies.max(1);
    }

    /// Says something on every connection.
    pub(crate) fn say(&self, message: &Value) {
        for socket in self.open.values() {
            let _closing = socket.send(Frame::Text(message.to_string()));
        }
    }

    /// Ends every connection; what was not acknowledged waits for the next one.
    pub(crate) fn close_all(&mut self) {
        for (_, socket) in std::mem::take(&mut self.open) {
            let _closed = socket.send(Frame::Close);
        }
        self.forget_socket(None);
    }

    fn forget_socket(&mut self, closed: Option<u64>) {
        for pending in self.envelopes.values_mut() {
            let affected = closed.is_none_or(|closed| pending.socket == Some(closed));
            if affected && pending.acknowledgements == 0 {
                pending.socket = None;
            }
        }
    }

    /// Sends what waits for a connection.
    fn flush(&mut self) {
        let waiting: Vec<EnvelopeId> = self
            .envelopes
            .iter()
            .filter(|(_, e)| e.socket.is_none() && e.acknowledgements == 0 && !e.given_up)
            .map(|(id, _)| id.clone())
            .collect();
        for id in waiting {
            self.send(&id, 1);
        }
    }

    /// From now on everything goes out by request.
    pub(super) fn use_requests(&mut self, requests: mpsc::UnboundedSender<Request>) {
        self.requests = Some(requests);
    }

    /// Notes that a request came to nothing.
    pub(super) fn fail(&mut self, id: &EnvelopeId, failure: Failure) {
        if let Some(pending) = self.envelopes.get_mut(id) {
            if failure == Failure::NotReached {
                pending.sent = pending.sent.saturating_sub(1);
            }
            pending.failed = Some(failure);
        }
    }

    /// Whether Slack sends it once more after so many attempts.
    fn tries_again(&self, pending: &Pending) -> bool {
        match (&self.requests, &pending.about) {
            (None, _) => pending.sent > 0 && pending.attempt < ATTEMPTS,
            (Some(_), About::Event) => pending.attempt < EVENT_REQUESTS,
            // Somebody waits for these, and is told instead.
            (Some(_), _) => false,
        }
    }

    /// Sends an envelope by request, or to the connection whose turn it is.
    fn send(&mut self, id: &EnvelopeId, copies: u32) {
        if let Some(requests) = &self.requests {
            let Some(pending) = self.envelopes.get_mut(id) else {
                return;
            };
            for copy in 0..copies {
                let request = Request {
                    id: id.clone(),
                    about: pending.about.clone(),
                    payload: pending.payload.clone(),
                    attempt: pending.attempt + copy,
                    reason: pending.failed,
                };
                if requests.send(request).is_ok() {
                    pending.sent += 1;
                }
            }
            pending.failed = None;
            return;
        }
        let next = self
            .open
            .range(self.turn + 1..)
            .next()
            .or_else(|| self.open.iter().next());
        let (Some((number, socket)), Some(pending)) = (next, self.envelopes.get_mut(id)) else {
            return;
        };
        let mut envelope = json!({
            "envelope_id": id,
            "type": pending.about.envelope_type(),
            "accepts_response_payload": pending.about.accepts_payload(),
            "payload": pending.payload,
        });
        if pending.attempt > 0
            && let Some(fields) = envelope.as_object_mut()
        {
            fields.insert("retry_attempt".to_owned(), json!(pending.attempt));
            fields.insert("retry_reason".to_owned(), json!("timeout"));
        }
        for _ in 0..copies {
            if socket.send(Frame::Text(envelope.to_string())).is_ok() {
                pending.sent += 1;
            }
        }
        pending.socket = Some(*number);
        self.turn = *number;
    }

    /// Whether the app has acknowledged it.
    pub(crate) fn is_acknowledged(&self, id: &EnvelopeId) -> bool {
        self.envelopes
            .get(id)
            .is_some_and(|pending| pending.acknowledgements > 0)
    }

    fn news(&self, id: &EnvelopeId) -> Option<News> {
        if self.is_over(id) {
            return Some(News::Over);
        }
        let pending = self.envelopes.get(id)?;
        pending.failed.map(|_| News::Failed)
    }

    /// Whether Slack waits for it no longer.
    pub(crate) fn is_over(&self, id: &EnvelopeId) -> bool {
        self.envelopes
            .get(id)
            .is_none_or(|pending| pending.acknowledgements > 0 || pending.given_up)
    }
}

enum News {
    Over,
    Failed,
}

enum Overdue {
    SentAgain,
    GivenUp,
}

impl Chat {
    /// Takes a connection into use.
    pub(crate) fn open_socket(&self) -> (u64, mpsc::UnboundedReceiver<Frame>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        let app_id = self.app().id.clone();
        let number = self.change(|state| {
            let number = state.number();
            let hello = json!({
                "type": "hello",
                "num_connections": state.sockets.count() + 1,
                "debug_info": {
                    "host": "applink-emulator", "build_number": 1,
                    "approximate_connection_time": 18_060,
                },
                "connection_info": { "app_id": app_id },
            });
            let _first = sender.send(Frame::Text(hello.to_string()));
            state.sockets.open.insert(number, sender);
            state.sockets.flush();
            number
        });
        (number, receiver)
    }

    /// Takes a connection out of use; what it left unacknowledged goes to another.
    pub(crate) fn close_socket(&self, number: u64) {
        self.change(|state| {
            state.sockets.open.remove(&number);
            state.sockets.forget_socket(Some(number));
            state.sockets.flush();
        });
    }

    /// Sends an envelope to the app and watches over its acknowledgement.
    pub(crate) fn deliver(&self, about: About, payload: Value) -> EnvelopeId {
        let id = self.change(|state| {
            let id = EnvelopeId::from(format!("envelope-{:06}", state.number()));
            let pending = Pending {
                about,
                payload,
                socket: None,
                attempt: 0,
                sent: 0,
                acknowledgements: 0,
                failed: None,
                given_up: false,
            };
            state.sockets.envelopes.insert(id.clone(), pending);
            let copies = state.sockets.copies;
            state.sockets.send(&id, copies);
            id
        });
        tokio::spawn(self.clone().watch(id.clone()));
        id
    }

    async fn watch(self, id: EnvelopeId) {
        loop {
            let news = self.until(|state| state.sockets.news(&id));
            match timeout(self.acknowledge_within(), news).await {
                Ok(News::Over) => return,
                Ok(News::Failed) | Err(_) => match self.overdue(&id) {
                    Overdue::SentAgain => {}
                    Overdue::GivenUp => return,
                },
            }
        }
    }

    fn overdue(&self, id: &EnvelopeId) -> Overdue {
        let now = self.now();
        self.change(|state| {
            let Some(pending) = state.sockets.envelopes.get_mut(id) else {
                return Overdue::GivenUp;
            };
            let about = pending.about.clone();
            pending.attempt += 1;
            let (was_sent, attempt) = (pending.sent > 0, pending.attempt);
            if was_sent && pending.failed.is_none() {
                let detail = format!(
                    "{id} ({}), attempt {attempt}",
                    pending.about.envelope_type()
                );
                state.journal.blame(now, Rule::NotAcknowledged, detail);
            }
            let pending = state.sockets.envelopes.get(id);
            if pending.is_some_and(|pending| state.sockets.tries_again(pending)) {
                state.sockets.send(id, 1);
                return Overdue::SentAgain;
            }
            if let Some(pending) = state.sockets.envelopes.get_mut(id) {
                pending.given_up = true;
            }
            let words = if was_sent {
                "operation_timeout"
            } else {
                "dispatch_failed"
            };
            state.tell_of_failure(&about, words, now);
            Overdue::GivenUp
        })
    }

    /// Understands what the app sent on its connection.
    pub(crate) fn acknowledge(&self, text: &str) {
        let Ok(message) = serde_json::from_str::<Value>(text) else {
            return self.blame(Rule::WrongAcknowledgement, format!("not JSON: {text}"));
        };
        let id = message
            .get("envelope_id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let (id, payload) = (EnvelopeId::from(id), message.get("payload").cloned());
        self.acknowledged(&id, payload);
    }

    /// Takes an acknowledgement, with what it carries.
    pub(super) fn acknowledged(&self, id: &EnvelopeId, payload: Option<Value>) {
        let now = self.now();
        self.change(|state| {
            let Some(pending) = state.sockets.envelopes.get_mut(id) else {
                let unknown = id.as_str();
                state
                    .journal
                    .blame(now, Rule::UnknownAcknowledgement, unknown);
                return;
            };
            pending.acknowledgements += 1;
            let first = pending.acknowledgements == 1;
            let about = pending.about.clone();
            if pending.acknowledgements > pending.sent {
                state
                    .journal
                    .blame(now, Rule::AcknowledgedTwice, id.as_str());
            } else if first && !pending.given_up {
                state.answered(&about, payload, now);
            }
        });
    }
}
