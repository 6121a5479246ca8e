//! Slack, emulated: a model ([`state`]), a strict reading of what Slack refuses ([`check`]), a thin skin
//! of HTTP and websockets, and persons who act on what was rendered ([`person`]).
//!
//! To add a method: its arguments in `check/arguments.rs`, its scopes in `check/scopes.rs`, its tier in
//! `state/rates.rs`, its work in `skin/methods.rs`.
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::ids::{EnvelopeId, TeamId, UserId};
use self::model::{Channel, Message, User, Workspace};
use self::person::Person;
use self::skin::requests::Requests;
use self::state::envelopes::About;
use self::state::faults::{Fault, FaultKind};
use self::state::journal::{Call, Violation};
use self::state::rates::Limits;
use self::state::{App, Chat, State};
use crate::clock::Clock;

pub mod check;
pub mod ids;
pub mod model;
pub mod mrkdwn;
pub mod person;
mod skin;
pub mod state;
pub mod wire;

/// How an emulator starts.
#[derive(Clone, Debug)]
pub struct SlackConfig {
    /// The app that it hosts.
    pub app: App,
    /// The clock of its world.
    pub clock: Clock,
    /// Within which an envelope must be acknowledged; Slack's three seconds.
    pub acknowledge_within: Duration,
    /// How long a person of a test waits for something to appear.
    pub patience: Duration,
    /// Where clients reach it, if something stands before it: its own addresses say so.
    pub reached_at: Option<SocketAddr>,
}

impl SlackConfig {
    /// Slack's own limits on this clock.
    pub fn new(clock: Clock) -> Self {
        Self {
            app: App::default(),
            clock,
            acknowledge_within: Duration::from_secs(3),
            patience: Duration::from_secs(10),
            reached_at: None,
        }
    }
}

/// A request URL that did not answer Slack's challenge.
#[derive(Debug, thiserror::Error)]
#[error("{0} did not answer the challenge")]
pub struct NotTaken(String);

/// A running Slack; cheap to clone.
#[derive(Clone)]
pub struct SlackEmulator {
    chat: Chat,
    address: SocketAddr,
    reached_at: SocketAddr,
    patience: Duration,
    serving: Arc<Mutex<CancellationToken>>,
}

impl SlackEmulator {
    /// Starts on a listener that the caller bound.
    pub fn start(config: SlackConfig, listener: TcpListener) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let emulator = Self {
            chat: Chat::new(config.app, config.clock, config.acknowledge_within),
            address,
            reached_at: config.reached_at.unwrap_or(address),
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
        let router = skin::router(self.chat.clone(), self.reached_at);
        tokio::spawn(async move {
            let stopped = stop.cancelled_owned();
            let served = axum::serve(listener, router)
                .with_graceful_shutdown(stopped)
                .await;
            if let Err(error) = served {
                tracing::error!(%error, "the Slack emulator stopped");
            }
        });
    }

    /// The base of the Web API, for the app's configuration.
    pub fn api_url(&self) -> String {
        format!("http://{}/api", self.reached_at)
    }

    /// Where people sign in with it, for the app's configuration.
    pub fn login_url(&self) -> String {
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
        self.chat.change(|state| state.sockets.close_all());
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

    /// Adds a workspace without the app.
    pub fn add_workspace(&self, id: &str, name: &str, domain: &str) {
        let workspace = Workspace {
            id: id.into(),
            name: name.to_owned(),
            domain: domain.to_owned(),
            installation: None,
        };
        self.chat
            .change(|state| state.kept.workspaces.insert(id.into(), workspace));
    }

    /// Adds a person.
    pub fn add_user(&self, user: User) {
        self.chat
            .change(|state| state.kept.users.insert(user.id.clone(), user));
    }

    /// Adds a channel.
    pub fn add_channel(&self, channel: Channel) {
        self.chat
            .change(|state| state.kept.channels.insert(channel.id.clone(), channel));
    }

    /// Installs the app in a workspace with these scopes, and creates its user. Gives the user's id,
    /// which the channels in which the app is to write need as a member.
    pub fn install(&self, team: &str, bot_token: &str, scopes: &[&str]) -> UserId {
        let name = self.chat.app().name.clone();
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let granted = (bot_token.to_owned(), scopes);
        self.chat
            .change(|state| state.install(&TeamId::from(team), &name, granted))
    }

    /// Lets the tokens of installations that are made from now on end.
    pub fn rotates_tokens(&self) {
        self.chat.change(|state| state.grants.rotates = true);
    }

    /// Removes the app from a workspace: its token dies, and the app is told by the two events that
    /// Slack sends.
    pub fn uninstall(&self, team: &str) {
        let bot = self.chat.change(|state| state.revoke(&team.into()));
        let bot: Vec<UserId> = bot.into_iter().collect();
        let tokens = json!({ "type": "tokens_revoked", "tokens": { "oauth": [], "bot": bot } });
        self.emit(team, &tokens);
        self.emit(team, &json!({ "type": "app_uninstalled" }));
    }

    /// Deactivates an account, as whoever looks after a workspace does: the app is told by the event
    /// that Slack sends for every change of a person.
    pub fn deactivate(&self, team: &str, user: &str) {
        let changed = self.chat.change(|state| {
            let user = state.kept.users.get_mut(&UserId::from(user))?;
            user.deleted = true;
            Some(wire::user(user, false, false))
        });
        if let Some(user) = changed {
            self.emit(team, &json!({ "type": "user_change", "user": user }));
        }
    }

    /// Sends an event of the Events API to the app.
    pub fn emit(&self, team: &str, event: &Value) {
        let now = self.chat.now();
        let payload = self.chat.change(|state| {
            let number = state.number();
            let workspace = state.kept.workspaces.get(&TeamId::from(team))?;
            Some(wire::event(self.chat.app(), workspace, number, now, event))
        });
        if let Some(payload) = payload {
            self.chat.deliver(About::Event, payload);
        }
    }

    /// A person of a workspace, to act and look as.
    pub fn person(&self, team: impl Into<TeamId>, user: impl Into<UserId>) -> Person {
        Person::new(
            self.chat.clone(),
            team.into(),
            user.into(),
            self.patience,
            self.reached_at,
        )
    }

    /// Rules of Slack that the app broke; a world ends well only if there are none.
    pub fn violations(&self) -> Vec<Violation> {
        self.chat.read(|state| state.journal.violations.clone())
    }

    /// Whether the app has acknowledged an envelope.
    pub fn is_acknowledged(&self, envelope: &EnvelopeId) -> bool {
        self.chat
            .read(|state| state.sockets.is_acknowledged(envelope))
    }

    /// Every call of the Web API so far.
    pub fn calls(&self) -> Vec<Call> {
        self.chat.read(|state| state.journal.calls.clone())
    }

    /// Messages of the app that no person of the test has looked at.
    pub fn unseen_messages(&self) -> Vec<Message> {
        let unseen =
            |message: &&Message| message.bot.is_some() && !message.seen && !message.deleted;
        self.chat
            .read(|state| state.kept.messages.iter().filter(unseen).cloned().collect())
    }

    /// Lets the next `times` calls of a method fail.
    pub fn fault(&self, method: &str, kind: FaultKind, times: u32) {
        let fault = Fault {
            method: method.to_owned(),
            kind,
            times,
        };
        self.chat.change(|state| state.faults.order(fault));
    }

    /// Changes what is limited.
    pub fn limits(&self, alter: impl FnOnce(&mut Limits)) {
        self.chat.change(|state| alter(&mut state.limits));
    }

    /// From now on history cannot be read, and answers with this error code.
    pub fn hide_history(&self, error: &str) {
        self.chat
            .change(|state| state.hidden_history = Some(error.to_owned()));
    }

    /// History can be read again.
    pub fn show_history(&self) {
        self.chat.change(|state| state.hidden_history = None);
    }

    /// Sends each envelope from now on so many times at once, as a redelivery would.
    pub fn deliver_envelope_times(&self, times: u32) {
        self.chat.change(|state| state.sockets.set_copies(times));
    }

    /// Asks every connection to be replaced, as Slack does now and then; `reason` is `warning` or
    /// `refresh_requested`.
    pub fn disconnect(&self, reason: &str) {
        let message = json!({
            "type": "disconnect", "reason": reason,
            "debug_info": { "host": "applink-emulator" },
        });
        self.chat.read(|state| state.sockets.say(&message));
    }

    /// Breaks every connection without a word.
    pub fn drop_sockets(&self) {
        self.chat.change(|state| state.sockets.close_all());
    }

    /// Sends everything to this request URL from now on, signed, instead of over Socket Mode; unless
    /// the address fails to answer Slack's challenge.
    pub async fn sends_requests_to(&self, url: &str) -> Result<(), NotTaken> {
        let refused = || NotTaken(url.to_owned());
        let address = url.parse().map_err(|_| refused())?;
        let requests = Requests::new(self.chat.clone(), address).map_err(|_| refused())?;
        if !requests.proves_itself().await {
            return Err(refused());
        }
        let due = self.chat.open_requests();
        tokio::spawn(requests.run(due, self.stopping()));
        Ok(())
    }

    /// Waits until so many connections are open, at most as long as a person is patient.
    pub async fn connected(&self, count: usize) -> Result<(), tokio::time::error::Elapsed> {
        let open = self
            .chat
            .until(|state| (state.sockets.count() >= count).then_some(()));
        tokio::time::timeout(self.patience, open).await
    }
}

impl State {
    /// Kills the token of an installation, and gives the user whose it was.
    pub(crate) fn revoke(&mut self, team: &TeamId) -> Option<UserId> {
        let installation = self.kept.workspaces.get_mut(team)?.installation.as_mut()?;
        installation.revoked = true;
        Some(installation.bot_user.clone())
    }
}

#[cfg(test)]
mod tests;
