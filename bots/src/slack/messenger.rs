//! The courier's port on Slack: posts, changes and finds messages by the delivery's id,
//! which travels in their metadata.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use conversation::{View, short_id};
use serde::Deserialize;
use serde_json::{Value, json};
use server_api::delivery::Place;
use server_api::ids::DeliveryId;

use super::client::{ApiError, Method, SlackApi};
use super::render::{self, Message};
use crate::installations::Installations;
use crate::messenger::{Destination, FindError, Messenger, SendError};

/// Type of the metadata that carries a delivery's id.
pub const EVENT_TYPE: &str = "chorus_delivery";

/// Messages a page of history; Slack allows up to 999 and advises 200.
const PAGE: u32 = 200;
/// Pages to look through; what is not among them cannot be known.
const PAGES: usize = 10;
/// History is read from before the delivery was made: clocks differ.
const BEFORE: Duration = Duration::from_mins(2);

/// Slack's messages.
pub struct SlackMessenger {
    api: SlackApi,
    /// The same for direct messages.
    to_one: SlackApi,
    installations: Arc<Installations>,
}

/// A message's reference: its channel and its time stamp.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct MessageRef {
    pub(super) channel: String,
    pub(super) ts: String,
}

impl MessageRef {
    fn parse(text: &str) -> Option<Self> {
        let (channel, ts) = text.split_once('/')?;
        Some(Self {
            channel: channel.to_owned(),
            ts: ts.to_owned(),
        })
    }

    fn write(&self) -> String {
        format!("{}/{}", self.channel, self.ts)
    }
}

impl SlackMessenger {
    /// The messages of every workspace with the app.
    pub fn new(api: SlackApi, installations: Arc<Installations>) -> Self {
        Self {
            to_one: api.of_direct_messages(),
            api,
            installations,
        }
    }

    fn api(&self, to: &Destination) -> &SlackApi {
        match to.place {
            Place::Channel { .. } => &self.api,
            Place::Person { .. } => &self.to_one,
        }
    }

    async fn token(&self, to: &Destination) -> Result<String, SendError> {
        self.installations
            .of(to.installation)
            .await
            .map(|installation| installation.bot_token)
            .ok_or_else(|| SendError::NotSent {
                reason: "installation_unknown".to_owned(),
            })
    }

    /// Sends; where Slack does not take the blocks of a view with a picture, once more
    /// without it: an unreachable picture must not keep the words back.
    async fn send(
        &self,
        method: Method,
        (to, token): (&Destination, &str),
        view: &View,
        body: impl Fn(Message) -> Value,
    ) -> Result<String, SendError> {
        let (api, home) = (self.api(to), to.installation);
        let sent = api.post(method, token, &body(render::message(view))).await;
        let sent = match sent {
            // Tokens that end are renewed by the server, which has perhaps a new one.
            Err(ApiError::Refused(code)) if is_about_the_token(&code) => {
                let is_renewed = self.installations.is_renewed(home, token).await;
                if is_renewed || code == "token_expired" {
                    let reason = code;
                    return Err(SendError::NotSent { reason });
                }
                Err(ApiError::Refused(code))
            }
            sent => sent,
        };
        let sent = match (sent, render::without_picture(view)) {
            (Err(ApiError::Refused(code)), Some(bare)) if code.starts_with("invalid_blocks") => {
                tracing::warn!(code, "sending a card without its picture");
                let body = body(render::message(&bare));
                api.post(method, token, &body).await
            }
            (sent, _) => sent,
        };
        let answer = sent.map_err(send_error)?;
        let message: MessageRef =
            serde_json::from_value(answer).map_err(|_| SendError::Unknown {
                reason: "unreadable_answer".to_owned(),
            })?;
        Ok(message.write())
    }

    async fn update(
        &self,
        to: &Destination,
        message: &str,
        posted_by: DeliveryId,
        view: &View,
    ) -> Result<String, SendError> {
        let message = MessageRef::parse(message).ok_or_else(|| SendError::Refused {
            reason: "message_reference_invalid".to_owned(),
        })?;
        let token = self.token(to).await?;
        self.send(Method::ChatUpdate, (to, &token), view, |rendered| {
            json!({
                "channel": message.channel,
                "ts": message.ts,
                "text": rendered.text,
                "blocks": rendered.blocks,
                "metadata": metadata(posted_by),
            })
        })
        .await
    }

    /// The channel to read: for a person, that of the direct messages.
    async fn channel(&self, to: &Destination, token: &str) -> Result<String, FindError> {
        match &to.place {
            Place::Channel { channel } => Ok(channel.clone()),
            Place::Person { user } => {
                let body = json!({ "users": user });
                let opened = self
                    .api(to)
                    .post(Method::ConversationsOpen, token, &body)
                    .await
                    .map_err(find_error)?;
                serde_json::from_value::<Opened>(opened)
                    .map(|opened| opened.channel.id)
                    .map_err(|_| unreadable())
            }
        }
    }
}

#[derive(Deserialize)]
struct Opened {
    channel: Channel,
}

#[derive(Deserialize)]
struct Channel {
    id: String,
}

#[derive(Deserialize)]
struct History {
    #[serde(default)]
    messages: Vec<Value>,
    #[serde(default)]
    has_more: bool,
    #[serde(default)]
    response_metadata: Cursor,
}

#[derive(Default, Deserialize)]
struct Cursor {
    #[serde(default)]
    next_cursor: String,
}

fn metadata(delivery: DeliveryId) -> Value {
    json!({
        "event_type": EVENT_TYPE,
        "event_payload": { "id": short_id::encode(delivery.0) },
    })
}

fn carries(message: &Value, delivery: DeliveryId) -> bool {
    let field = |path: &str| message.pointer(path).and_then(Value::as_str);
    field("/metadata/event_type") == Some(EVENT_TYPE)
        && field("/metadata/event_payload/id") == Some(short_id::encode(delivery.0).as_str())
}

/// Where to begin reading: the delivery's id tells when it was made.
fn oldest(delivery: DeliveryId) -> String {
    delivery.0.get_timestamp().map_or_else(
        || "0".to_owned(),
        |stamp| {
            let (seconds, _) = stamp.to_unix();
            seconds.saturating_sub(BEFORE.as_secs()).to_string()
        },
    )
}

fn unreadable() -> FindError {
    FindError::Unreadable {
        reason: "unreadable_answer".to_owned(),
    }
}

/// Whether Slack does not take the token, rather than what was to be done with it.
pub(super) fn is_about_the_token(code: &str) -> bool {
    matches!(
        code,
        "account_inactive" | "invalid_auth" | "not_authed" | "token_expired" | "token_revoked"
    )
}

fn send_error(error: ApiError) -> SendError {
    match error {
        ApiError::RateLimited(retry_after) => SendError::RateLimited { retry_after },
        ApiError::Refused(reason) => SendError::Refused { reason },
        ApiError::NotReached(reason) => SendError::NotSent { reason },
        ApiError::Unknown(reason) => SendError::Unknown { reason },
    }
}

fn find_error(error: ApiError) -> FindError {
    match error {
        ApiError::Refused(reason) => FindError::Unreadable { reason },
        ApiError::RateLimited(_) => FindError::Later {
            reason: "rate_limited".to_owned(),
        },
        ApiError::NotReached(reason) | ApiError::Unknown(reason) => FindError::Later { reason },
    }
}

#[async_trait]
impl Messenger for SlackMessenger {
    async fn post(
        &self,
        to: &Destination,
        delivery: DeliveryId,
        view: &View,
    ) -> Result<String, SendError> {
        let token = self.token(to).await?;
        let channel = match &to.place {
            Place::Channel { channel } => channel,
            // A user's id stands for the direct messages with them.
            Place::Person { user } => user,
        };
        self.send(Method::ChatPostMessage, (to, &token), view, |rendered| {
            json!({
                "channel": channel,
                "text": rendered.text,
                "blocks": rendered.blocks,
                "metadata": metadata(delivery),
                "unfurl_links": false,
                "unfurl_media": false,
            })
        })
        .await
    }

    async fn revise(
        &self,
        to: &Destination,
        message: &str,
        posted_by: DeliveryId,
        view: &View,
    ) -> Result<String, SendError> {
        self.update(to, message, posted_by, view).await
    }

    async fn withdraw(
        &self,
        to: &Destination,
        message: &str,
        posted_by: DeliveryId,
        view: &View,
    ) -> Result<String, SendError> {
        self.update(to, message, posted_by, view).await
    }

    async fn find(
        &self,
        to: &Destination,
        delivery: DeliveryId,
    ) -> Result<Option<String>, FindError> {
        let token = self.token(to).await.map_err(|error| FindError::Later {
            reason: error.to_string(),
        })?;
        let channel = self.channel(to, &token).await?;
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let mut parameters = vec![
                ("channel", channel.clone()),
                ("limit", PAGE.to_string()),
                ("oldest", oldest(delivery)),
                ("include_all_metadata", "true".to_owned()),
            ];
            if !cursor.is_empty() {
                parameters.push(("cursor", cursor));
            }
            let page = self
                .api(to)
                .get(Method::ConversationsHistory, &token, &parameters)
                .await
                .map_err(find_error)?;
            let history: History = serde_json::from_value(page).map_err(|_| unreadable())?;
            let found = history.messages.iter().find(|m| carries(m, delivery));
            if let Some(ts) = found.and_then(|message| message["ts"].as_str()) {
                return Ok(Some(format!("{channel}/{ts}")));
            }
            cursor = history.response_metadata.next_cursor;
            if cursor.is_empty() || !history.has_more {
                return Ok(None);
            }
        }
        Err(FindError::Unreadable {
            reason: "history_too_long".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests;
