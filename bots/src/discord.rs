//! The part `discord`: what happens there comes in over the gateway or by signed HTTP,
//! what the server has to say goes out by the courier.

mod client;
pub mod commands;
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
use secrecy::SecretString;
use server_api::client::Client;
use server_api::enums::Platform;
use thiserror::Error;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;
use uuid::Uuid;

pub use self::examination::{DiscordExamination, examine};
pub use self::manifest::manifest;
pub use self::transport::http::PATH;

use self::client::{Access, DiscordApi, Times};
use self::directory::DiscordDirectory;
use self::dispatch::Dispatch;
use self::messenger::{DiscordMessenger, snowflake};
use self::outbound::Outbound;
use self::transport::Transport;
use self::transport::gateway::Gateway;
use self::transport::http::{Http, PublicKey};
use crate::clock::{Clock, SystemClock, within};
use crate::courier::{Courier, CourierConfig};
use crate::http_backend::HttpBackend;
use crate::installations::Installations;
use crate::metrics::Metrics;
use crate::outbox::HttpOutbox;
use crate::recent::Recent;

/// How long one answer to a person may take at Discord.
const ANSWER_TIMES: Times = Times {
    turn: Duration::from_secs(5),
    call: Duration::from_secs(5),
};
/// How long one call of the courier may take at Discord; the courier's own limit is a
/// little longer, so that this one's reason is the one that is told.
const COURIER_TIMES: Times = Times {
    turn: Duration::from_millis(1_500),
    call: Duration::from_secs(7),
};
/// How long to finish what is under way when it is time to stop.
const LAST_WORK: Duration = Duration::from_secs(10);
/// Messages a minute to one guild where nothing else is said: the 50 a second that Discord
/// lets one bot send. Buckets say the rest. Reference "Rate Limits", "Global Rate Limit".
const MESSAGES_PER_MINUTE: u32 = 3_000;

/// How the part runs.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// The bot's token.
    pub bot_token: SecretString,
    /// The application that the bot belongs to.
    pub application_id: String,
    /// How Discord reaches it.
    pub mode: DiscordMode,
    /// Another Discord than the real one, such as an emulator: scheme, host and port, as in
    /// `http://127.0.0.1:7074`.
    pub api_base_url: Option<Url>,
    /// Messages a minute to one guild.
    pub messages_per_minute: u32,
    /// Where it counts.
    pub metrics: Metrics,
}

/// How Discord reaches the part; what it does is the same either way.
#[derive(Clone, Debug)]
pub enum DiscordMode {
    /// Over a connection that the part opens while it holds the lease.
    Gateway,
    /// By requests to [`PATH`], which Discord signs.
    Http {
        /// Where they come in.
        listener: Arc<TcpListener>,
        /// The application's public key, in hexadecimal digits.
        public_key: String,
    },
}

impl DiscordConfig {
    /// The defaults: Discord itself, as fast as it allows.
    pub fn new(bot_token: SecretString, application_id: String, mode: DiscordMode) -> Self {
        Self {
            bot_token,
            application_id,
            mode,
            api_base_url: None,
            messages_per_minute: MESSAGES_PER_MINUTE,
            metrics: Metrics::default(),
        }
    }

    fn access(&self) -> Result<Access, DiscordError> {
        let application = snowflake(&self.application_id).ok_or(DiscordError::Application)?;
        Ok(Access {
            bot_token: self.bot_token.clone(),
            application: application.into(),
            base_url: self.api_base_url.clone(),
        })
    }
}

/// Why the part could not run.
#[derive(Debug, Error)]
pub enum DiscordError {
    /// The application's id is not a number.
    #[error("the application id is not one: it is a long number")]
    Application,
    /// The application's public key is not one.
    #[error("the public key is not one: it has 64 hexadecimal digits")]
    PublicKey,
    /// Requests cannot be made at all.
    #[error("an HTTP client could not be made: {0}")]
    Client(#[source] reqwest::Error),
    /// Requests could not be listened to any more.
    #[error("requests could not be listened to: {0}")]
    Http(#[source] std::io::Error),
}

/// Runs the part until `shutdown`, then finishes what is under way.
///
/// `backend` is a client of the server's internal listener with the platform's service
/// token; its timeout must be longer than 30 seconds, since claims for deliveries are held
/// open.
pub async fn run_discord(
    config: DiscordConfig,
    backend: Client,
    shutdown: CancellationToken,
) -> Result<(), DiscordError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let tracker = TaskTracker::new();
    let access = config.access()?;
    let counts = config.metrics.of(Platform::Discord);
    let api = DiscordApi::new(access.clone(), ANSWER_TIMES, Arc::clone(&clock))?;
    let api = api.counting(&counts);
    let installations = Arc::new(Installations::new(
        backend.clone(),
        Platform::Discord,
        Arc::clone(&clock),
    ));
    let transport = transport(
        &config,
        (&access, &api),
        (&backend, &installations),
        (&clock, &tracker, &shutdown),
    )?;
    {
        let shutdown = shutdown.clone();
        tracker.spawn(async move { installations.keep(&shutdown).await });
    }
    let courier = courier(&config, &api, backend, &clock);
    let carrying = tokio::spawn(Arc::new(courier).run(shutdown.clone()));
    {
        let (api, clock, shutdown) = (api.clone(), Arc::clone(&clock), shutdown.clone());
        tracker.spawn(async move {
            commands::registration::register(&api, clock.as_ref(), &shutdown).await;
        });
    }
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
        Some(Ok(())) => tracing::info!("Discord's part has finished its work"),
        Some(Err(error)) => tracing::error!(%error, "the courier ended badly"),
        None => tracing::warn!("Discord's part stopped with work under way; leases cover it"),
    }
    listened
}

fn courier(
    config: &DiscordConfig,
    api: &DiscordApi,
    backend: Client,
    clock: &Arc<dyn Clock>,
) -> Courier {
    let name = format!("discord-{}", Uuid::now_v7());
    let messenger = DiscordMessenger::new(api.with_times(COURIER_TIMES));
    Courier::new(
        Arc::new(HttpOutbox::new(backend, Platform::Discord, name)),
        Arc::new(messenger),
        Arc::clone(clock),
        CourierConfig {
            per_minute: config.messages_per_minute,
            ..CourierConfig::default()
        },
    )
    .counting(config.metrics.of(Platform::Discord))
}

fn transport(
    config: &DiscordConfig,
    (access, api): (&Access, &DiscordApi),
    (backend, installations): (&Client, &Arc<Installations>),
    (clock, tracker, shutdown): (&Arc<dyn Clock>, &TaskTracker, &CancellationToken),
) -> Result<Transport, DiscordError> {
    let directory = Arc::new(DiscordDirectory::default());
    let counts = config.metrics.of(Platform::Discord);
    let dispatch = Arc::new(Dispatch {
        conversation: Conversation::new(
            Arc::new(HttpBackend::new(backend.clone(), Arc::clone(clock))),
            Arc::clone(&directory) as Arc<dyn conversation::Directory>,
        ),
        outbound: Arc::new(Outbound::new(
            api.clone().counting(&counts.of_answers()),
            Arc::clone(clock),
        )),
        directory,
        installations: Arc::clone(installations),
        clock: Arc::clone(clock),
        tracker: tracker.clone(),
        shutdown: shutdown.clone(),
        recent: Recent::default(),
        counts,
    });
    Ok(match &config.mode {
        DiscordMode::Gateway => Transport::Gateway(Box::new(Gateway {
            access: access.clone(),
            api: api.clone(),
            backend: backend.clone(),
            dispatch,
            clock: Arc::clone(clock),
        })),
        DiscordMode::Http {
            listener,
            public_key,
        } => Transport::Http(Box::new(Http {
            listener: Arc::clone(listener),
            public_key: PublicKey::parse(public_key)?,
            dispatch,
            clock: Arc::clone(clock),
        })),
    })
}

#[cfg(test)]
mod tests;
