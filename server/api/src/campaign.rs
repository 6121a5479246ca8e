//! Campaigns: what several posts serve together.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::CampaignId;

/// What a campaign is to do for the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CampaignGoal {
    /// More people know of it.
    Awareness,
    /// More people come to a page.
    Traffic,
    /// More people ask for an offer.
    Leads,
    /// More people apply.
    Recruiting,
    /// Those who are there stay.
    Retention,
    /// Colleagues learn.
    Training,
}

/// The part of the company that a campaign serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CampaignArea {
    /// Marketing.
    Marketing,
    /// Sales.
    Sales,
    /// Customer care.
    CustomerCare,
    /// Human resources.
    Hr,
    /// Research and development.
    ResearchAndDevelopment,
    /// Executives.
    Executives,
}

/// What several posts serve together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// Its name in addresses, and in `utm_campaign`.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is to do for the business, if somebody said.
    pub goal: Option<CampaignGoal>,
    /// How much of that it is to bring.
    pub target: Option<i64>,
    /// The part of the company that it serves.
    pub area: Option<CampaignArea>,
    /// When it ends, if it does.
    pub ends_at: Option<DateTime<Utc>>,
    /// How many posts serve it, in every state.
    pub posts: i64,
}

/// The campaigns of an organization, by slug.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Campaigns {
    /// The campaigns, 500 at most.
    pub items: Vec<Campaign>,
}

/// A campaign to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCampaign {
    /// Its name in addresses, which stays: lower-case letters, digits and single hyphens; from
    /// the name unless given.
    #[serde(default)]
    pub slug: Option<String>,
    /// Its name: 1 to 120 characters.
    pub name: String,
    /// What it is to do for the business.
    #[serde(default)]
    pub goal: Option<CampaignGoal>,
    /// How much of that it is to bring: at least 1, and only with a goal.
    #[serde(default)]
    pub target: Option<i64>,
    /// The part of the company that it serves.
    #[serde(default)]
    pub area: Option<CampaignArea>,
    /// After this time its posts cannot be handed in.
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
}

/// What a campaign is to be from now on; what is left out is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateCampaign {
    /// Its name: 1 to 120 characters.
    pub name: String,
    /// What it is to do for the business.
    #[serde(default)]
    pub goal: Option<CampaignGoal>,
    /// How much of that it is to bring: at least 1, and only with a goal.
    #[serde(default)]
    pub target: Option<i64>,
    /// The part of the company that it serves.
    #[serde(default)]
    pub area: Option<CampaignArea>,
    /// After this time its posts cannot be handed in.
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
}
