//! Interactions on their way to the app: whose they are, how they were delivered, and whether they were
//! acknowledged in time.
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::time::timeout;

use super::journal::Rule;
use super::{Chat, State};
use crate::emulator::discord::check::Refusal;
use crate::emulator::discord::ids::{ChannelId, GuildId, InteractionId, MessageId, UserId};

/// How long a token works after its interaction (discord.com/developers, "Followup Messages").
const TOKEN_LIFE: TimeDelta = TimeDelta::minutes(15);

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Typed a command.
    Command {
        /// Its name.
        name: String,
    },
    /// Typed in an option that suggests.
    Autocomplete,
    /// Pressed or chose something in a message.
    Component {
        /// The message.
        message: MessageId,
    },
    /// Submitted a modal.
    Modal {
        /// The message acted on before it opened, if one was.
        acted_on: Option<MessageId>,
    },
}

impl Kind {
    /// Discord's number (discord.com/developers, "Interaction Type").
    pub fn number(&self) -> u8 {
        match self {
            Self::Command { .. } => 2,
            Self::Component { .. } => 3,
            Self::Autocomplete => 4,
            Self::Modal { .. } => 5,
        }
    }

    /// The message that was acted on.
    pub fn message(&self) -> Option<&MessageId> {
        match self {
            Self::Component { message } => Some(message),
            Self::Modal { acted_on } => acted_on.as_ref(),
            Self::Command { .. } | Self::Autocomplete => None,
        }
    }
}

/// How an interaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not answered yet.
    Waiting,
    /// Acknowledged.
    Acknowledged,
    /// Not acknowledged in time.
    Failed,
}

/// One interaction.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// Its id.
    pub id: InteractionId,
    /// What its answers carry.
    pub token: String,
    /// What the person did.
    pub kind: Kind,
    /// Who.
    pub user: UserId,
    /// Where.
    pub channel: ChannelId,
    /// In which guild, if in one.
    pub guild: Option<GuildId>,
    /// When.
    pub issued: DateTime<Utc>,
    /// How it stands.
    pub standing: Standing,
    /// How often it was delivered.
    pub delivered: u32,
    /// How often it was answered.
    pub answers: u32,
    /// The message that `@original` means.
    pub original: Option<MessageId>,
    /// What was suggested, for an option that suggests.
    pub suggestions: Vec<Value>,
}

/// All of them.
#[derive(Debug)]
pub(crate) struct Interactions {
    all: BTreeMap<InteractionId, Interaction>,
    copies: u32,
}

impl Default for Interactions {
    fn default() -> Self {
        Self {
            all: BTreeMap::new(),
            copies: 1,
        }
    }
}

impl Interactions {
    pub(crate) fn get(&self, id: &InteractionId) -> Option<&Interaction> {
        self.all.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &InteractionId) -> Option<&mut Interaction> {
        self.all.get_mut(id)
    }

    /// Delivers each from now on so many times at once.
    pub(crate) fn set_copies(&mut self, copies: u32) {
        self.copies = copies.max(1);
    }

    pub(crate) fn copies(&self) -> u32 {
        self.copies
    }

    /// Whether Discord waits for an answer no longer.
    pub(crate) fn is_over(&self, id: &InteractionId) -> bool {
        self.get(id)
            .is_none_or(|found| found.standing != Standing::Waiting)
    }

    /// The value of what was suggested to this person under this name.
    pub(crate) fn suggested(&self, user: &UserId, name: &str) -> Option<Value> {
        let theirs = self.all.values().rev().filter(|found| found.user == *user);
        let mut choices = theirs.flat_map(|found| &found.suggestions);
        let is_it = |choice: &&Value| choice.get("name").and_then(Value::as_str) == Some(name);
        choices.find(is_it)?.get("value").cloned()
    }

    /// The interaction of a token that still works, or Discord's refusal.
    pub(crate) fn by_token(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<&Interaction, Refusal> {
        let found = self.all.values().find(|found| found.token == token);
        match found {
            Some(found) if now - found.issued > TOKEN_LIFE => {
                Err(Refusal::plain(401, 50027, "Invalid Webhook Token"))
            }
            Some(found) if found.standing == Standing::Acknowledged => Ok(found),
            Some(_) | None => Err(Refusal::plain(404, 10015, "Unknown Webhook")),
        }
    }
}

/// A new interaction and what it is about.
#[derive(Clone, Debug)]
pub struct Act {
    /// What the person did.
    pub kind: Kind,
    /// Who.
    pub user: UserId,
    /// Where.
    pub channel: ChannelId,
    /// In which guild, if in one.
    pub guild: Option<GuildId>,
}

impl State {
    /// Issues an interaction; it is delivered afterwards.
    pub(crate) fn issue(&mut self, act: Act, now: DateTime<Utc>) -> Interaction {
        let id = InteractionId::from(self.snowflake(now));
        let interaction = Interaction {
            // Discord's tokens are long and say nothing; this one is as unlikely to be mixed up.
            token: format!("aW50ZXJhY3Rpb24{id}-{}", act.user),
            id: id.clone(),
            kind: act.kind,
            user: act.user,
            channel: act.channel,
            guild: act.guild,
            issued: now,
            standing: Standing::Waiting,
            delivered: 0,
            answers: 0,
            original: None,
            suggestions: Vec::new(),
        };
        self.interactions.all.insert(id, interaction.clone());
        interaction
    }
}

impl Chat {
    /// Sends an interaction to the app, by its endpoint if it has one, else on the gateway, and watches over
    /// its acknowledgement.
    pub(crate) fn deliver(&self, id: &InteractionId, payload: &Value) {
        self.change(|state| {
            let copies = state.interactions.copies();
            for _ in 0..copies {
                let sent = state.gateway.send_interaction(id, payload);
                if let Some(found) = state.interactions.get_mut(id).filter(|_| sent) {
                    found.delivered += 1;
                }
            }
        });
        tokio::spawn(self.clone().watch(id.clone()));
    }

    async fn watch(self, id: InteractionId) {
        let over = self.until(|state| state.interactions.is_over(&id).then_some(()));
        if timeout(self.acknowledge_within(), over).await.is_ok() {
            return;
        }
        let now = self.now();
        self.change(|state| {
            let Some(found) = state.interactions.get_mut(&id) else {
                return;
            };
            if found.standing != Standing::Waiting {
                return;
            }
            found.standing = Standing::Failed;
            let failed = found.clone();
            if failed.delivered > 0 {
                let detail = format!("{id}: {:?} of {}", failed.kind, failed.user);
                state.journal.blame(now, Rule::NotAcknowledged, detail);
            }
            state.tell_of_failure(&failed, now);
        });
    }

    /// An interaction came to nothing: the endpoint refused it or answered nonsense.
    pub(crate) fn give_up(&self, id: &InteractionId) {
        let now = self.now();
        self.change(|state| {
            let Some(found) = state.interactions.get_mut(id) else {
                return;
            };
            if found.standing == Standing::Waiting {
                found.standing = Standing::Failed;
                let failed = found.clone();
                state.tell_of_failure(&failed, now);
            }
        });
    }
}
