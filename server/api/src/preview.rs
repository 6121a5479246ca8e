//! A draft as it will stand, and what a page says of itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::CheckFinding;
use crate::enums::{Language, Network};

/// A draft as it will stand: nothing is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostPreview {
    /// On each network that can carry it, in the order in which networks are offered.
    pub networks: Vec<NetworkPreview>,
    /// What networks show of its link, where it has one.
    pub link: Option<LinkCard>,
    /// What stands in its way, as far as it tells itself.
    pub findings: Vec<CheckFinding>,
    /// Slack's message for a channel: `text` and `blocks`.
    pub slack: Value,
    /// Discord's message for a channel: `embeds` and `components`.
    pub discord: Value,
}

/// A draft on a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NetworkPreview {
    /// The network.
    pub network: Network,
    /// How much it allows, in its own units.
    pub limit: u64,
    /// Whether it takes the words from us; else they are copied.
    pub takes_words: bool,
    /// The wordings that may be dealt there.
    pub texts: Vec<TextPreview>,
}

/// A wording as it will stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextPreview {
    /// Its place among the draft's wordings; none where the title serves.
    pub variant: Option<u64>,
    /// The words with disclosure and a link as long as it will be.
    pub text: String,
    /// What they count on the network.
    pub length: u64,
    /// Whether they fit.
    pub fits: bool,
}

/// A link as networks show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkCard {
    /// Host of the destination, such as `example.org`.
    pub source: Option<String>,
    /// The headline.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// A picture.
    pub image_url: Option<String>,
}

/// A page to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Unfurl {
    /// Its address: http or https.
    pub url: String,
}

/// What a page says of itself, as far as it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unfurled {
    /// Where it says that it is; else where it was found.
    pub url: String,
    /// Its headline.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// A picture.
    pub image_url: Option<String>,
    /// The picture in words.
    pub image_alt: Option<String>,
    /// Name of the site.
    pub site: Option<String>,
    /// The language of its words, where it is one of ours.
    pub language: Option<Language>,
    /// What it is, such as `article`.
    pub kind: Option<String>,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
}
