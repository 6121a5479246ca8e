//! Socket Mode: slack-morphism keeps the connections, and we read their frames raw, so
//! that a payload which it does not model is still answered.
//!
//! A frame is decoded, work is queued, and its acknowledgement leaves at once: Slack
//! waits three seconds, and delivers again what was not acknowledged.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use serde::Deserialize;
use serde_json::{Value, json};
use slack_morphism::clients_manager::{
    SlackSocketModeClientsManager, SlackSocketModeClientsManagerFactory,
};
use slack_morphism::listener::SlackClientEventsListenerEnvironment;
use slack_morphism::prelude::SlackHyperClient;
use slack_morphism::{
    SlackApiToken, SlackApiTokenValue, SlackClientSocketModeConfig, SlackSocketModeClientListener,
    SlackSocketModeWssClientId,
};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::slack::SlackError;
use crate::slack::dispatch::Dispatch;
use crate::slack::inbound::{self, Inbound};

/// Seconds between the first connections.
const STAGGER_SECONDS: u64 = 1;
/// Seconds before a connection that could not be made is tried again.
const RECONNECT_SECONDS: u64 = 5;
/// A connection that lasted so long was a good one.
const GOOD: Duration = Duration::from_mins(1);
/// Longest pause before a connection that keeps breaking is made again.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Connections to Slack.
pub struct Socket {
    /// slack-morphism's client.
    pub client: Arc<SlackHyperClient>,
    /// The app's token.
    pub app_token: String,
    /// How many connections.
    pub connections: u32,
    /// Takes what comes in.
    pub dispatch: Arc<Dispatch>,
    /// Measures pauses.
    pub clock: Arc<dyn Clock>,
}

impl Socket {
    /// Listens until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), SlackError> {
        let environment = Arc::new(SlackClientEventsListenerEnvironment::new(Arc::clone(
            &self.client,
        )));
        let manager = self
            .client
            .http_api
            .connector
            .new_clients_manager(environment);
        let listener = Arc::new(Listener {
            manager: OnceLock::new(),
            dispatch: self.dispatch,
            clock: self.clock,
            breaks: Mutex::default(),
            greeted: Mutex::default(),
            shutdown: shutdown.clone(),
        });
        // Weak: the manager's connections hold the listener.
        drop(listener.manager.set(Arc::downgrade(&manager)));
        let config = SlackClientSocketModeConfig::new()
            .with_max_connections_count(self.connections)
            .with_initial_backoff_in_seconds(STAGGER_SECONDS)
            .with_reconnect_timeout_in_seconds(RECONNECT_SECONDS);
        let token = SlackApiToken::new(SlackApiTokenValue(self.app_token));
        manager
            .register_new_token(&config, token, listener)
            .await
            .map_err(|error| SlackError::Socket(error.to_string()))?;
        manager.start().await;
        tracing::info!(connections = self.connections, "listening to Slack");
        shutdown.cancelled().await;
        manager.shutdown().await;
        Ok(())
    }
}

/// What connections hand over.
struct Listener {
    manager: OnceLock<Weak<dyn SlackSocketModeClientsManager + Send + Sync>>,
    dispatch: Arc<Dispatch>,
    clock: Arc<dyn Clock>,
    breaks: Mutex<HashMap<u32, Breaks>>,
    /// The connections over which Slack said hello, by their number.
    greeted: Mutex<HashSet<u32>>,
    shutdown: CancellationToken,
}

/// How a connection has been breaking.
#[derive(Clone, Copy)]
struct Breaks {
    in_a_row: u32,
    last: Instant,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "envelope_id")]
    id: Option<String>,
    #[serde(default)]
    payload: Value,
    #[serde(default)]
    accepts_response_payload: bool,
}

impl Listener {
    async fn restart(&self, id: &SlackSocketModeWssClientId) {
        if let Some(manager) = self.manager.get().and_then(Weak::upgrade) {
            manager.restart_client(id).await;
        }
    }

    /// Notes that a connection stands, or that it does not any more.
    fn note(&self, connection: u32, stands: bool) {
        let mut greeted = self.greeted.lock().unwrap_or_else(PoisonError::into_inner);
        if stands {
            greeted.insert(connection);
        } else {
            greeted.remove(&connection);
        }
        self.dispatch.counts.connected(greeted.len());
    }

    /// How long to wait before a connection is made again: not at all after a good one,
    /// then doubling, so that a peer that hangs up at once is not called in a loop.
    fn pause(&self, connection: u32) -> Duration {
        let now = self.clock.now();
        let mut breaks = self.breaks.lock().unwrap_or_else(PoisonError::into_inner);
        let in_a_row = match breaks.get(&connection) {
            Some(before) if now.saturating_duration_since(before.last) < GOOD => {
                before.in_a_row + 1
            }
            Some(_) | None => 0,
        };
        breaks.insert(
            connection,
            Breaks {
                in_a_row,
                last: now,
            },
        );
        match in_a_row {
            0 => Duration::ZERO,
            n => Duration::from_secs(1 << n.min(5)).min(LONGEST_PAUSE),
        }
    }
}

#[async_trait]
impl SlackSocketModeClientListener for Listener {
    async fn on_message(&self, id: &SlackSocketModeWssClientId, frame: String) -> Option<String> {
        let Ok(envelope) = serde_json::from_str::<Envelope>(&frame) else {
            tracing::warn!("a frame that is no envelope was left aside");
            return None;
        };
        let inbound = match envelope.kind.as_str() {
            "slash_commands" => inbound::command(&envelope.payload),
            "interactive" => inbound::interaction(&envelope.payload),
            "events_api" => inbound::event(&envelope.payload),
            "hello" => {
                self.note(id.initial_index, true);
                Inbound::Nothing
            }
            "disconnect" => {
                self.restart(id).await;
                return None;
            }
            other => {
                tracing::debug!(kind = other, "a frame that asks for nothing");
                Inbound::Nothing
            }
        };
        // Without an id there is nothing to acknowledge, so it was no request.
        let envelope_id = envelope.id?;
        let began = self.clock.now();
        let payload = self.dispatch.take(inbound).await;
        let took = self.clock.now().saturating_duration_since(began);
        self.dispatch.counts.acknowledged(took);
        let acknowledgement = match payload {
            Some(payload) if envelope.accepts_response_payload => {
                json!({ "envelope_id": envelope_id, "payload": payload })
            }
            Some(_) | None => json!({ "envelope_id": envelope_id }),
        };
        Some(acknowledgement.to_string())
    }

    async fn on_error(&self, error: Box<dyn std::error::Error + Send + Sync + 'static>) {
        tracing::warn!(%error, "a connection to Slack has a fault");
    }

    async fn on_disconnect(&self, id: &SlackSocketModeWssClientId) {
        self.note(id.initial_index, false);
        let pause = self.pause(id.initial_index);
        let waited = self
            .shutdown
            .run_until_cancelled(self.clock.sleep(pause))
            .await;
        if waited.is_some() {
            self.restart(id).await;
        }
    }
}
