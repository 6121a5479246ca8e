//! One connection of the gateway: hello, identification or resumption, heartbeats, and frames of the model.
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::Skin;
use crate::emulator::discord::state::gateway::{Admission, Frame};
use crate::emulator::discord::state::journal::Rule;

/// Every intent there is (discord.com/developers, "List of Intents").
const ALL_INTENTS: u64 = 0x331_FFFF;
/// Those that have to be switched on for the app: members, presences, content of messages.
const PRIVILEGED_INTENTS: u64 = 1 << 1 | 1 << 8 | 1 << 15;

/// How a connection ends.
enum End {
    /// By Discord, with code and reason.
    Ours(u16, &'static str),
    /// Without a word.
    Dropped,
    /// By the client; whether its session ends with it.
    Theirs { ends_session: bool },
}

pub(super) async fn connect(State(skin): State<Skin>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| serve(skin, socket))
}

async fn serve(skin: Skin, mut socket: WebSocket) {
    let (number, mut frames) = skin.chat.open_connection();
    let interval = u64::try_from(skin.heartbeat.as_millis()).unwrap_or(u64::MAX);
    let hello = json!({ "op": 10, "s": null, "t": null, "d": { "heartbeat_interval": interval, "_trace": [] } });
    let _greeted = socket.send(Message::Text(hello.to_string().into())).await;
    let mut connection = Connection {
        skin: &skin,
        number,
        alive_until: Instant::now() + skin.heartbeat * 2,
    };
    let end = loop {
        let next = tokio::select! {
            frame = frames.recv() => out(&mut socket, frame).await,
            message = timeout_at(connection.alive_until, socket.recv()) => match message {
                Err(_) => {
                    skin.chat.blame(Rule::MissedHeartbeat, format!("connection {number}"));
                    Err(End::Ours(4009, "Session timed out."))
                }
                Ok(message) => connection.hears(message, &mut socket).await,
            },
        };
        if let Err(end) = next {
            break end;
        }
    };
    let ends_session = matches!(end, End::Theirs { ends_session: true });
    skin.chat.close_connection(number, ends_session);
    if let End::Ours(code, reason) = end {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        let _gone = socket.send(Message::Close(Some(frame))).await;
    }
}

/// Sends what the model wants to say.
async fn out(socket: &mut WebSocket, frame: Option<Frame>) -> Result<(), End> {
    match frame {
        Some(Frame::Text(text)) => {
            let sent = socket.send(Message::Text(text.into())).await;
            sent.map_err(|_| End::Theirs {
                ends_session: false,
            })
        }
        Some(Frame::Close(code, reason)) => Err(End::Ours(code, reason)),
        Some(Frame::Drop) | None => Err(End::Dropped),
    }
}

struct Connection<'s> {
    skin: &'s Skin,
    number: u64,
    alive_until: Instant,
}

impl Connection<'_> {
    async fn hears(
        &mut self,
        message: Option<Result<Message, axum::Error>>,
        socket: &mut WebSocket,
    ) -> Result<(), End> {
        match message {
            Some(Ok(Message::Text(text))) => match self.understands(text.as_str())? {
                Some(answer) => out(socket, Some(Frame::Text(answer.to_string()))).await,
                None => Ok(()),
            },
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Binary(_))) => Err(self.fault(4002, "Decode error.")),
            Some(Ok(Message::Close(frame))) => {
                let ends_session = frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                Err(End::Theirs { ends_session })
            }
            Some(Err(_)) | None => Err(End::Theirs {
                ends_session: false,
            }),
        }
    }

    fn fault(&self, code: u16, reason: &'static str) -> End {
        self.skin
            .chat
            .blame(Rule::GatewayProtocol, format!("{code} {reason}"));
        End::Ours(code, reason)
    }

    /// Does what a payload asks for; gives the answer to it, if there is one.
    fn understands(&mut self, text: &str) -> Result<Option<Value>, End> {
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return Err(self.fault(4002, "Decode error."));
        };
        let data = payload.get("d").unwrap_or(&Value::Null);
        let has_session = self
            .skin
            .chat
            .read(|state| state.gateway.has_session(self.number));
        match payload.get("op").and_then(Value::as_u64) {
            Some(1) => Ok(self.beats()),
            Some(2) if has_session => Err(self.fault(4005, "Already authenticated.")),
            Some(2) => self.identifies(data),
            Some(6) => self.resumes(data),
            // Presence, voice state, and requests for members: known, and nothing that this app needs.
            Some(3 | 4 | 8) if has_session => Ok(None),
            Some(3 | 4 | 8) => Err(self.fault(4003, "Not authenticated.")),
            Some(_) | None => Err(self.fault(4001, "Unknown opcode.")),
        }
    }

    fn beats(&mut self) -> Option<Value> {
        self.alive_until = Instant::now() + self.skin.heartbeat * 2;
        let is_deaf = self.skin.chat.read(|state| state.gateway.is_deaf);
        (!is_deaf).then(|| json!({ "op": 11, "s": null, "t": null, "d": null }))
    }

    fn has_token(&self, data: &Value) -> bool {
        let token = data
            .get("token")
            .and_then(Value::as_str)
            .unwrap_or_default();
        token.strip_prefix("Bot ").unwrap_or(token) == self.skin.chat.app().bot_token
    }

    fn identifies(&self, data: &Value) -> Result<Option<Value>, End> {
        if !self.has_token(data) {
            return Err(End::Ours(4004, "Authentication failed."));
        }
        let described = data.get("properties").is_some_and(Value::is_object);
        let intents = data
            .get("intents")
            .and_then(Value::as_u64)
            .filter(|intents| intents & !ALL_INTENTS == 0);
        let Some(intents) = intents.filter(|_| described) else {
            return Err(self.fault(4013, "Invalid intent(s)."));
        };
        if intents & PRIVILEGED_INTENTS & !self.skin.chat.app().privileged_intents != 0 {
            return Err(self.fault(4014, "Disallowed intent(s)."));
        }
        admitted(self.skin.chat.identify(self.number))
    }

    fn resumes(&self, data: &Value) -> Result<Option<Value>, End> {
        if !self.has_token(data) {
            return Err(End::Ours(4004, "Authentication failed."));
        }
        let session = data
            .get("session_id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let seen = data.get("seq").and_then(Value::as_u64).unwrap_or_default();
        admitted(self.skin.chat.resume_session(self.number, session, seen))
    }
}

fn admitted(admission: Admission) -> Result<Option<Value>, End> {
    match admission {
        Admission::Admitted => Ok(None),
        Admission::Invalid => Ok(Some(json!({ "op": 9, "s": null, "t": null, "d": false }))),
        Admission::Closed(code, reason) => Err(End::Ours(code, reason)),
    }
}
