//! To whom a post is suggested, and what a former version of it said.

use chrono::{DateTime, Utc};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::enums::{EditMode, Language, Network, Platform, PostKind, Priority, Role};
use crate::ids::{ChannelId, TeamId};

/// A rule over members: within a list one suffices, and every list that is not empty counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Audience {
    /// Members of one of these teams, or of a team below.
    pub teams: Vec<TeamId>,
    /// Members who read one of these languages.
    pub languages: Vec<Language>,
    /// Members who hold one of these roles.
    pub roles: Vec<Role>,
    /// Members with an account on one of these chats.
    pub platforms: Vec<Platform>,
    /// The channels that get a card; none for all.
    pub channels: Option<Vec<ChannelId>>,
}

/// What a post says, as it was at some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct PostContent {
    /// What members are asked to do.
    pub kind: PostKind,
    /// Its headline.
    pub title: String,
    /// One or two neutral sentences.
    #[serde(default)]
    pub summary: String,
    /// Where its links lead.
    #[serde(default)]
    pub url: Option<String>,
    /// A picture.
    #[serde(default)]
    pub image_url: Option<String>,
    /// The picture in words.
    #[serde(default)]
    pub image_alt: Option<String>,
    /// Language of the content.
    #[serde(default)]
    pub language: Option<Language>,
    /// Slug of a campaign.
    #[serde(default)]
    pub campaign: Option<String>,
    /// Names of topics.
    #[serde(default)]
    pub topics: Vec<String>,
    /// How far members may change its words.
    #[serde(default = "free")]
    pub edit_mode: EditMode,
    /// Shown before others.
    #[serde(default)]
    pub featured: bool,
    /// Its place among those that are featured alike.
    #[serde(default)]
    pub priority: Priority,
    /// To whom it is suggested.
    #[serde(default)]
    pub audience: Option<Audience>,
    /// Neither shown nor shared before this time.
    #[serde(default)]
    pub embargo_until: Option<DateTime<Utc>>,
    /// Its own disclosure.
    #[serde(default)]
    pub disclosure: Option<String>,
    /// Its wordings, in order.
    #[serde(default)]
    pub variants: Vec<Words>,
    /// When it is to go live.
    #[serde(default)]
    pub publish_at: Option<DateTime<Utc>>,
    /// When suggesting and sharing end.
    #[serde(default)]
    pub expires_at: Option<DateTime<Utc>>,
}

/// One wording of a post as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The network it is for; none for every network.
    pub network: Option<Network>,
    /// The words.
    pub text: String,
}

/// Words and phrases that no post may contain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Phrases(pub Vec<String>);

fn free() -> EditMode {
    EditMode::Free
}
