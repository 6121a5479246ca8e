//! Signed HTTP: events, commands and interactions come to one path, each told by its
//! shape. What [`endpoint`] lets through is decoded, queued and answered at once, as over
//! Socket Mode; a sent modal is answered by the body.

use std::net::TcpListener;
use std::sync::Arc;

use async_trait::async_trait;
use axum::Json;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use tokio_util::sync::CancellationToken;
use url::form_urlencoded;

use crate::clock::Clock;
use crate::endpoint::{self, Receiver, Seal};
use crate::hex;
use crate::slack::SlackError;
use crate::slack::dispatch::Dispatch;
use crate::slack::inbound::{self, Inbound};

/// The path that the manifest names as request URL.
pub const PATH: &str = "/slack/events";

/// The version of Slack's signatures, which stands before them and is signed with them.
/// Page "Verifying requests from Slack".
const VERSION: &str = "v0";
/// Names the attempt of an event that Slack believes unanswered. Page "Events API",
/// "Retries".
const RETRY: &str = "x-slack-retry-num";

/// Requests from Slack.
pub struct Http {
    /// Where they come in.
    pub listener: Arc<TcpListener>,
    /// Signs them.
    pub signing_key: SigningKey,
    /// Takes what comes in.
    pub dispatch: Arc<Dispatch>,
    /// Tells how old a stamp is.
    pub clock: Arc<dyn Clock>,
}

impl Http {
    /// Listens until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), SlackError> {
        let counts = self.dispatch.counts.clone();
        let receiver = Arc::new(Slack {
            signing_key: self.signing_key,
            dispatch: self.dispatch,
        });
        let routes = endpoint::router(PATH, receiver, Arc::clone(&self.clock), counts);
        if let Ok(address) = self.listener.local_addr() {
            tracing::info!(%address, "listening to Slack's requests");
        }
        endpoint::serve(&self.listener, routes, self.clock.as_ref(), shutdown)
            .await
            .map_err(SlackError::Http)
    }
}

/// The app's signing secret, ready to check with.
pub struct SigningKey(Hmac<Sha256>);

impl SigningKey {
    /// The key of this secret; none of an empty one, with which everybody could sign.
    pub fn new(secret: &str) -> Option<Self> {
        if secret.is_empty() {
            return None;
        }
        Hmac::new_from_slice(secret.as_bytes()).ok().map(Self)
    }

    /// Whether `signature` is that of `body` at `stamp`: compared in constant time.
    fn verifies(&self, stamp: &str, signature: &str, body: &[u8]) -> bool {
        let given = signature
            .strip_prefix(VERSION)
            .and_then(|rest| rest.strip_prefix('='))
            .and_then(hex::bytes::<32>);
        let Some(given) = given else {
            return false;
        };
        let mut mac = self.0.clone();
        for part in [VERSION.as_bytes(), b":", stamp.as_bytes(), b":", body] {
            mac.update(part);
        }
        mac.verify_slice(&given).is_ok()
    }
}

struct Slack {
    signing_key: SigningKey,
    dispatch: Arc<Dispatch>,
}

/// What a genuine request is.
#[derive(Debug, PartialEq)]
enum Request {
    /// Slack asks whether the address is ours.
    Challenge(Value),
    /// Something happened.
    Payload(Inbound),
    /// Nothing that Slack sends.
    Unreadable(StatusCode),
}

#[async_trait]
impl Receiver for Slack {
    fn seal(&self) -> Seal {
        Seal {
            stamp: "x-slack-request-timestamp",
            signature: "x-slack-signature",
        }
    }

    fn is_genuine(&self, stamp: &str, signature: &str, body: &[u8]) -> bool {
        self.signing_key.verifies(stamp, signature, body)
    }

    async fn answer(&self, headers: &HeaderMap, body: Bytes) -> Response {
        if let Some(attempt) = header(headers, RETRY) {
            tracing::info!(attempt, "Slack sends something again");
        }
        match read(header(headers, CONTENT_TYPE.as_str()), &body) {
            Request::Challenge(challenge) => {
                Json(json!({ "challenge": challenge })).into_response()
            }
            Request::Payload(inbound) => match self.dispatch.take(inbound).await {
                Some(payload) => Json(payload).into_response(),
                None => StatusCode::OK.into_response(),
            },
            Request::Unreadable(status) => {
                tracing::warn!(status = status.as_u16(), "a request is none of Slack's");
                status.into_response()
            }
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Reads a body by its type: events are JSON, commands and interactions are forms.
fn read(content_type: Option<&str>, body: &[u8]) -> Request {
    let essence = content_type
        .and_then(|kind| kind.split(';').next())
        .map(str::trim)
        .unwrap_or_default();
    if essence.eq_ignore_ascii_case("application/json") {
        event(body)
    } else if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        form(body)
    } else {
        Request::Unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE)
    }
}

fn event(body: &[u8]) -> Request {
    let Ok(payload) = serde_json::from_slice::<Value>(body) else {
        return Request::Unreadable(StatusCode::BAD_REQUEST);
    };
    match payload.get("type").and_then(Value::as_str) {
        Some("url_verification") => {
            Request::Challenge(payload.get("challenge").cloned().unwrap_or_default())
        }
        Some("event_callback") => Request::Payload(inbound::event(&payload)),
        // Such as `app_rate_limited`: says something to operators, asks for nothing.
        other => {
            tracing::warn!(kind = other, "a request that asks for nothing");
            Request::Payload(Inbound::Nothing)
        }
    }
}

fn form(body: &[u8]) -> Request {
    let fields: Map<String, Value> = form_urlencoded::parse(body)
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect();
    if let Some(payload) = fields.get("payload").and_then(Value::as_str) {
        return match serde_json::from_str(payload) {
            Ok(payload) => Request::Payload(inbound::interaction(&payload)),
            Err(_) => Request::Unreadable(StatusCode::BAD_REQUEST),
        };
    }
    if fields.contains_key("command") {
        return Request::Payload(inbound::command(&Value::Object(fields)));
    }
    // Slack asks now and then whether the address still answers.
    if fields.contains_key("ssl_check") {
        return Request::Payload(Inbound::Nothing);
    }
    Request::Unreadable(StatusCode::BAD_REQUEST)
}

#[cfg(test)]
mod tests;
