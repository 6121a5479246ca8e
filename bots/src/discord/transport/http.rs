//! Signed HTTP: Discord posts an interaction, and the answer is the body that it gets. No
//! session is held, so any number of processes may listen.

use std::net::TcpListener;
use std::sync::Arc;

use async_trait::async_trait;
use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::discord::DiscordError;
use crate::discord::dispatch::Dispatch;
use crate::endpoint::{self, Receiver, Seal};
use crate::hex;

/// The path that the application names as its interactions endpoint.
pub const PATH: &str = "/discord/interactions";

/// Requests from Discord.
pub struct Http {
    /// Where they come in.
    pub listener: Arc<TcpListener>,
    /// Checks their signatures.
    pub public_key: PublicKey,
    /// Takes what comes in.
    pub dispatch: Arc<Dispatch>,
    /// Tells how old a stamp is.
    pub clock: Arc<dyn Clock>,
}

impl Http {
    /// Listens until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), DiscordError> {
        let counts = self.dispatch.counts.clone();
        let receiver = Arc::new(Interactions {
            public_key: self.public_key,
            dispatch: self.dispatch,
        });
        let routes = endpoint::router(PATH, receiver, Arc::clone(&self.clock), counts);
        if let Ok(address) = self.listener.local_addr() {
            tracing::info!(%address, "listening to Discord's requests");
        }
        endpoint::serve(&self.listener, routes, self.clock.as_ref(), shutdown)
            .await
            .map_err(DiscordError::Http)
    }
}

struct Interactions {
    public_key: PublicKey,
    dispatch: Arc<Dispatch>,
}

/// The application's public key.
#[derive(Clone, Debug)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// The key in 64 hexadecimal digits, as the developer portal shows it.
    pub fn parse(text: &str) -> Result<Self, DiscordError> {
        let bytes: [u8; 32] = hex::bytes(text.trim()).ok_or(DiscordError::PublicKey)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| DiscordError::PublicKey)?;
        if key.is_weak() {
            return Err(DiscordError::PublicKey);
        }
        Ok(Self(key))
    }

    fn has_signed(&self, stamp: &str, signature: &str, body: &[u8]) -> bool {
        let Some(signature) = hex::bytes(signature) else {
            return false;
        };
        let message = [stamp.as_bytes(), body].concat();
        let signature = Signature::from_bytes(&signature);
        self.0.verify_strict(&message, &signature).is_ok()
    }
}

#[async_trait]
impl Receiver for Interactions {
    fn seal(&self) -> Seal {
        Seal {
            stamp: "x-signature-timestamp",
            signature: "x-signature-ed25519",
        }
    }

    fn is_genuine(&self, stamp: &str, signature: &str, body: &[u8]) -> bool {
        self.public_key.has_signed(stamp, signature, body)
    }

    async fn answer(&self, _headers: &HeaderMap, body: Bytes) -> Response {
        let Ok(payload) = serde_json::from_slice::<Value>(&body) else {
            tracing::warn!("something signed that is no JSON was left aside");
            return StatusCode::BAD_REQUEST.into_response();
        };
        match self.dispatch.reply(payload).await {
            Some(answer) => Json(answer).into_response(),
            // Of a kind that Discord had not when this was written: it shows the person
            // that nothing came.
            None => StatusCode::BAD_REQUEST.into_response(),
        }
    }

    /// Discord posts nothing twice, but checks its own address in the same second: that
    /// must be answered each time.
    fn answer_again(&self) -> Response {
        Json(json!({ "type": 1 })).into_response()
    }
}

#[cfg(test)]
mod tests;
