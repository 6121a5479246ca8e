//! What exists in the emulated Slack and survives a restart of it: workspaces, people, channels and
//! messages.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::{BotId, ChannelId, TeamId, Ts, UserId};

/// The client that the emulated app has, for signing in with Slack.
pub const CLIENT_ID: &str = "1180.1181";
/// Its secret.
pub const CLIENT_SECRET: &str = "slack-client-secret-of-the-emulator";

/// A workspace, with the app's installation in it, if any.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Workspace {
    /// Its id.
    pub id: TeamId,
    /// The name that people see.
    pub name: String,
    /// The first label of its address.
    pub domain: String,
    /// The app as installed here.
    pub installation: Option<Installation>,
}

/// The app in one workspace.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Installation {
    /// `xoxb-…`, what the app's calls carry.
    pub bot_token: String,
    /// The user as whom the app writes.
    pub bot_user: UserId,
    /// The bot of that user.
    pub bot_id: BotId,
    /// What the installing admin granted.
    pub scopes: BTreeSet<String>,
    /// Whether the token was revoked.
    pub revoked: bool,
}

/// What kind of account a user has, as Slack tells it by several flags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserKind {
    /// A full member.
    Member,
    /// A guest of several channels, `is_restricted`.
    Guest,
    /// A guest of one channel, `is_ultra_restricted`.
    SingleChannelGuest,
    /// Somebody of another workspace, met through Slack Connect, `is_stranger`.
    Stranger {
        /// Where their account lives.
        home: TeamId,
    },
    /// An app's user.
    Bot,
}

/// A person, or the user of a bot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The workspace in which they are seen.
    pub team: TeamId,
    /// The handle.
    pub name: String,
    /// The full name.
    pub real_name: String,
    /// The address in the profile; bots have none.
    pub email: Option<String>,
    /// Whether they confirmed that address.
    pub email_confirmed: bool,
    /// The time zone's name.
    pub tz: String,
    /// Its offset from UTC, in seconds.
    pub tz_offset: i32,
    /// The language tag, such as `en-US`.
    pub locale: String,
    /// Member, guest, stranger or bot.
    pub kind: UserKind,
    /// Whether the account was deactivated.
    pub deleted: bool,
}

impl User {
    /// A full member with a confirmed address, in UTC and English; change fields for others.
    pub fn member(team: &str, id: &str, real_name: &str, email: &str) -> Self {
        Self {
            id: id.into(),
            team: team.into(),
            name: real_name.to_lowercase().replace(' ', "."),
            real_name: real_name.to_owned(),
            email: Some(email.to_owned()),
            email_confirmed: true,
            tz: "Etc/UTC".to_owned(),
            tz_offset: 0,
            locale: "en-US".to_owned(),
            kind: UserKind::Member,
            deleted: false,
        }
    }

    /// Whether this is the user of an app.
    pub fn is_bot(&self) -> bool {
        self.kind == UserKind::Bot
    }
}

/// Who may find a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelKind {
    /// Everybody in the workspace.
    Public,
    /// Its members.
    Private,
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
    /// The workspace.
    pub team: TeamId,
    /// The name without `#`; empty for direct messages.
    pub name: String,
    /// Public, private or direct.
    pub kind: ChannelKind,
    /// Who is in it, the app's user included.
    pub members: BTreeSet<UserId>,
    /// Whether it was archived.
    pub archived: bool,
}

impl Channel {
    /// A public channel with these members.
    pub fn public(team: &str, id: &str, name: &str, members: &[&str]) -> Self {
        Self {
            id: id.into(),
            team: team.into(),
            name: name.to_owned(),
            kind: ChannelKind::Public,
            members: members.iter().map(|id| UserId::from(*id)).collect(),
            archived: false,
        }
    }
}

/// A message, ephemeral or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Its stamp, unique in the emulator.
    pub ts: Ts,
    /// The workspace.
    pub team: TeamId,
    /// The conversation.
    pub channel: ChannelId,
    /// Who wrote it.
    pub author: UserId,
    /// The bot that wrote it, if one did.
    pub bot: Option<BotId>,
    /// The text, shown where there are no blocks and in notifications.
    pub text: String,
    /// The blocks, complete with the ids that Slack gives to those that have none.
    pub blocks: Vec<Value>,
    /// Slack's message metadata.
    pub metadata: Option<Value>,
    /// When it was last changed.
    pub edited: Option<Ts>,
    /// Whether it was deleted.
    pub deleted: bool,
    /// Reactions: name to people.
    pub reactions: BTreeMap<String, BTreeSet<UserId>>,
    /// For an ephemeral message, its only reader.
    pub only_for: Option<UserId>,
    /// Whether a test has looked at it.
    pub seen: bool,
}

impl Message {
    /// Whether this person sees it, given membership of the channel.
    pub fn is_visible_to(&self, user: &UserId) -> bool {
        !self.deleted && self.only_for.as_ref().is_none_or(|only| only == user)
    }
}

/// Everything that survives a restart.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Workspaces by id.
    pub workspaces: BTreeMap<TeamId, Workspace>,
    /// People and bots by id.
    pub users: BTreeMap<UserId, User>,
    /// Conversations by id.
    pub channels: BTreeMap<ChannelId, Channel>,
    /// Messages in the order of their stamps.
    pub messages: Vec<Message>,
    /// The last stamp given, in microseconds.
    pub last_stamp: i64,
    /// The last number used for an id.
    pub last_number: u64,
}
