//! One session with the gateway: serenity keeps the connection, resumes and reconnects, in
//! a runtime of its own, since what it starts there cannot all be ended in another way. When
//! the runtime ends, nothing of the session is left.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;
use serenity::Client;
use serenity::client::{ClientBuilder, Context, RawEventHandler};
use serenity::gateway::{GatewayError, ShardManager};
use serenity::http::Http;
use serenity::model::application::Interaction;
use serenity::model::event::Event;
use serenity::model::gateway::GatewayIntents;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};

use crate::clock::{Clock, within};

/// What may wait to be taken on.
const WAITING: usize = 1_000;
/// How long a session may take to say good-bye.
const GOOD_BYE: Duration = Duration::from_secs(1);

/// What a session brings.
#[derive(Debug)]
pub enum Happening {
    /// Somebody did something: the interaction as Discord sends it by HTTP.
    Interaction(Value),
    /// The bot was taken out of a guild.
    Removed {
        /// The guild.
        guild: String,
    },
}

/// Why a session ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Discord will not have it: another attempt cannot go better.
    Refused(&'static str),
    /// It broke.
    Broken,
}

/// A session.
pub struct Session {
    runtime: Option<Runtime>,
    manager: Option<Arc<ShardManager>>,
    happenings: mpsc::Receiver<Happening>,
    ended: oneshot::Receiver<End>,
}

impl Session {
    /// Begins one with the gateway at `url`.
    pub async fn begin(http: Http, url: String) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("discord-gateway")
            .enable_all()
            .build()?;
        let (sender, happenings) = mpsc::channel(WAITING);
        let (built, building) = oneshot::channel();
        let (ending, ended) = oneshot::channel();
        runtime.spawn(async move {
            let end = run(http, url, sender, built).await;
            // The receiver is only gone when nobody wants to know.
            let _ = ending.send(end);
        });
        let mut session = Self {
            runtime: Some(runtime),
            manager: None,
            happenings,
            ended,
        };
        session.manager = building.await.ok();
        Ok(session)
    }

    /// What happens next, or how it ended.
    pub async fn next(&mut self) -> Result<Happening, End> {
        tokio::select! {
            biased;
            Some(happening) = self.happenings.recv() => Ok(happening),
            end = &mut self.ended => Err(end.unwrap_or(End::Broken)),
        }
    }

    /// Says good-bye and ends it.
    pub async fn end(mut self, clock: &dyn Clock) {
        if let (Some(runtime), Some(manager)) = (&self.runtime, self.manager.take()) {
            let closing = runtime.spawn(async move { manager.shutdown_all().await });
            if within(clock, GOOD_BYE, closing).await.is_none() {
                tracing::debug!("a session ended without good-bye");
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn run(
    http: Http,
    url: String,
    happenings: mpsc::Sender<Happening>,
    built: oneshot::Sender<Arc<ShardManager>>,
) -> End {
    // GUILDS alone, which is not privileged: without it nobody says that a guild is left.
    // Interactions come in any case.
    let building = ClientBuilder::new_with_http(http, GatewayIntents::GUILDS)
        .raw_event_handler(Listener { happenings })
        .await;
    let mut client: Client = match building {
        Ok(client) => client,
        Err(error) => return end(&error),
    };
    // serenity asks once more where the gateway is, and where that fails it goes to the
    // real one. It goes where it was said to.
    *client.ws_url.lock().await = url;
    drop(built.send(Arc::clone(&client.shard_manager)));
    match client.start().await {
        Ok(()) => End::Broken,
        Err(error) => end(&error),
    }
}

fn end(error: &serenity::Error) -> End {
    match error {
        serenity::Error::Gateway(GatewayError::InvalidAuthentication) => {
            End::Refused("the bot's token is not valid")
        }
        serenity::Error::Gateway(
            GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents,
        ) => End::Refused("the bot may not know of its guilds"),
        error => {
            tracing::warn!(%error, "a session with Discord broke");
            End::Broken
        }
    }
}

/// What serenity calls.
struct Listener {
    happenings: mpsc::Sender<Happening>,
}

#[async_trait]
impl RawEventHandler for Listener {
    async fn raw_event(&self, _context: Context, event: Event) {
        let happening = match event {
            Event::InteractionCreate(event) => match payload(&event.interaction) {
                Some(payload) => Happening::Interaction(payload),
                None => return,
            },
            // A guild that is only out of order comes back.
            Event::GuildDelete(event) if !event.guild.unavailable => Happening::Removed {
                guild: event.guild.id.to_string(),
            },
            Event::Ready(_) => {
                tracing::info!("listening to Discord");
                return;
            }
            Event::Resumed(_) => {
                tracing::info!("listening to Discord again, without a gap");
                return;
            }
            _ => return,
        };
        if self.happenings.send(happening).await.is_err() {
            tracing::debug!("something happened while a session ended");
        }
    }
}

/// The interaction as Discord writes it: serenity leaves the kind out.
fn payload(interaction: &Interaction) -> Option<Value> {
    let mut payload = serde_json::to_value(interaction).ok()?;
    let kind = u8::from(interaction.kind());
    payload
        .as_object_mut()?
        .insert("type".to_owned(), kind.into());
    Some(payload)
}

#[cfg(test)]
mod tests;
