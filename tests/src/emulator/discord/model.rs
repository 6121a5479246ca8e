//! What exists in the emulated Discord and survives a restart of it: guilds, people, channels, messages and
//! the commands that the app registered.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::{ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};

/// The permission to see a channel (discord.com/developers, "Permissions").
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// The permission to write in it.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// The permission to write embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// The permission to read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// The permission to use commands of apps.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// What an app is usually given in a channel in which it works.
pub const USUAL_PERMISSIONS: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | READ_MESSAGE_HISTORY | USE_APPLICATION_COMMANDS;

/// The flag of a message that only one person sees (discord.com/developers, "Message Flags").
pub const EPHEMERAL: u64 = 1 << 6;
/// The flag of an answer that was deferred and is not there yet.
pub const LOADING: u64 = 1 << 7;

/// A guild, which people call a server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Guild {
    /// Its id.
    pub id: GuildId,
    /// The name that people see.
    pub name: String,
    /// Its preferred language.
    pub locale: String,
    /// Whether the app is installed here.
    pub has_app: bool,
    /// Names of its roles.
    pub roles: BTreeMap<RoleId, String>,
    /// Who is in it.
    pub members: BTreeMap<UserId, Member>,
}

/// Somebody's membership of a guild.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Member {
    /// The name that they go by here, if another than elsewhere.
    pub nick: Option<String>,
    /// Their roles.
    pub roles: BTreeSet<RoleId>,
}

/// A person, or the user of the app.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The handle.
    pub username: String,
    /// The name that people see.
    pub display_name: String,
    /// The language of their client, such as `en-US`.
    pub locale: String,
    /// The distance of their clock from UTC, in seconds.
    pub utc_offset: i32,
    /// Whether this is the app's user.
    pub is_bot: bool,
    /// Whether they installed the app for themselves, so that its commands work for them everywhere.
    pub has_app: bool,
    /// Whether they take direct messages from members of their guilds, apps included.
    pub accepts_direct: bool,
}

impl User {
    /// A person in UTC and English who takes direct messages; change fields for others.
    pub fn person(id: &str, display_name: &str) -> Self {
        Self {
            id: id.into(),
            username: display_name.to_lowercase().replace(' ', "."),
            display_name: display_name.to_owned(),
            locale: "en-US".to_owned(),
            utc_offset: 0,
            is_bot: false,
            has_app: false,
            accepts_direct: true,
        }
    }
}

/// Where a channel is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelKind {
    /// A text channel of a guild, seen by its members.
    Text {
        /// The guild.
        guild: GuildId,
    },
    /// The app and one person.
    Direct {
        /// That person.
        with: UserId,
    },
}

/// A conversation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// The name without `#`; empty for a direct conversation.
    pub name: String,
    /// In a guild or direct.
    pub kind: ChannelKind,
    /// What the app may do here, as Discord's bits.
    pub app_permissions: u64,
}

impl Channel {
    /// A channel of a guild in which the app may do its work.
    pub fn text(guild: &str, id: &str, name: &str) -> Self {
        Self {
            id: id.into(),
            name: name.to_owned(),
            kind: ChannelKind::Text {
                guild: guild.into(),
            },
            app_permissions: USUAL_PERMISSIONS,
        }
    }

    /// The guild it belongs to, if any.
    pub fn guild(&self) -> Option<&GuildId> {
        match &self.kind {
            ChannelKind::Text { guild } => Some(guild),
            ChannelKind::Direct { .. } => None,
        }
    }

    /// Whether this is the conversation of the app with one person.
    pub fn is_direct(&self) -> bool {
        self.guild().is_none()
    }
}

/// To which interaction a message is the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The interaction.
    pub interaction: InteractionId,
    /// Discord's number for its kind.
    pub kind: u8,
    /// Whose it was.
    pub user: UserId,
    /// The command's name, for an answer to a command.
    pub command: Option<String>,
    /// The message that was acted on, if one was.
    pub acted_on: Option<MessageId>,
}

/// A message, ephemeral or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The conversation.
    pub channel: ChannelId,
    /// Who wrote it.
    pub author: UserId,
    /// The text above the embeds.
    pub content: String,
    /// The embeds, complete with what Discord adds.
    pub embeds: Vec<Value>,
    /// The components, complete with what Discord adds.
    pub components: Vec<Value>,
    /// Discord's flags.
    pub flags: u64,
    /// What the sender gave to be recognised by.
    pub nonce: Option<Value>,
    /// Whom it notifies: ids of people and roles, `everyone`, `here`.
    pub pings: Vec<String>,
    /// The interaction that it answers.
    pub answers: Option<Answered>,
    /// When it was written.
    pub posted: DateTime<Utc>,
    /// When it was last changed.
    pub edited: Option<DateTime<Utc>>,
    /// Counts its changes, those by answers to interactions included.
    pub version: u64,
    /// Whether it was deleted.
    pub deleted: bool,
    /// For an ephemeral message, its only reader.
    pub only_for: Option<UserId>,
    /// Whether the app wrote it.
    pub is_app: bool,
    /// Whether a test has looked at it.
    pub seen: bool,
}

impl Message {
    /// Whether this person sees it, given sight of the channel.
    pub fn is_visible_to(&self, user: &UserId) -> bool {
        !self.deleted && self.only_for.as_ref().is_none_or(|only| only == user)
    }

    /// Whether it is a deferred answer that has not come yet.
    pub fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }
}

/// Everything that survives a restart.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Guilds by id.
    pub guilds: BTreeMap<GuildId, Guild>,
    /// People and the app's user by id.
    pub users: BTreeMap<UserId, User>,
    /// Conversations by id.
    pub channels: BTreeMap<ChannelId, Channel>,
    /// Messages in the order of their ids.
    pub messages: Vec<Message>,
    /// The registered commands, as the API shows them.
    pub commands: Vec<Value>,
    /// The last snowflake given.
    pub last_snowflake: u64,
}
