//! A person in front of Discord: sees what was rendered, and acts on nothing else.
use std::time::Duration;

use self::rendered::{Control, Seen};
use super::ids::{ChannelId, GuildId, InteractionId, UserId};
use super::model::{Channel, Message};
use super::state::{Chat, State};

pub mod acts;
pub mod commands;
pub mod dialog;
pub mod rendered;
pub mod waits;

/// Somebody in a guild; cheap to clone.
#[derive(Clone)]
pub struct Person {
    chat: Chat,
    guild: GuildId,
    user: UserId,
    patience: Duration,
}

/// Why a person could not do what a test asked; each tells what they saw instead.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// Nobody of this id exists.
    #[error("{0} is nobody")]
    Nobody(UserId),
    /// The conversation does not exist, or this person does not see it.
    #[error("there is no conversation {0} for them")]
    NoChannel(ChannelId),
    /// What they typed is no command that they may use here.
    #[error("{line:?} is no command here; known are {known}")]
    NoCommand {
        /// What was typed.
        line: String,
        /// What could have been.
        known: String,
    },
    /// The client does not let them send what they entered.
    #[error("the client refuses {what}")]
    Refused {
        /// What, and why.
        what: String,
    },
    /// Nothing with this label is on their screen.
    #[error("nothing labelled {label:?} is there to act on; the conversation so far:\n{so_far}")]
    NothingThere {
        /// What was looked for.
        label: String,
        /// What is there.
        so_far: String,
    },
    /// What they waited for did not come.
    #[error("waited {waited:?} in vain for {what}; the conversation so far:\n{so_far}")]
    InVain {
        /// How long.
        waited: Duration,
        /// For what.
        what: String,
        /// What is there.
        so_far: String,
    },
    /// There is no modal on their screen.
    #[error("no dialog is open; the conversation so far:\n{so_far}")]
    NoDialog {
        /// What is there.
        so_far: String,
    },
}

/// What a press did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// The interaction that went to the app; a link sends none.
    pub interaction: Option<InteractionId>,
    /// The address that the person's browser opens, if it was a link.
    pub opens: Option<String>,
}

impl Person {
    pub(super) fn new(chat: Chat, guild: GuildId, user: UserId, patience: Duration) -> Self {
        Self {
            chat,
            guild,
            user,
            patience,
        }
    }

    /// The same person, waiting this long for what is to appear.
    pub fn patient_for(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Their id.
    pub fn id(&self) -> &UserId {
        &self.user
    }

    /// The guild in which they are looked at.
    pub fn guild(&self) -> &GuildId {
        &self.guild
    }

    /// The model that they live in.
    pub fn chat(&self) -> &Chat {
        &self.chat
    }

    /// The conversation between them and the app, once one of the two opened it.
    pub fn direct(&self) -> Option<ChannelId> {
        self.chat
            .read(|state| state.direct(&self.user).map(|found| found.id.clone()))
    }

    /// Opens that conversation from their side.
    pub fn opens_direct(&self) -> Result<ChannelId, PersonError> {
        let now = self.chat.now();
        self.chat.change(|state| {
            state
                .user(&self.user)
                .ok_or_else(|| PersonError::Nobody(self.user.clone()))?;
            Ok(state.open_direct(&self.user, now))
        })
    }

    /// What they see in a conversation, oldest first. Looking is what makes a message seen.
    pub fn sees(&self, channel: impl Into<ChannelId>) -> Vec<Seen> {
        let channel = channel.into();
        let seen = self.glances(&channel);
        self.mark(&seen);
        seen
    }

    /// The same without making anything seen: for the inspector.
    pub fn glances(&self, channel: &ChannelId) -> Vec<Seen> {
        let now = self.chat.now();
        self.chat.read(|state| {
            let visible = state.visible(&self.user, channel);
            visible
                .map(|message| rendered::render(state, message, self.reader(state, now)))
                .collect()
        })
    }

    /// The newest message of a conversation.
    pub fn sees_last(&self, channel: impl Into<ChannelId>) -> Option<Seen> {
        self.sees(channel).pop()
    }

    /// All conversations that they see, as text, for failures of tests.
    pub fn conversation_so_far(&self) -> String {
        let channels: Vec<(ChannelId, String)> = self.chat.read(|state| {
            let mine = state
                .kept
                .channels
                .values()
                .filter(|channel| state.can_see(&self.user, channel));
            mine.map(|channel| (channel.id.clone(), heading(channel)))
                .collect()
        });
        let mut told = String::new();
        for (id, heading) in channels {
            told.push_str(&heading);
            for seen in self.glances(&id) {
                told.push_str(&seen.to_string());
            }
        }
        told
    }

    fn reader(&self, state: &State, now: chrono::DateTime<chrono::Utc>) -> super::markdown::Reader {
        let offset = state.user(&self.user).map_or(0, |user| user.utc_offset);
        super::markdown::Reader { offset, now }
    }

    fn mark(&self, seen: &[Seen]) {
        self.chat.change(|state| {
            for seen in seen {
                if let Some(message) = state.message_mut(&seen.id) {
                    message.seen = true;
                }
            }
        });
    }

    fn place(&self, state: &State, id: &ChannelId) -> Result<Channel, PersonError> {
        let found = state
            .channel(id)
            .filter(|channel| state.can_see(&self.user, channel));
        found
            .cloned()
            .ok_or_else(|| PersonError::NoChannel(id.clone()))
    }

    fn nothing_there(&self, label: &str) -> PersonError {
        let so_far = self.conversation_so_far();
        PersonError::NothingThere {
            label: label.to_owned(),
            so_far,
        }
    }

    /// The newest message, in any conversation, with a control that fits.
    fn find(&self, fits: impl Fn(&Control) -> bool) -> Option<(Seen, Control)> {
        let now = self.chat.now();
        self.chat.read(|state| {
            let is_mine = |message: &&Message| {
                let channel = state.channel(&message.channel);
                message.is_visible_to(&self.user)
                    && channel.is_some_and(|channel| state.can_see(&self.user, channel))
            };
            let mine = state.kept.messages.iter().rev().filter(is_mine);
            mine.map(|message| rendered::render(state, message, self.reader(state, now)))
                .find_map(|seen| {
                    let control = seen
                        .controls
                        .iter()
                        .find(|control| fits(control))
                        .cloned()?;
                    Some((seen, control))
                })
        })
    }
}

fn heading(channel: &Channel) -> String {
    if channel.is_direct() {
        format!("== direct messages ({})\n", channel.id)
    } else {
        format!("== #{}\n", channel.name)
    }
}
