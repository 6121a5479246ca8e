//! The part `slack`: what happens there comes in over Socket Mode or by signed HTTP, what
//! the server has to say goes out by the courier.

mod client;
mod directory;
mod dispatch;
mod examination;
pub mod inbound;
pub mod limits;
mod manifest;
mod messenger;
mod outbound;
pub mod render;
pub mod text;
mod transport;

use std::net::TcpListener;
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
pub use self::examination::{SlackExamination, examine};
pub use self::manifest::{http_manifest, manifest};
pub use self::messenger::EVENT_TYPE;
pub use self::transport::http::PATH;

use self::client::{API_BASE_URL, SlackApi};
use self::directory::SlackDirectory;
use self::dispatch::Dispatch;
use self::messenger::SlackMessenger;
use self::outbound::{Outbound, RESPONSE_ORIGIN};
use self::transport::Transport;
use self::transport::http::{Http, SigningKey};
use self::transport::socket::Socket;
use crate::clock::{Clock, SystemClock, within};
use crate::courier::{Courier, CourierConfig};
use crate::http_backend::HttpBackend;
use crate::installations::Installations;
use crate::metrics::Metrics;
use crate::outbox::HttpOutbox;
use crate::recent::Recent;

/// How long one answer to a person may take at Slack.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
/// How long one call of the courier may take at Slack; the courier's own limit is a
/// little longer, so that this one's reason is the one that is told.
const COURIER_TIMEOUT: Duration = Duration::from_secs(9);
/// How long to finish what is under way when it is time to stop.
const LAST_WORK: Duration = Duration::from_secs(10);

/// Socket Mode connections where nothing else is said: Slack spreads what happens over
/// them, and refreshes them one at a time.
const CONNECTIONS: u32 = 4;
/// Messages a minute to one workspace where nothing else is said.
const MESSAGES_PER_MINUTE: u32 = 300;

/// How the part runs.
#[derive(Clone, Debug)]
pub struct SlackConfig {
    /// How Slack reaches it.
    pub mode: SlackMode,
    /// Another Slack than the real one, such as an emulator: with the path, as in
    /// `http://127.0.0.1:7073/api`. Its addresses for answers are trusted too.
    pub api_base_url: Option<Url>,
    /// Messages a minute to one workspace.
    pub messages_per_minute: u32,
    /// Where it counts.
    pub metrics: Metrics,
}

/// How Slack reaches the part; what it does is the same either way.
#[derive(Clone, Debug)]
pub enum SlackMode {
    /// Over connections that the part opens.
    Socket {
        /// The app-level token (`xapp-…`).
        app_token: SecretString,
        /// How many connections.
        connections: u32,
    },
    /// By requests to [`PATH`], which the app's signing secret signs.
    Http {
        /// Where they come in.
        listener: Arc<TcpListener>,
        /// The app's signing secret.
        signing_secret: SecretString,
    },
}

impl SlackMode {
    /// Socket Mode with four connections.
    pub fn socket(app_token: SecretString) -> Self {
        Self::Socket {
            app_token,
            connections: CONNECTIONS,
        }
    }
}

impl SlackConfig {
    /// The defaults: Slack itself, 300 messages a minute.
    pub fn new(mode: SlackMode) -> Self {
        Self {
            mode,
            api_base_url: None,
            messages_per_minute: MESSAGES_PER_MINUTE,
            metrics: Metrics::default(),
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
    /// There is nothing to verify requests with.
    #[error("the signing secret is empty")]
    SigningSecret,
    /// Requests could not be listened to any more.
    #[error("requests could not be listened to: {0}")]
    Http(#[source] std::io::Error),
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
    {
        let (installations, shutdown) = (Arc::clone(&installations), shutdown.clone());
        tracker.spawn(async move { installations.keep(&shutdown).await });
    }
    let courier = courier(&config, &backend, &installations, &clock)?;
    let transport = transport(
        &config,
        backend,
        installations,
        (&clock, &tracker, &shutdown),
    )?;
    let carrying = tokio::spawn(Arc::new(courier).run(shutdown.clone()));
    let listened = transport.run(shutdown.clone()).await;
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
    let counts = config.metrics.of(Platform::Slack);
    let api = SlackApi::new(config.base(), COURIER_TIMEOUT, Arc::clone(clock))?;
    let api = api.counting(&counts);
    let name = format!("slack-{}", Uuid::now_v7());
    Ok(Courier::new(
        Arc::new(HttpOutbox::new(backend.clone(), Platform::Slack, name)),
        Arc::new(SlackMessenger::new(api, Arc::clone(installations))),
        Arc::clone(clock),
        CourierConfig {
            per_minute: config.messages_per_minute,
            ..CourierConfig::default()
        },
    )
    .counting(counts))
}

fn transport(
    config: &SlackConfig,
    backend: Client,
    installations: Arc<Installations>,
    (clock, tracker, shutdown): (&Arc<dyn Clock>, &TaskTracker, &CancellationToken),
) -> Result<Transport, SlackError> {
    let counts = config.metrics.of(Platform::Slack);
    let api = SlackApi::new(config.base(), ANSWER_TIMEOUT, Arc::clone(clock))?;
    let api = api.counting(&counts);
    let dispatch = Arc::new(Dispatch {
        conversation: Conversation::new(
            Arc::new(HttpBackend::new(backend, Arc::clone(clock))),
            Arc::new(SlackDirectory::new(api.clone(), Arc::clone(&installations))),
        ),
        outbound: Arc::new(Outbound::new(
            api.clone().counting(&counts.of_answers()),
            Arc::clone(&installations),
            config.response_origins(),
        )),
        directory: SlackDirectory::new(api.clone(), Arc::clone(&installations)),
        installations,
        clock: Arc::clone(clock),
        tracker: tracker.clone(),
        shutdown: shutdown.clone(),
        recent: Recent::default(),
        counts,
    });
    Ok(match &config.mode {
        SlackMode::Socket {
            app_token,
            connections,
        } => Transport::Socket(Socket {
            client: api.client(),
            app_token: app_token.expose_secret().to_owned(),
            connections: (*connections).max(1),
            dispatch,
            clock: Arc::clone(clock),
        }),
        SlackMode::Http {
            listener,
            signing_secret,
        } => Transport::Http(Http {
            listener: Arc::clone(listener),
            signing_key: SigningKey::new(signing_secret.expose_secret())
                .ok_or(SlackError::SigningSecret)?,
            dispatch,
            clock: Arc::clone(clock),
        }),
    })
}

#[cfg(test)]
mod tests;
