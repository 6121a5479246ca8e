//! The model of Slack: what exists, what is under way, what happened. No HTTP in here; the skin, the
//! persons and the inspector read and change it through [`Chat`], which tells everybody who waits.
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use self::envelopes::Sockets;
use self::faults::Faults;
use self::grants::Grants;
use self::journal::{Journal, Rule};
use self::logins::Logins;
use self::rates::{Limits, Rates};
use self::triggers::Keys;
use self::views::{View, Views};
use super::ids::{ChannelId, TeamId, Ts, UserId};
use super::model::{Channel, ChannelKind, Installation, Kept, User, Workspace};
use crate::clock::Clock;

mod answers;
pub mod envelopes;
pub mod faults;
pub(crate) mod grants;
pub mod journal;
pub(crate) mod logins;
pub mod messages;
pub mod rates;
pub(crate) mod requests;
pub mod triggers;
pub mod views;

/// The app that the emulator hosts: one, installed in any number of workspaces.
#[derive(Clone, Debug)]
pub struct App {
    /// Its id.
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// `xapp-…`, which opens sockets.
    pub app_token: String,
    /// Signs the requests that go to its request URL.
    pub signing_secret: String,
    /// Whether its Home tab is switched on.
    pub has_home: bool,
    /// The slash commands of its manifest; what else begins with `/` never reaches it.
    pub commands: Vec<String>,
}

impl Default for App {
    fn default() -> Self {
        Self {
            id: "A0CHORUS".to_owned(),
            name: "Chorus".to_owned(),
            app_token: "xapp-1-emulator".to_owned(),
            signing_secret: "emulated-signing-secret".to_owned(),
            has_home: true,
            commands: vec!["/chorus".to_owned()],
        }
    }
}

/// Everything, behind one lock.
#[derive(Debug, Default)]
pub struct State {
    /// What survives a restart.
    pub kept: Kept,
    /// The modals open now.
    pub views: Views,
    /// The Home tab of the app as each person has it.
    pub homes: BTreeMap<UserId, View>,
    /// Calls and violations.
    pub journal: Journal,
    /// What is limited, changeable at any time.
    pub limits: Limits,
    /// When set, `conversations.history` answers with this error.
    pub hidden_history: Option<String>,
    pub(crate) sockets: Sockets,
    pub(crate) rates: Rates,
    pub(crate) keys: Keys,
    pub(crate) faults: Faults,
    pub(crate) tickets: HashSet<String>,
    pub(crate) logins: Logins,
    pub(crate) grants: Grants,
}

impl State {
    /// A number never used before.
    pub(crate) fn number(&mut self) -> u64 {
        self.kept.last_number += 1;
        self.kept.last_number
    }

    /// A stamp later than every other.
    pub(crate) fn stamp(&mut self, now: DateTime<Utc>) -> Ts {
        let micros = now.timestamp_micros().max(self.kept.last_stamp + 100);
        self.kept.last_stamp = micros;
        Ts::from(format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000))
    }

    /// The workspace that this bot token belongs to, revoked or not.
    pub fn installed(&self, token: &str) -> Option<(&Workspace, &Installation)> {
        self.kept.workspaces.values().find_map(|workspace| {
            let installation = workspace.installation.as_ref()?;
            (installation.bot_token == token).then_some((workspace, installation))
        })
    }

    /// A channel of this workspace.
    pub fn channel(&self, team: &TeamId, id: &ChannelId) -> Option<&Channel> {
        self.kept
            .channels
            .get(id)
            .filter(|channel| channel.team == *team)
    }

    /// A user of this workspace.
    pub fn user(&self, team: &TeamId, id: &UserId) -> Option<&User> {
        self.kept.users.get(id).filter(|user| user.team == *team)
    }

    /// The direct conversation of the app with this person, if it was ever opened.
    pub fn direct(&self, team: &TeamId, user: &UserId) -> Option<&Channel> {
        self.kept.channels.values().find(|channel| {
            channel.team == *team
                && matches!(&channel.kind, ChannelKind::Direct { with } if with == user)
        })
    }

    /// Opens that conversation, or finds it.
    pub(crate) fn open_direct(&mut self, team: &TeamId, user: &UserId, bot: &UserId) -> ChannelId {
        if let Some(channel) = self.direct(team, user) {
            return channel.id.clone();
        }
        let id = ChannelId::from(format!("D{:09}", self.number()));
        let channel = Channel {
            id: id.clone(),
            team: team.clone(),
            name: String::new(),
            kind: ChannelKind::Direct { with: user.clone() },
            members: [user.clone(), bot.clone()].into(),
            archived: false,
        };
        self.kept.channels.insert(id.clone(), channel);
        id
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
    /// An empty Slack that hosts this app.
    pub fn new(app: App, clock: Clock, acknowledge_within: Duration) -> Self {
        Self(Arc::new(Inner {
            state: Mutex::default(),
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

    /// How long an envelope waits for its acknowledgement.
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
