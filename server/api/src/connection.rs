//! Connections to chats: workspaces and guilds, how they are, and which topics their channels get.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{DeliveryState, Platform};
use crate::ids::{ChannelId, DeliveryId, InstallationId, TopicId};

/// What ails a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AilmentKind {
    /// Somebody disconnected it in the console: connect it again.
    Disconnected,
    /// The app was taken away in the chat: connect it again.
    Uninstalled,
    /// Its token was sealed with another key: put that key back, or connect it again.
    Sealed,
    /// Its token has ended: connect it again.
    Expired,
    /// Its token could not be renewed yet; it is tried again.
    NotRenewed,
    /// The chat does not take its token: connect it again.
    TokenRefused,
    /// Its token lacks scopes: connect it again, and allow all of them.
    MissingScopes,
    /// The part that serves the chat is not there: start it.
    Unserved,
    /// No channel gets posts: add one.
    NoChannel,
    /// All of its channels rest: resume one.
    AllPaused,
    /// The last message failed, since its channel is archived or gone.
    ChannelGone,
    /// The last message failed, since the bot is not in its channel or may not write there.
    OutsideChannel,
    /// The last message failed for another reason.
    LastFailed,
}

/// Something that ails a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ailment {
    /// What it is.
    pub kind: AilmentKind,
    /// The chat's own word for it.
    pub reason: Option<String>,
    /// The scopes that are missing.
    pub scopes: Vec<String>,
}

/// What became of a test message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelTest {
    /// How far it has come.
    pub state: DeliveryState,
    /// When that became final, or when it was sent.
    pub at: DateTime<Utc>,
    /// Why it failed, as a short code.
    pub reason: Option<String>,
}

/// A test message that is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentTest {
    /// The delivery that it is.
    pub delivery_id: DeliveryId,
    /// What has become of it so far.
    pub test: ChannelTest,
}

/// A channel of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectedChannel {
    /// Its id.
    pub id: ChannelId,
    /// The platform's channel id.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// Since when it rests, if it does.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it stopped to get posts for good.
    pub removed_at: Option<DateTime<Utc>>,
    /// Names of the topics that it gets; none where it gets posts of every topic.
    pub topics: Option<Vec<String>>,
    /// What became of the last test message.
    pub test: Option<ChannelTest>,
}

/// A workspace or guild that somebody of the organization let the bot into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Connection {
    /// Its id.
    pub id: InstallationId,
    /// Which chat.
    pub platform: Platform,
    /// Slack's team or enterprise id, or Discord's guild id.
    pub external_id: String,
    /// Its name.
    pub name: String,
    /// Whether it stands for all workspaces of an enterprise.
    pub org_wide: bool,
    /// When somebody last connected it.
    pub connected_at: DateTime<Utc>,
    /// When the part that serves the chat last asked for it.
    pub seen_at: Option<DateTime<Utc>>,
    /// When its token ends unless it is renewed.
    pub token_expires_at: Option<DateTime<Utc>>,
    /// When a message last arrived in one of its channels.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When one last failed.
    pub failed_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// What ails it, the most urgent first; nothing where it is well.
    pub ailments: Vec<Ailment>,
    /// Its channels, by name.
    pub channels: Vec<ConnectedChannel>,
}

/// The connections of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Connections {
    /// Those that ended among them, oldest first.
    pub items: Vec<Connection>,
}

/// A channel to be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddChannel {
    /// The chat's id of the channel, or its address as the chat copies it.
    pub place: String,
    /// Its name.
    pub name: String,
}

/// Which topics a channel gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChannelTopics {
    /// The channel.
    pub channel_id: ChannelId,
    /// The topics whose posts it gets; none where it gets posts of every topic.
    pub topics: Option<Vec<RoutedTopic>>,
}

/// A topic that leads to a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoutedTopic {
    /// The topic.
    pub id: TopicId,
    /// Its name.
    pub name: String,
}

/// Which topics a channel is to get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetChannelTopics {
    /// The topics, one at least; without any list it gets posts of every topic.
    #[serde(default)]
    pub topics: Option<Vec<TopicId>>,
}
