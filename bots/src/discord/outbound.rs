//! Replies to people: the first answer to what they did, its change, and messages after it,
//! all by the token that came with it and is good for 15 minutes.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use serenity::model::id::InteractionId;

use super::client::DiscordApi;
use super::client::call::Call;
use super::client::refusal::{ApiError, Refusal};
use super::render::Message;
use crate::clock::Clock;

/// Pauses before a first answer is tried again: Discord waits three seconds for it.
const FIRST_PAUSES: [Duration; 4] = [
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
];
/// Pauses before a later answer is tried again.
const PAUSES: [Duration; 6] = [
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];
/// Who is told to wait longer has gone away.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// The flag of messages that one person sees. Reference "Message Flags".
pub const EPHEMERAL: u64 = 1 << 6;

/// Sends replies.
pub struct Outbound {
    api: DiscordApi,
    clock: Arc<dyn Clock>,
}

/// What became of a first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Responded {
    /// Discord has it.
    Taken,
    /// Somebody else answered: another process that listens too.
    ByOthers,
    /// Discord knows nothing of it, or not any more.
    TooLate,
}

impl Outbound {
    /// Sends replies by this API.
    pub fn new(api: DiscordApi, clock: Arc<dyn Clock>) -> Self {
        Self { api, clock }
    }

    /// Gives the first answer.
    pub async fn respond(
        &self,
        interaction: InteractionId,
        token: &str,
        body: &Value,
    ) -> Responded {
        let call = Call::Respond { interaction, token };
        let mut may_have_arrived = false;
        for pause in FIRST_PAUSES {
            let wait = match self.api.call(call, Some(body)).await {
                Ok(_) => return Responded::Taken,
                Err(ApiError::Refused(Refusal::AlreadyAnswered)) if may_have_arrived => {
                    return Responded::Taken;
                }
                Err(ApiError::Refused(Refusal::AlreadyAnswered)) => return Responded::ByOthers,
                Err(ApiError::Refused(refusal)) => {
                    tracing::warn!(%refusal, "a first answer was not taken");
                    return Responded::TooLate;
                }
                Err(ApiError::RateLimited { after, .. }) => after.max(pause),
                Err(ApiError::NotReached(_)) => pause,
                Err(ApiError::Unknown(_)) => {
                    may_have_arrived = true;
                    pause
                }
            };
            self.clock.sleep(wait).await;
        }
        tracing::warn!("a first answer could not be given in time");
        // Where it did arrive, there is something to change.
        if may_have_arrived {
            Responded::Taken
        } else {
            Responded::TooLate
        }
    }

    /// Changes the first answer, or the message that was pressed, to show this; where that
    /// is gone, a private message comes instead.
    pub async fn revise(&self, token: &str, message: &Message) {
        let call = Call::EditAnswer { token };
        match self.insist(call, &message.body(), true).await {
            Ok(()) => {}
            Err(ApiError::Refused(refusal)) => {
                tracing::warn!(%refusal, "an answer could not change; sending a new one");
                self.whisper(token, message).await;
            }
            Err(error) => tracing::error!(%error, "somebody could not be answered"),
        }
    }

    /// A message that only this person sees.
    pub async fn whisper(&self, token: &str, message: &Message) {
        let call = Call::FollowUp { token };
        let sent = self.insist(call, &private(message), false).await;
        if let Err(error) = sent {
            tracing::error!(%error, "somebody could not be answered");
        }
    }

    /// Takes the first answer away, where there is nothing to say after all.
    pub async fn withdraw(&self, token: &str) {
        let call = Call::DeleteAnswer { token };
        if let Err(error) = self.api.call(call, None).await {
            tracing::warn!(%error, "an empty answer stays");
        }
    }

    /// Tries until it is taken or refused. What may be done twice is tried again also where
    /// it is not known whether it was done.
    async fn insist(&self, call: Call<'_>, body: &Value, may_repeat: bool) -> Result<(), ApiError> {
        for pause in PAUSES {
            let Err(error) = self.api.call(call, Some(body)).await else {
                return Ok(());
            };
            let wait = match &error {
                ApiError::RateLimited { after, .. } if *after <= LONGEST_WAIT => {
                    (*after).max(pause)
                }
                // The first answer may still be on its way: over HTTP it is the body of a
                // response that has just left.
                ApiError::Refused(Refusal::NoWebhook(_) | Refusal::UnknownInteraction)
                | ApiError::NotReached(_) => pause,
                ApiError::Unknown(_) if may_repeat => pause,
                ApiError::RateLimited { .. } | ApiError::Refused(_) | ApiError::Unknown(_) => {
                    return Err(error);
                }
            };
            tracing::debug!(%error, "trying to answer again");
            self.clock.sleep(wait).await;
        }
        self.api.call(call, Some(body)).await.map(drop)
    }
}

/// A message that one person sees.
pub fn private(message: &Message) -> Value {
    let mut body = message.body();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("flags".to_owned(), EPHEMERAL.into());
    }
    body
}

#[cfg(test)]
mod tests;
