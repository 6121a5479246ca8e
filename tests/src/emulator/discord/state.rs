//! The model of Discord: what exists, what is under way, what happened. No HTTP in here; the skin, the
//! persons and the inspector read and change it through [`Chat`], which tells everybody who waits.
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use ed25519_dalek::{Signer as _, SigningKey};
use tokio::sync::watch;

use self::faults::Faults;
use self::gateway::Gateway;
use self::interactions::Interactions;
use self::journal::{Journal, Rule};
use self::modals::Modals;
use self::rates::{Limits, Rates};
use super::ids::{self, ChannelId, GuildId, UserId};
use super::model::{Channel, ChannelKind, Guild, Kept, USUAL_PERMISSIONS, User};
use crate::clock::Clock;

mod answers;
pub mod faults;
pub mod gateway;
pub mod interactions;
pub mod journal;
pub mod messages;
pub mod modals;
pub mod rates;

/// The app that the emulator hosts.
#[derive(Clone)]
pub struct App {
    /// Its id, which is that of its user as well.
    pub id: UserId,
    /// The name that people see.
    pub name: String,
    /// What the app's calls carry after `Bot `, and what it identifies with on the gateway.
    pub bot_token: String,
    /// The seed of the key with which Discord signs what it posts to the app.
    pub signing_seed: [u8; 32],
    /// The privileged intents that were switched on for the app.
    pub privileged_intents: u64,
}

impl Default for App {
    fn default() -> Self {
        Self {
            id: "1180000000000000001".into(),
            name: "Chorus".to_owned(),
            bot_token: "emulated.bot.token".to_owned(),
            signing_seed: [7; 32],
            privileged_intents: 0,
        }
    }
}

impl App {
    /// The key that the app verifies signatures with, in hexadecimal digits.
    pub fn public_key(&self) -> String {
        hexadecimal(self.key().verifying_key().as_bytes())
    }

    /// The signature that Discord puts on a request: over the stamp, then the body.
    pub fn sign(&self, stamp: &str, body: &[u8]) -> String {
        let message = [stamp.as_bytes(), body].concat();
        hexadecimal(&self.key().sign(&message).to_bytes())
    }

    fn key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.signing_seed)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or_default();
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// What history shows when it is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenHistory {
    /// Nothing, as without the permission to read it.
    Empty,
    /// A refusal, as without sight of the channel.
    Refused,
}

/// Everything, behind one lock.
#[derive(Debug, Default)]
pub struct State {
    /// What survives a restart.
    pub kept: Kept,
    /// The modals open now.
    pub modals: Modals,
    /// Calls and violations.
    pub journal: Journal,
    /// What is limited, changeable at any time.
    pub limits: Limits,
    /// How history is hidden, if it is.
    pub hidden_history: Option<HiddenHistory>,
    pub(crate) gateway: Gateway,
    pub(crate) interactions: Interactions,
    pub(crate) rates: Rates,
    pub(crate) faults: Faults,
}

impl State {
    /// A snowflake later than every other.
    pub(crate) fn snowflake(&mut self, now: DateTime<Utc>) -> String {
        let next = ids::first_of(now).max(self.kept.last_snowflake + 1);
        self.kept.last_snowflake = next;
        next.to_string()
    }

    /// A user by id.
    pub fn user(&self, id: &UserId) -> Option<&User> {
        self.kept.users.get(id)
    }

    /// A channel by id.
    pub fn channel(&self, id: &ChannelId) -> Option<&Channel> {
        self.kept.channels.get(id)
    }

    /// A guild by id.
    pub fn guild(&self, id: &GuildId) -> Option<&Guild> {
        self.kept.guilds.get(id)
    }

    /// The direct conversation of the app with this person, if it was ever opened.
    pub fn direct(&self, user: &UserId) -> Option<&Channel> {
        let is_theirs = |channel: &&Channel| matches!(&channel.kind, ChannelKind::Direct { with } if with == user);
        self.kept.channels.values().find(is_theirs)
    }

    /// Opens that conversation, or finds it.
    pub(crate) fn open_direct(&mut self, user: &UserId, now: DateTime<Utc>) -> ChannelId {
        if let Some(channel) = self.direct(user) {
            return channel.id.clone();
        }
        let id = ChannelId::from(self.snowflake(now));
        let channel = Channel {
            id: id.clone(),
            name: String::new(),
            kind: ChannelKind::Direct { with: user.clone() },
            app_permissions: USUAL_PERMISSIONS,
        };
        self.kept.channels.insert(id.clone(), channel);
        id
    }

    /// Whether a person sees a channel: their own direct conversation, and channels of their guilds.
    pub fn can_see(&self, user: &UserId, channel: &Channel) -> bool {
        match &channel.kind {
            ChannelKind::Direct { with } => with == user,
            ChannelKind::Text { guild } => self
                .guild(guild)
                .is_some_and(|guild| guild.members.contains_key(user)),
        }
    }

    /// Whether a person shares a guild with the app.
    pub(crate) fn meets_app(&self, user: &UserId) -> bool {
        let shared = |guild: &Guild| guild.has_app && guild.members.contains_key(user);
        self.kept.guilds.values().any(shared)
    }
}

struct Inner {
    state: Mutex<State>,
    changes: watch::Sender<u64>,
    clock: Clock,
    app: App,
    acknowledge_within: Duration,
}

/// A handle to the model; cheap to clone.
#[derive(Clone)]
pub struct Chat(Arc<Inner>);

impl Chat {
    /// An empty Discord that hosts this app.
    pub fn new(app: App, clock: Clock, acknowledge_within: Duration) -> Self {
        let mut state = State::default();
        let user = User {
            is_bot: true,
            ..User::person(app.id.as_str(), &app.name)
        };
        state.kept.users.insert(user.id.clone(), user);
        Self(Arc::new(Inner {
            state: Mutex::new(state),
            changes: watch::Sender::new(0),
            clock,
            app,
            acknowledge_within,
        }))
    }

    /// The app.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The time of this world.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// How long an interaction waits for its acknowledgement.
    pub(crate) fn acknowledge_within(&self) -> Duration {
        self.0.acknowledge_within
    }

    /// Looks. The model is locked meanwhile: `look` must not ask a handle again.
    pub fn read<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes, and wakes all who wait.
    pub fn change<R>(&self, alter: impl FnOnce(&mut State) -> R) -> R {
        let result = alter(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.changes.send_modify(|count| *count += 1);
        result
    }

    /// A receiver that sees each change from now on.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    /// Waits, without polling, until `look` finds something.
    pub async fn until<R>(&self, mut look: impl FnMut(&State) -> Option<R>) -> R {
        let mut changes = self.changes();
        loop {
            changes.borrow_and_update();
            if let Some(found) = self.read(&mut look) {
                return found;
            }
            if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// Notes a broken rule.
    pub(crate) fn blame(&self, rule: Rule, detail: impl Into<String>) {
        let now = self.now();
        self.change(|state| state.journal.blame(now, rule, detail));
    }

    /// Writes what survives a restart; the file is replaced as a whole or not at all.
    pub fn save(&self, path: &Path) -> std::io::Result<()> {
        let json = self.read(|state| serde_json::to_vec(&state.kept))?;
        let beside = path.with_extension("new");
        std::fs::write(&beside, json)?;
        std::fs::rename(beside, path)
    }

    /// Takes up what an earlier run saved.
    pub fn load(&self, path: &Path) -> std::io::Result<()> {
        let kept: Kept = serde_json::from_slice(&std::fs::read(path)?)?;
        self.change(|state| state.kept = kept);
        Ok(())
    }
}
