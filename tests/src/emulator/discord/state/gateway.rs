//! The gateway without websockets: sessions with what they have been told, the connections they live on, and
//! the road by which interactions reach the app.
use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::journal::Rule;
use super::{App, Chat, State};
use crate::emulator::discord::ids::InteractionId;
use crate::emulator::discord::skin::endpoint::Signed;
use crate::emulator::discord::wire;

/// How many events a session remembers for a resumption.
const MEMORY: usize = 1_000;

/// What goes out on a connection.
#[derive(Debug)]
pub(crate) enum Frame {
    /// A JSON text.
    Text(String),
    /// The end, with Discord's code and reason.
    Close(u16, &'static str),
    /// The end without a word.
    Drop,
}

type Out = mpsc::UnboundedSender<Frame>;

#[derive(Debug)]
struct Session {
    sequence: u64,
    told: VecDeque<(u64, String)>,
    connection: Option<u64>,
}

/// What has happened on the gateway so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sessions with a connection now.
    pub live: usize,
    /// Sessions that were ever begun.
    pub identified: u32,
    /// How often one was resumed.
    pub resumed: u32,
}

/// An interaction for the endpoint of the app.
#[derive(Debug)]
pub(crate) struct Posting {
    pub(crate) id: InteractionId,
    pub(crate) payload: Value,
}

/// Connections and sessions.
#[derive(Debug, Default)]
pub(crate) struct Gateway {
    connections: BTreeMap<u64, Out>,
    sessions: BTreeMap<String, Session>,
    endpoint: Option<mpsc::UnboundedSender<Posting>>,
    last_identified: Option<Instant>,
    tally: Tally,
    /// What was posted to the endpoint so far.
    pub(crate) posted: Vec<Signed>,
    /// Whether heartbeats stay without an answer, as on a connection that is dead but open.
    pub(crate) is_deaf: bool,
}

impl Gateway {
    /// What has happened so far.
    pub(crate) fn tally(&self) -> Tally {
        let live = self
            .sessions
            .values()
            .filter(|session| session.connection.is_some())
            .count();
        Tally { live, ..self.tally }
    }

    /// Whether a session lives on this connection.
    pub(crate) fn has_session(&self, connection: u64) -> bool {
        self.sessions
            .values()
            .any(|session| session.connection == Some(connection))
    }

    /// From now on interactions are posted to the app; `None` for the gateway again.
    pub(crate) fn post_to(&mut self, endpoint: Option<mpsc::UnboundedSender<Posting>>) {
        self.endpoint = endpoint;
    }

    /// Says something on every connection that has a session.
    pub(crate) fn say(&self, message: &Value) {
        for number in self
            .sessions
            .values()
            .filter_map(|session| session.connection)
        {
            if let Some(out) = self.connections.get(&number) {
                let _closing = out.send(Frame::Text(message.to_string()));
            }
        }
    }

    /// Ends every connection without a word.
    pub(crate) fn drop_all(&mut self) {
        for out in std::mem::take(&mut self.connections).into_values() {
            let _gone = out.send(Frame::Drop);
        }
        for session in self.sessions.values_mut() {
            session.connection = None;
        }
    }

    /// Makes sessions unknown, all of them.
    pub(crate) fn forget_sessions(&mut self) {
        self.sessions.clear();
    }

    /// Sends an interaction; tells whether it left.
    pub(super) fn send_interaction(&mut self, id: &InteractionId, payload: &Value) -> bool {
        if let Some(endpoint) = &self.endpoint {
            let posting = Posting {
                id: id.clone(),
                payload: payload.clone(),
            };
            return endpoint.send(posting).is_ok();
        }
        self.dispatch("INTERACTION_CREATE", payload)
    }

    /// Tells every session of an event; those without a connection hear of it when they resume. Gives
    /// whether anybody heard it at once.
    pub(crate) fn dispatch(&mut self, name: &str, data: &Value) -> bool {
        let mut heard = false;
        for session in self.sessions.values_mut() {
            session.sequence += 1;
            let event = json!({ "op": 0, "s": session.sequence, "t": name, "d": data }).to_string();
            session.told.push_back((session.sequence, event.clone()));
            if session.told.len() > MEMORY {
                session.told.pop_front();
            }
            let out = session
                .connection
                .and_then(|number| self.connections.get(&number));
            heard |= out.is_some_and(|out| out.send(Frame::Text(event)).is_ok());
        }
        heard
    }

    fn send_to(&self, connection: u64, frame: Frame) {
        if let Some(out) = self.connections.get(&connection) {
            let _closing = out.send(frame);
        }
    }
}

/// What becomes of a wish to begin or to resume a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// The connection has a session now.
    Admitted,
    /// Op 9: begin anew.
    Invalid,
    /// The connection is closed with this code.
    Closed(u16, &'static str),
}

impl Chat {
    /// Takes a connection into use, before it has a session.
    pub(crate) fn open_connection(&self) -> (u64, mpsc::UnboundedReceiver<Frame>) {
        let (out, frames) = mpsc::unbounded_channel();
        let now = self.now();
        let number = self.change(|state| {
            let number = state.snowflake(now).parse().unwrap_or_default();
            state.gateway.connections.insert(number, out);
            number
        });
        (number, frames)
    }

    /// Takes a connection out of use. A client that closed it with 1000 or 1001 ends its session too
    /// (discord.com/developers, "Gateway", "Disconnecting").
    pub(crate) fn close_connection(&self, number: u64, ends_session: bool) {
        self.change(|state| {
            state.gateway.connections.remove(&number);
            for session in state.gateway.sessions.values_mut() {
                if session.connection == Some(number) && !ends_session {
                    session.connection = None;
                }
            }
            state
                .gateway
                .sessions
                .retain(|_, session| session.connection != Some(number));
        });
    }

    /// Begins a session on a connection.
    pub(crate) fn identify(&self, connection: u64) -> Admission {
        let (now, at) = (self.now(), Instant::now());
        let app = self.app().clone();
        self.change(|state| {
            let too_soon = state
                .gateway
                .last_identified
                .is_some_and(|last| at < last + state.limits.identify_every);
            if too_soon && state.limits.on {
                return Admission::Invalid;
            }
            state.gateway.last_identified = Some(at);
            let id = format!(
                "{:032x}",
                state.snowflake(now).parse::<u64>().unwrap_or_default()
            );
            let live = state.gateway.tally().live;
            if live > 0 {
                let detail = format!("{live} live sessions when another was begun");
                state.journal.blame(now, Rule::TwoSessions, detail);
            }
            // A new session of the same shard is what the old ones' events go to from now on.
            state
                .gateway
                .sessions
                .retain(|_, session| session.connection.is_some());
            let session = Session {
                sequence: 0,
                told: VecDeque::new(),
                connection: Some(connection),
            };
            state.gateway.sessions.insert(id.clone(), session);
            state.gateway.tally.identified += 1;
            state.greet(&id, &app);
            Admission::Admitted
        })
    }

    /// Gives a session another connection, and tells it what it has missed.
    pub(crate) fn resume_session(&self, connection: u64, id: &str, seen: u64) -> Admission {
        self.change(|state| {
            let Some(session) = state.gateway.sessions.get_mut(id) else {
                return Admission::Invalid;
            };
            if seen > session.sequence {
                return Admission::Closed(4007, "Invalid seq");
            }
            let before = session.connection.replace(connection);
            let missed: Vec<String> = session
                .told
                .iter()
                .filter(|(sequence, _)| *sequence > seen)
                .map(|(_, event)| event.clone())
                .collect();
            session.sequence += 1;
            let resumed =
                json!({ "op": 0, "s": session.sequence, "t": "RESUMED", "d": { "_trace": [] } });
            for event in missed {
                state.gateway.send_to(connection, Frame::Text(event));
            }
            state
                .gateway
                .send_to(connection, Frame::Text(resumed.to_string()));
            if let Some(before) = before.filter(|before| *before != connection) {
                state
                    .gateway
                    .send_to(before, Frame::Close(4009, "Session taken over"));
            }
            state.gateway.tally.resumed += 1;
            Admission::Admitted
        })
    }
}

impl State {
    /// Tells a new session who it is and where the app is installed.
    fn greet(&mut self, id: &str, app: &App) {
        let guilds: Vec<Value> = self
            .kept
            .guilds
            .values()
            .filter(|guild| guild.has_app)
            .map(|guild| json!({ "id": guild.id, "unavailable": true }))
            .collect();
        let Some(user) = self.user(&app.id) else {
            return;
        };
        let ready = wire::ready(user, id, &guilds);
        let created: Vec<Value> = self
            .kept
            .guilds
            .values()
            .filter(|guild| guild.has_app)
            .map(|guild| wire::guild_create(self, guild, app))
            .collect();
        self.tell(id, "READY", &ready);
        for guild in created {
            self.tell(id, "GUILD_CREATE", &guild);
        }
    }

    /// Tells one session of an event.
    fn tell(&mut self, id: &str, name: &str, data: &Value) {
        let Some(session) = self.gateway.sessions.get_mut(id) else {
            return;
        };
        session.sequence += 1;
        let event = json!({ "op": 0, "s": session.sequence, "t": name, "d": data }).to_string();
        session.told.push_back((session.sequence, event.clone()));
        if let Some(connection) = session.connection {
            self.gateway.send_to(connection, Frame::Text(event));
        }
    }
}
