//! The part `slack`: what happens there comes in over Socket Mode, what the server has
//! to say goes out by the courier.

mod client;
mod directory;
mod dispatch;
pub mod inbound;
pub mod limits;
mod manifest;
mod messenger;
mod outbound;
pub mod render;
pub mod text;
mod transport;

use std::sync::Arc;
use std::time::Duration;

use conversation::Conversation;
use secrecy::{ExposeSecret, SecretString};
use server_api::client::Client;
use server_api::enums::Platform;
use thiserror::Error;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;
use uuid::Uuid;

pub use self::client::{METHODS_CALLED, Method};
pub use self::manifest::manifest;
pub use self::messenger::EVENT_TYPE;

use self::client::{API_BASE_URL, SlackApi};
use self::directory::SlackDirectory;
use self::dispatch::Dispatch;
use self::messenger::SlackMessenger;
use self::outbound::{Outbound, RESPONSE_ORIGIN};
use self::transport::socket::Socket;
use crate::clock::{Clock, SystemClock, within};
use crate::courier::{Courier, CourierConfig};
use crate::http_backend::HttpBackend;
use crate::installations::Installations;
use crate::outbox::HttpOutbox;
use crate::recent::Recent;

/// How long one answer to a person may take at Slack.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// How long one call of the courier may take at Slack; the courier's own limit is a
/// little longer, so that this one's reason is the one that is told.
const COURIER_TIMEOUT: Duration = Duration::from_secs(9);
/// How long to finish what is under way when it is time to stop.
const LAST_WORK: Duration = Duration::from_secs(10);

/// How the part runs.
#[derive(Clone, Debug)]
pub struct SlackConfig {
    /// The app-level token (`xapp-…`) for Socket Mode.
    pub app_token: SecretString,
    /// Another Slack than the real one, such as an emulator: with the path, as in
    /// `http://127.0.0.1:7073/api`. Its addresses for answers are trusted too.
    pub api_base_url: Option<Url>,
    /// Socket Mode connections.
    pub connections: u32,
    /// Messages a minute to one workspace.
    pub messages_per_minute: u32,
}

impl SlackConfig {
    /// The defaults: Slack itself, four connections, 300 messages a minute.
    pub fn new(app_token: SecretString) -> Self {
        Self {
            app_token,
            api_base_url: None,
            connections: 4,
            messages_per_minute: 300,
        }
    }

    fn base(&self) -> &str {
        self.api_base_url.as_ref().map_or(API_BASE_URL, Url::as_str)
    }

    fn response_origins(&self) -> Vec<String> {
        match &self.api_base_url {
            None => vec![RESPONSE_ORIGIN.to_owned()],
            Some(base) => vec![base.origin().ascii_serialization()],
        }
    }
}

/// Why the part could not run.
#[derive(Debug, Error)]
pub enum SlackError {
    /// The system's certificates could not be read.
    #[error("the system's root certificates could not be read: {0}")]
    Certificates(#[source] std::io::Error),
    /// Socket Mode could not begin.
    #[error("Socket Mode could not begin: {0}")]
    Socket(String),
}

/// Runs the part until `shutdown`, then finishes what is under way.
///
/// `backend` is a client of the server's internal listener with the platform's service
/// token; its timeout must be longer than 30 seconds, since claims for deliveries are held
/// open.
pub async fn run_slack(
    config: SlackConfig,
    backend: Client,
    shutdown: CancellationToken,
) -> Result<(), SlackError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let tracker = TaskTracker::new();
    let installations = Arc::new(Installations::new(
        backend.clone(),
        Platform::Slack,
        Arc::clone(&clock),
    ));
    let courier = courier(&config, &backend, &installations, &clock)?;
    let socket = socket(
        &config,
        backend,
        installations,
        (&clock, &tracker, &shutdown),
    )?;
    let carrying = tokio::spawn(Arc::new(courier).run(shutdown.clone()));
    let listened = socket.run(shutdown.clone()).await;
    // Also where listening could not begin: nothing of this part may run on alone.
    shutdown.cancel();
    tracker.close();
    let finished = within(clock.as_ref(), LAST_WORK, async {
        tracker.wait().await;
        carrying.await
    })
    .await;
    match finished {
        Some(Ok(())) => tracing::info!("Slack's part has finished its work"),
        Some(Err(error)) => tracing::error!(%error, "the courier ended badly"),
        None => tracing::warn!("Slack's part stopped with work under way; leases cover it"),
    }
    listened
}

fn courier(
    config: &SlackConfig,
    backend: &Client,
    installations: &Arc<Installations>,
    clock: &Arc<dyn Clock>,
) -> Result<Courier, SlackError> {
    let api = SlackApi::new(config.base(), COURIER_TIMEOUT, Arc::clone(clock))?;
    let name = format!("slack-{}", Uuid::now_v7());
    Ok(Courier::new(
        Arc::new(HttpOutbox::new(backend.clone(), Platform::Slack, name)),
        Arc::new(SlackMessenger::new(api, Arc::clone(installations))),
        Arc::clone(clock),
        CourierConfig {
            per_minute: config.messages_per_minute,
            ..CourierConfig::default()
        },
    ))
}

fn socket(
    config: &SlackConfig,
    backend: Client,
    installations: Arc<Installations>,
    (clock, tracker, shutdown): (&Arc<dyn Clock>, &TaskTracker, &CancellationToken),
) -> Result<Socket, SlackError> {
    let api = SlackApi::new(config.base(), ANSWER_TIMEOUT, Arc::clone(clock))?;
    let dispatch = Arc::new(Dispatch {
        conversation: Conversation::new(
            Arc::new(HttpBackend::new(backend, Arc::clone(clock))),
            Arc::new(SlackDirectory::new(api.clone(), Arc::clone(&installations))),
        ),
        outbound: Arc::new(Outbound::new(
            api.clone(),
            Arc::clone(&installations),
            config.response_origins(),
        )),
        installations,
        clock: Arc::clone(clock),
        tracker: tracker.clone(),
        shutdown: shutdown.clone(),
        recent: Recent::default(),
    });
    Ok(Socket {
        client: api.client(),
        app_token: config.app_token.expose_secret().to_owned(),
        connections: config.connections.max(1),
        dispatch,
        clock: Arc::clone(clock),
    })
}

#[cfg(test)]
mod tests;
