//! A person in front of Slack: sees what was rendered, and acts on nothing else.
use std::net::SocketAddr;
use std::time::Duration;

use self::rendered::{Control, Seen};
use super::ids::{ChannelId, EnvelopeId, TeamId, UserId};
use super::model::{Message, User, Workspace};
use super::state::{Chat, State};

pub mod acts;
pub mod dialog;
pub mod home;
pub mod rendered;
mod shortcuts;
pub mod waits;

/// Somebody in a workspace; cheap to clone.
#[derive(Clone)]
pub struct Person {
    chat: Chat,
    team: TeamId,
    user: UserId,
    patience: Duration,
    address: SocketAddr,
}

/// Why a person could not do what a test asked; each tells what they saw instead.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// Nobody of this id is in this workspace, or the app is not installed there.
    #[error("{user} is nobody in {team}, or the app is not installed there")]
    Nobody {
        /// The workspace.
        team: TeamId,
        /// The id.
        user: UserId,
    },
    /// The conversation does not exist.
    #[error("there is no conversation {0}")]
    NoChannel(ChannelId),
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
    /// The envelope that went to the app.
    pub envelope: EnvelopeId,
    /// The address that the person's browser opens, if it was a link.
    pub opens: Option<String>,
}

impl Person {
    pub(super) fn new(
        chat: Chat,
        team: TeamId,
        user: UserId,
        patience: Duration,
        address: SocketAddr,
    ) -> Self {
        Self {
            chat,
            team,
            user,
            patience,
            address,
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

    /// Their workspace's id.
    pub fn team(&self) -> &TeamId {
        &self.team
    }

    /// The model that they live in.
    pub fn chat(&self) -> &Chat {
        &self.chat
    }

    /// The conversation between them and the app, once one of the two opened it.
    pub fn direct(&self) -> Option<ChannelId> {
        self.chat.read(|state| {
            state
                .direct(&self.team, &self.user)
                .map(|found| found.id.clone())
        })
    }

    /// Opens that conversation from their side.
    pub fn opens_direct(&self) -> Result<ChannelId, PersonError> {
        self.chat.change(|state| {
            let (workspace, _) = self.identity(state)?;
            let bot = workspace
                .installation
                .as_ref()
                .map(|app| app.bot_user.clone());
            let bot = bot.ok_or_else(|| self.nobody())?;
            Ok(state.open_direct(&self.team, &self.user, &bot))
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
        self.chat.read(|state| {
            state
                .visible(&self.user, channel)
                .map(|message| self.render(state, message))
                .collect()
        })
    }

    /// The newest message of a conversation.
    pub fn sees_last(&self, channel: impl Into<ChannelId>) -> Option<Seen> {
        self.sees(channel).pop()
    }

    /// All conversations that they are in, as text, for failures of tests.
    pub fn conversation_so_far(&self) -> String {
        let channels: Vec<(ChannelId, String)> = self.chat.read(|state| {
            let mine = state
                .kept
                .channels
                .values()
                .filter(|c| c.members.contains(&self.user));
            mine.map(|channel| (channel.id.clone(), channel.name.clone()))
                .collect()
        });
        let mut told = String::new();
        for (id, name) in channels {
            told.push_str(&format_heading(&id, &name));
            for seen in self.glances(&id) {
                told.push_str(&seen.to_string());
            }
        }
        if let Some(home) = self.home() {
            told.push_str("== Home\n");
            told.push_str(&home.to_string());
        }
        told
    }

    fn render(&self, state: &State, message: &Message) -> Seen {
        let offset = state
            .user(&self.team, &self.user)
            .map_or(0, |user| user.tz_offset);
        rendered::render(state, message, offset)
    }

    fn mark(&self, seen: &[Seen]) {
        self.chat.change(|state| {
            for seen in seen {
                if let Some(message) = state.message_mut(&seen.channel, &seen.ts) {
                    message.seen = true;
                }
            }
        });
    }

    fn identity<'s>(&self, state: &'s State) -> Result<(&'s Workspace, &'s User), PersonError> {
        let workspace = state.kept.workspaces.get(&self.team);
        let user = state.user(&self.team, &self.user);
        workspace.zip(user).ok_or_else(|| self.nobody())
    }

    fn nobody(&self) -> PersonError {
        PersonError::Nobody {
            team: self.team.clone(),
            user: self.user.clone(),
        }
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
        self.chat.read(|state| {
            state
                .kept
                .messages
                .iter()
                .rev()
                .filter(|message| message.team == self.team && message.is_visible_to(&self.user))
                .filter(|message| {
                    let channel = state.kept.channels.get(&message.channel);
                    channel.is_some_and(|channel| channel.members.contains(&self.user))
                })
                .map(|message| self.render(state, message))
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

fn format_heading(id: &ChannelId, name: &str) -> String {
    if name.is_empty() {
        format!("== direct messages ({id})\n")
    } else {
        format!("== #{name}\n")
    }
}
