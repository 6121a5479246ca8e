//! To whom a post is suggested.

use serde::{Deserialize, Serialize};

use crate::enums::{Language, Platform, Role};
use crate::ids::{ChannelId, TeamId};

/// A rule over members: within a list one suffices, and every list that is not empty counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Members of one of these teams, or of a team below.
    #[serde(default)]
    pub teams: Vec<TeamId>,
    /// Members who read one of these languages.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Members who hold one of these roles.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Members with an account on one of these chats, and the channels there.
    #[serde(default)]
    pub platforms: Vec<Platform>,
    /// The channels that get a card; all unless given.
    #[serde(default)]
    pub channels: Option<Vec<ChannelId>>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// The team above; none at the root.
    pub parent_id: Option<TeamId>,
}

/// The teams of an organization, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Teams {
    /// The teams.
    pub items: Vec<Team>,
}

/// A rule to be measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeasureAudience {
    /// The rule; everybody unless given.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// Names of what the post is about: channels may want some topics only.
    #[serde(default)]
    pub topics: Vec<String>,
}

/// How many a rule reaches today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AudienceSize {
    /// Members to whom the post is suggested.
    pub members: i64,
    /// Those of them who asked for a direct message about each post, in steps of five, so that
    /// no figure, and no difference of two, is one person's; none where fewer than five are meant.
    pub direct: Option<i64>,
    /// Channels that get a card.
    pub channels: i64,
    /// Messages a minute, at most.
    pub per_minute: u32,
    /// How long all of them take at that rate, in seconds.
    pub seconds: i64,
}
