//! Discord, emulated: a model ([`state`]), a strict reading of what Discord refuses ([`check`]), a thin skin
//! of HTTP and websockets, and persons who act on what was rendered ([`person`]).
//!
//! To add a route: its template in `skin/routes.rs`, its work in `skin/tasks.rs`, its bucket in
//! `state/rates.rs`.
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::check::Draft;
use self::ids::{GuildId, RoleId, UserId};
use self::model::{Channel, Guild, Member, Message, User};
use self::person::Person;
pub use self::skin::endpoint::{Signed, Unverified};
use self::state::faults::{Fault, FaultKind};
use self::state::gateway::Tally;
use self::state::journal::{Call, Violation};
use self::state::messages::Envelope;
use self::state::rates::Limits;
use self::state::{App, Chat, HiddenHistory};
use crate::clock::Clock;

pub mod check;
pub mod ids;
pub mod markdown;
pub mod model;
pub mod person;
mod skin;
pub mod state;
pub mod wire;

/// How often a client has to send a heartbeat; the number that Discord's gateway says.
const HEARTBEAT: Duration = Duration::from_millis(41_250);

/// How an emulator starts.
#[derive(Clone)]
pub struct DiscordConfig {
    /// The app that it hosts.
    pub app: App,
    /// The clock of its world.
    pub clock: Clock,
    /// Within which an interaction must be acknowledged; Discord's three seconds.
    pub acknowledge_within: Duration,
    /// How often a client of the gateway has to send a heartbeat.
    pub heartbeat: Duration,
    /// How long a person of a test waits for something to appear.
    pub patience: Duration,
    /// Where clients reach it, if something stands before it: its own addresses say so.
    pub reached_at: Option<SocketAddr>,
}

impl DiscordConfig {
    /// Discord's own limits on this clock.
    pub fn new(clock: Clock) -> Self {
        Self {
            app: App::default(),
            clock,
            acknowledge_within: Duration::from_secs(3),
            heartbeat: HEARTBEAT,
            patience: Duration::from_secs(10),
            reached_at: None,
        }
    }
}

/// A running Discord; cheap to clone.
#[derive(Clone)]
pub struct DiscordEmulator {
    chat: Chat,
    address: SocketAddr,
    reached_at: SocketAddr,
    heartbeat: Duration,
    patience: Duration,
    serving: Arc<Mutex<CancellationToken>>,
}

impl DiscordEmulator {
    /// Starts on a listener that the caller bound.
    pub fn start(config: DiscordConfig, listener: TcpListener) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let emulator = Self {
            chat: Chat::new(config.app, config.clock, config.acknowledge_within),
            address,
            reached_at: config.reached_at.unwrap_or(address),
            heartbeat: config.heartbeat,
            patience: config.patience,
            serving: Arc::default(),
        };
        emulator.serve(listener);
        Ok(emulator)
    }

    fn serve(&self, listener: TcpListener) {
        let stop = CancellationToken::new();
        let previous = {
            let mut serving = self.serving.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *serving, stop.clone())
        };
        previous.cancel();
        let router = skin::router(self.chat.clone(), self.reached_at, self.heartbeat);
        tokio::spawn(async move {
            let stopped = stop.cancelled_owned();
            let served = axum::serve(listener, router)
                .with_graceful_shutdown(stopped)
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the Discord emulator stopped");
            }
        });
    }

    /// What stands in for `https://discord.com`: `/api/v10` follows on it.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.reached_at)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The model.
    pub fn state(&self) -> &Chat {
        &self.chat
    }

    /// Stops serving and drops every connection, as an outage does; the model stays.
    pub fn shutdown(&self) {
        self.serving
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .cancel();
        self.drop_sockets();
    }

    /// Cancelled when serving stops, so that endless answers elsewhere end too.
    pub fn stopping(&self) -> CancellationToken {
        self.serving
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Serves again at the same address.
    pub async fn resume(&self) -> std::io::Result<()> {
        let listener = TcpListener::bind(self.address).await?;
        self.serve(listener);
        Ok(())
    }

    /// Adds a guild without the app.
    pub fn add_guild(&self, id: &str, name: &str) {
        let guild = Guild {
            id: id.into(),
            name: name.to_owned(),
            locale: "en-US".to_owned(),
            has_app: false,
            roles: std::collections::BTreeMap::new(),
            members: std::collections::BTreeMap::new(),
        };
        self.chat
            .change(|state| state.kept.guilds.insert(id.into(), guild));
    }

    /// Adds a role to a guild.
    pub fn add_role(&self, guild: &str, id: &str, name: &str) {
        self.alter_guild(guild, |guild| {
            guild.roles.insert(id.into(), name.to_owned());
        });
    }

    /// Adds a person, who is in no guild yet.
    pub fn add_user(&self, user: User) {
        self.chat
            .change(|state| state.kept.users.insert(user.id.clone(), user));
    }

    /// Brings a person into a guild with these roles; those they had before are gone.
    pub fn join(&self, guild: &str, user: &str, roles: &[&str]) {
        let member = Member {
            nick: None,
            roles: roles.iter().map(|id| RoleId::from(*id)).collect(),
        };
        self.alter_guild(guild, |guild| {
            guild.members.insert(user.into(), member);
        });
    }

    /// Takes a person out of a guild.
    pub fn leave(&self, guild: &str, user: &str) {
        self.alter_guild(guild, |guild| {
            guild.members.remove(&UserId::from(user));
        });
    }

    /// Adds a channel.
    pub fn add_channel(&self, channel: Channel) {
        self.chat
            .change(|state| state.kept.channels.insert(channel.id.clone(), channel));
    }

    /// Says whether a person takes direct messages.
    pub fn accepts_direct(&self, user: &str, accepts: bool) {
        self.chat.change(|state| {
            if let Some(user) = state.kept.users.get_mut(&UserId::from(user)) {
                user.accepts_direct = accepts;
            }
        });
    }

    fn alter_guild(&self, id: &str, alter: impl FnOnce(&mut Guild)) {
        self.chat.change(|state| {
            if let Some(guild) = state.kept.guilds.get_mut(&GuildId::from(id)) {
                alter(guild);
            }
        });
    }

    /// Installs the app in a guild; it is told on the gateway.
    pub fn install(&self, guild: &str) {
        self.alter_guild(guild, |guild| guild.has_app = true);
        self.chat.change(|state| {
            let found = state.guild(&guild.into()).cloned();
            if let Some(guild) = found {
                let event = wire::guild_create(state, &guild, self.chat.app());
                state.gateway.dispatch("GUILD_CREATE", &event);
            }
        });
    }

    /// Removes the app from a guild; it is told on the gateway.
    pub fn uninstall(&self, guild: &str) {
        self.alter_guild(guild, |guild| guild.has_app = false);
        // Without `unavailable`, which would mean an outage of the guild.
        let event = json!({ "id": guild });
        self.chat
            .change(|state| state.gateway.dispatch("GUILD_DELETE", &event));
    }

    /// A person of a guild, to act and look as.
    pub fn person(&self, guild: impl Into<GuildId>, user: impl Into<UserId>) -> Person {
        Person::new(self.chat.clone(), guild.into(), user.into(), self.patience)
    }

    /// Lets somebody write a line in a channel.
    pub fn says(&self, user: &str, channel: &str, words: &str) {
        let envelope = Envelope {
            channel: channel.into(),
            author: user.into(),
            is_app: false,
            only_for: None,
            answers: None,
        };
        let draft = Draft {
            content: words.to_owned(),
            ..Draft::default()
        };
        let now = self.chat.now();
        self.chat.change(|state| state.post(envelope, draft, now));
    }

    /// Rules of Discord that the app broke; a world ends well only if there are none.
    pub fn violations(&self) -> Vec<Violation> {
        self.chat.read(|state| state.journal.violations.clone())
    }

    /// Every call of the REST API and every answer by HTTP so far, with its body.
    pub fn recorded(&self) -> Vec<Call> {
        self.chat.read(|state| state.journal.calls.clone())
    }

    /// Calls of the last ten minutes that were answered by 401, 403 or 429.
    pub fn invalid_calls(&self) -> usize {
        let now = self.chat.now();
        self.chat.read(|state| state.journal.invalid_calls(now))
    }

    /// Messages of the app that no person of the test has looked at.
    pub fn unseen_messages(&self) -> Vec<Message> {
        let unseen = |message: &&Message| message.is_app && !message.seen && !message.deleted;
        self.chat
            .read(|state| state.kept.messages.iter().filter(unseen).cloned().collect())
    }

    /// Lets the next `times` calls of a route fail; a route is method and template, such as
    /// `POST /channels/{channel_id}/messages`.
    pub fn fault(&self, route: &str, kind: FaultKind, times: u32) {
        let fault = Fault {
            route: route.to_owned(),
            kind,
            times,
        };
        self.chat.change(|state| state.faults.order(fault));
    }

    /// Changes what is limited.
    pub fn limits(&self, alter: impl FnOnce(&mut Limits)) {
        self.chat.change(|state| alter(&mut state.limits));
    }

    /// From now on history cannot be read.
    pub fn hide_history(&self, how: HiddenHistory) {
        self.chat.change(|state| state.hidden_history = Some(how));
    }

    /// History can be read again.
    pub fn show_history(&self) {
        self.chat.change(|state| state.hidden_history = None);
    }

    /// Delivers each interaction from now on so many times at once, as a failover may.
    pub fn deliver_interaction_times(&self, times: u32) {
        self.chat
            .change(|state| state.interactions.set_copies(times));
    }

    /// Asks every client to connect again and resume (op 7), as Discord does now and then.
    pub fn asks_to_reconnect(&self) {
        let message = json!({ "op": 7, "s": null, "t": null, "d": null });
        self.chat.read(|state| state.gateway.say(&message));
    }

    /// Tells every client that its session is invalid (op 9): to resume if it is resumable, else to identify
    /// anew.
    pub fn invalidates_sessions(&self, resumable: bool) {
        let message = json!({ "op": 9, "s": null, "t": null, "d": resumable });
        self.chat.change(|state| {
            state.gateway.say(&message);
            if !resumable {
                state.gateway.forget_sessions();
            }
        });
    }

    /// Breaks every connection without a word; sessions can be resumed.
    pub fn drop_sockets(&self) {
        self.chat.change(|state| state.gateway.drop_all());
    }

    /// Leaves heartbeats without an answer, as on a connection that is dead but open; or answers again.
    pub fn ignores_heartbeats(&self, ignores: bool) {
        self.chat.change(|state| state.gateway.is_deaf = ignores);
    }

    /// What has happened on the gateway so far.
    pub fn gateway(&self) -> Tally {
        self.chat.read(|state| state.gateway.tally())
    }

    /// Waits until so many sessions have a connection, at most as long as a person is patient.
    pub async fn connected(&self, count: usize) -> Result<(), tokio::time::error::Elapsed> {
        let open = self
            .chat
            .until(|state| (state.gateway.tally().live >= count).then_some(()));
        tokio::time::timeout(self.patience, open).await
    }

    /// From now on interactions are posted to this endpoint, once it has shown that it answers a ping and
    /// refuses a wrong signature.
    pub async fn use_endpoint(&self, url: &str) -> Result<(), Unverified> {
        let client = skin::endpoint::client(self.chat.acknowledge_within())?;
        skin::endpoint::verify(&self.chat, &client, url).await?;
        let (sender, postings) = tokio::sync::mpsc::unbounded_channel();
        self.chat
            .change(|state| state.gateway.post_to(Some(sender)));
        tokio::spawn(skin::endpoint::post_all(
            self.chat.clone(),
            client,
            url.to_owned(),
            postings,
        ));
        Ok(())
    }

    /// Interactions go to the gateway again.
    pub fn use_gateway(&self) {
        self.chat.change(|state| state.gateway.post_to(None));
    }

    /// Every request that was posted to the endpoint, to be repeated or bent.
    pub fn posted(&self) -> Vec<Signed> {
        self.chat.read(|state| state.gateway.posted.clone())
    }
}

#[cfg(test)]
mod tests;
