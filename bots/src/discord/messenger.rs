//! The courier's port on Discord: posts, changes and finds messages by the delivery's id,
//! which travels in the nonce and in the first custom id.

use std::collections::HashMap;
use std::num::NonZeroU64;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use conversation::{View, short_id};
use serde::Deserialize;
use serde_json::{Value, json};
use serenity::model::id::{ChannelId, MessageId};
use server_api::delivery::Place;
use server_api::ids::DeliveryId;

use super::client::DiscordApi;
use super::client::call::Call;
use super::client::refusal::{ApiError, Refusal};
use super::render;
use crate::messenger::{Destination, FindError, Messenger, SendError};

/// Messages a page of history. Reference "Get Channel Messages".
const PAGE: usize = 100;
/// Pages to look through; what is not among them cannot be known.
const PAGES: usize = 10;
/// History is read from before the delivery was made: clocks differ.
const BEFORE_MILLIS: u64 = 120_000;
/// When Discord's ids begin to count. Reference "Snowflakes".
const EPOCH_MILLIS: u64 = 1_420_070_400_000;
/// Channels of direct messages that are remembered: they never change, and finding them is
/// limited more than anything else.
const REMEMBERED: usize = 20_000;

/// Discord's messages.
pub struct DiscordMessenger {
    api: DiscordApi,
    /// The same for direct messages.
    to_one: DiscordApi,
    direct: Mutex<HashMap<String, ChannelId>>,
    own: tokio::sync::OnceCell<String>,
}

/// A message's reference: its channel and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MessageRef {
    channel: ChannelId,
    message: MessageId,
}

impl MessageRef {
    fn parse(text: &str) -> Option<Self> {
        let (channel, message) = text.split_once('/')?;
        Some(Self {
            channel: snowflake(channel)?.into(),
            message: snowflake(message)?.into(),
        })
    }

    fn write(self) -> String {
        format!("{}/{}", self.channel, self.message)
    }
}

/// An id as Discord writes them: digits alone.
pub(super) fn snowflake(text: &str) -> Option<NonZeroU64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// What an operation on messages or channels brings.
#[derive(Deserialize)]
struct Made {
    id: String,
}

#[derive(Deserialize)]
struct Found {
    id: String,
    author: Author,
    #[serde(default)]
    components: Vec<Value>,
}

#[derive(Deserialize)]
struct Author {
    id: String,
}

impl DiscordMessenger {
    /// The messages of every guild with the bot.
    pub fn new(api: DiscordApi) -> Self {
        Self {
            to_one: api.of_direct_messages(),
            api,
            direct: Mutex::default(),
            own: tokio::sync::OnceCell::new(),
        }
    }

    fn api(&self, place: &Place) -> &DiscordApi {
        match place {
            Place::Channel { .. } => &self.api,
            Place::Person { .. } => &self.to_one,
        }
    }

    /// The channel of a place; for a person, that of the direct messages.
    async fn channel(&self, place: &Place) -> Result<ChannelId, ApiError> {
        let user = match place {
            Place::Channel { channel } => {
                let channel = snowflake(channel).map(ChannelId::from);
                return channel.ok_or(ApiError::Refused(Refusal::UnknownChannel));
            }
            Place::Person { user } => user,
        };
        if let Some(known) = self.known(user) {
            return Ok(known);
        }
        let body = json!({ "recipient_id": user });
        let opened = self.api(place).call(Call::OpenDirect, Some(&body)).await;
        let opened = opened.map_err(|error| match error {
            // Nobody notices a channel without a message, so it may be opened again.
            ApiError::Unknown(_) => ApiError::NotReached("no_direct_channel"),
            ApiError::RateLimited { .. } | ApiError::Refused(_) | ApiError::NotReached(_) => error,
        })?;
        let channel = made(opened).ok_or(ApiError::NotReached("no_direct_channel"))?;
        self.remember(user, channel.into());
        Ok(channel.into())
    }

    fn known(&self, user: &str) -> Option<ChannelId> {
        let direct = self.direct.lock().unwrap_or_else(PoisonError::into_inner);
        direct.get(user).copied()
    }

    fn remember(&self, user: &str, channel: ChannelId) {
        let mut direct = self.direct.lock().unwrap_or_else(PoisonError::into_inner);
        if direct.len() >= REMEMBERED {
            direct.clear();
        }
        direct.insert(user.to_owned(), channel);
    }

    async fn update(
        &self,
        to: &Destination,
        message: &str,
        posted_by: DeliveryId,
        view: &View,
    ) -> Result<String, SendError> {
        let reference = MessageRef::parse(message).ok_or_else(|| SendError::Refused {
            reason: "message_reference_invalid".to_owned(),
        })?;
        let body = render::message(view, Some(posted_by)).body();
        let call = Call::EditMessage {
            channel: reference.channel,
            message: reference.message,
        };
        let api = self.api(&to.place);
        api.call(call, Some(&body)).await.map_err(send_error)?;
        Ok(reference.write())
    }

    /// The bot's own account.
    async fn own(&self) -> Result<&str, ApiError> {
        let own = self.own.get_or_try_init(|| async {
            let me = self.to_one.call(Call::Me, None).await?;
            let me: Made = serde_json::from_value(me)
                .map_err(|_| ApiError::Unknown("unreadable_answer".to_owned()))?;
            Ok(me.id)
        });
        own.await.map(String::as_str)
    }

    async fn page(
        &self,
        place: &Place,
        channel: ChannelId,
        before: Option<&str>,
    ) -> Result<Vec<Found>, FindError> {
        let mut parameters = vec![("limit", PAGE.to_string())];
        if let Some(before) = before {
            parameters.push(("before", before.to_owned()));
        }
        let page = self
            .api(place)
            .get(Call::History { channel }, &parameters)
            .await
            .map_err(find_error)?;
        serde_json::from_value(page).map_err(|_| FindError::Unreadable {
            reason: "unreadable_answer".to_owned(),
        })
    }
}

fn made(answer: Value) -> Option<NonZeroU64> {
    let made: Made = serde_json::from_value(answer).ok()?;
    snowflake(&made.id)
}

/// Whether a message has a control that carries the delivery's id.
fn carries(message: &Found, delivery: &str) -> bool {
    let rows = message.components.iter();
    rows.filter_map(|row| row.get("components")?.as_array())
        .flatten()
        .filter_map(|control| control.get("custom_id")?.as_str())
        .any(|id| id.split('.').next() == Some(delivery))
}

/// Whether a message is older than the delivery, whose id tells when it was made.
fn is_older(message: &str, delivery: DeliveryId) -> bool {
    let (Some(message), Some(stamp)) = (snowflake(message), delivery.0.get_timestamp()) else {
        return false;
    };
    let (seconds, nanoseconds) = stamp.to_unix();
    let made = seconds * 1_000 + u64::from(nanoseconds / 1_000_000);
    (message.get() >> 22) + EPOCH_MILLIS < made.saturating_sub(BEFORE_MILLIS)
}

fn send_error(error: ApiError) -> SendError {
    match error {
        ApiError::RateLimited {
            after: retry_after,
            everything: true,
        } => SendError::RateLimited { retry_after },
        ApiError::RateLimited {
            after: retry_after,
            everything: false,
        } => SendError::PlaceLimited { retry_after },
        ApiError::Refused(refusal) if refusal.is_for_good() => SendError::Refused {
            reason: refusal.to_string(),
        },
        ApiError::Refused(refusal) => SendError::NotSent {
            reason: refusal.to_string(),
        },
        ApiError::NotReached(reason) => SendError::NotSent {
            reason: reason.to_owned(),
        },
        ApiError::Unknown(reason) => SendError::Unknown { reason },
    }
}

fn find_error(error: ApiError) -> FindError {
    let later = |reason: &str| FindError::Later {
        reason: reason.to_owned(),
    };
    match error {
        ApiError::Refused(refusal) if refusal.is_for_good() => FindError::Unreadable {
            reason: refusal.to_string(),
        },
        ApiError::Refused(refusal) => later(&refusal.to_string()),
        ApiError::RateLimited { .. } => later("rate_limited"),
        ApiError::NotReached(reason) => later(reason),
        ApiError::Unknown(reason) => later(&reason),
    }
}

#[async_trait]
impl Messenger for DiscordMessenger {
    async fn post(
        &self,
        to: &Destination,
        delivery: DeliveryId,
        view: &View,
    ) -> Result<String, SendError> {
        let channel = self.channel(&to.place).await.map_err(send_error)?;
        let mut body = render::message(view, Some(delivery)).body();
        // Discord answers the same nonce within minutes with the message that is there.
        if let Some(fields) = body.as_object_mut() {
            let nonce = short_id::encode(delivery.0);
            fields.insert("nonce".to_owned(), nonce.into());
            fields.insert("enforce_nonce".to_owned(), true.into());
        }
        let call = Call::PostMessage { channel };
        let api = self.api(&to.place);
        let posted = api.call(call, Some(&body)).await.map_err(send_error)?;
        let message = made(posted).ok_or_else(|| SendError::Unknown {
            reason: "unreadable_answer".to_owned(),
        })?;
        Ok(MessageRef {
            channel,
            message: message.into(),
        }
        .write())
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

    /// Without the permission to read history Discord answers with no messages at all, so an
    /// empty channel of a guild tells nothing.
    async fn find(
        &self,
        to: &Destination,
        delivery: DeliveryId,
    ) -> Result<Option<String>, FindError> {
        let channel = self.channel(&to.place).await.map_err(find_error)?;
        let own = self.own().await.map_err(find_error)?;
        let carried = short_id::encode(delivery.0);
        let mut before: Option<String> = None;
        for _ in 0..PAGES {
            let page = self.page(&to.place, channel, before.as_deref()).await?;
            let is_of_guild = matches!(to.place, Place::Channel { .. });
            if page.is_empty() && before.is_none() && is_of_guild {
                return Err(FindError::Unreadable {
                    reason: "history_empty".to_owned(),
                });
            }
            let found = page
                .iter()
                .find(|message| message.author.id == own && carries(message, &carried));
            if let Some(message) = found {
                return Ok(Some(format!("{channel}/{}", message.id)));
            }
            match page.last() {
                Some(last) if page.len() >= PAGE && !is_older(&last.id, delivery) => {
                    before = Some(last.id.clone());
                }
                Some(_) | None => return Ok(None),
            }
        }
        Err(FindError::Unreadable {
            reason: "history_too_long".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests;
