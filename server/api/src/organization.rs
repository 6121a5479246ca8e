//! The organization and its first set-up.

use serde::{Deserialize, Serialize};

use crate::enums::{FeedMode, JoinPolicy, Language, Platform};
use crate::ids::{ChannelId, InstallationId, OrganizationId};

/// The tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Name in addresses.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Language of channel posts.
    pub language: Language,
    /// Who may join by themselves.
    pub join_policy: JoinPolicy,
    /// Whom somebody who may not join is told to ask.
    pub contact: Option<String>,
}

/// A channel that receives suggested posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// The workspace it lives in.
    pub installation_id: InstallationId,
    /// The platform's channel id.
    pub external_id: String,
    /// Its name.
    pub name: String,
}

/// Everything that a programme needs to begin. Applying it twice changes nothing;
/// applying it with other values changes those.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The organization.
    pub organization: SetupOrganization,
    /// Its owner.
    pub owner: SetupOwner,
    /// The chat workspaces in which the bot is installed.
    #[serde(default)]
    pub workspaces: Vec<SetupWorkspace>,
    /// The feeds to follow.
    #[serde(default)]
    pub feeds: Vec<SetupFeed>,
}

/// The organization to set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupOrganization {
    /// Name in addresses: lower-case letters, digits and hyphens.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// IANA time zone; UTC unless given.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// English unless given.
    #[serde(default)]
    pub language: Option<Language>,
    /// `workspace` unless given.
    #[serde(default)]
    pub join_policy: Option<JoinPolicy>,
    /// Whom somebody who may not join is told to ask.
    #[serde(default)]
    pub contact: Option<String>,
}

/// The first owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupOwner {
    /// E-mail address.
    pub email: String,
    /// The name that colleagues know.
    pub name: String,
}

/// A workspace in which the bot is installed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupWorkspace {
    /// Which chat.
    pub platform: Platform,
    /// Slack's team id or Discord's guild id.
    pub external_id: String,
    /// The workspace's name.
    pub name: String,
    /// The bot's user id, if known.
    #[serde(default)]
    pub bot_user_ref: Option<String>,
    /// The bot's token; none on Discord, where one token of the configuration serves all guilds.
    #[serde(default)]
    pub bot_token: String,
    /// The channels that receive posts.
    #[serde(default)]
    pub channels: Vec<SetupChannel>,
    /// Roles of a guild whose holders belong to a team.
    #[serde(default)]
    pub roles: Vec<SetupRole>,
}

/// A role of a guild and the team of its holders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupRole {
    /// The platform's role id.
    pub external_id: String,
    /// Name of the team; made if there is none.
    pub team: String,
}

impl std::fmt::Debug for SetupWorkspace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetupWorkspace")
            .field("platform", &self.platform)
            .field("external_id", &self.external_id)
            .field("channels", &self.channels)
            .finish_non_exhaustive()
    }
}

/// A channel to post in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupChannel {
    /// The platform's channel id.
    pub external_id: String,
    /// Its name.
    pub name: String,
}

/// A feed to follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupFeed {
    /// Its address.
    pub url: String,
    /// `draft` unless given.
    #[serde(default)]
    pub mode: Option<FeedMode>,
    /// Five POSIX cron fields; hourly unless given.
    #[serde(default)]
    pub cron: Option<String>,
}
