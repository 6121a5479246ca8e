//! What a member sees and chooses of themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{BoardVisibility, Language, Network};
use crate::ids::MemberId;

/// The member in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Id of the member.
    pub id: MemberId,
    /// The name that colleagues know.
    pub display_name: String,
    /// The language to speak with them: chosen, else the organization's.
    pub language: Language,
    /// Name of the organization.
    pub organization: String,
    /// How they appear on boards.
    pub board_visibility: BoardVisibility,
    /// The pseudonym that is theirs if they choose one.
    pub pseudonym: String,
    /// Off: their shares use links that name no member.
    pub attribution: bool,
    /// Preferred networks, in order.
    pub networks: Vec<Network>,
    /// Followers per network, as typed.
    pub followers: BTreeMap<Network, i64>,
    /// Host of their Mastodon instance.
    pub mastodon_instance: Option<String>,
    /// When onboarding was finished; none before.
    pub joined_at: Option<DateTime<Utc>>,
    /// Points this week.
    pub points_this_week: i64,
    /// Points in all.
    pub points_all_time: i64,
    /// Rank this week; none while hidden or without points.
    pub rank_this_week: Option<i64>,
    /// Shares that were confirmed, proven or published.
    pub shares: i64,
    /// Counted clicks on their shares.
    pub clicks: i64,
    /// Sum of followers over their shares; not de-duplicated.
    pub potential_reach: i64,
    /// Their board page, good for one day.
    pub board_url: String,
}

/// A change of one's own choices; what is absent stays. The first change that
/// names `board_visibility` finishes onboarding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateMe {
    /// How to appear on boards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub board_visibility: Option<BoardVisibility>,
    /// The language to be spoken to in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whether shares name their member in links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<bool>,
    /// Preferred networks, in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub networks: Option<Vec<Network>>,
    /// Followers per network: 0 to 1,000,000,000; replaces those of the networks named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followers: Option<BTreeMap<Network, i64>>,
    /// Host of the Mastodon instance, such as `mastodon.social`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mastodon_instance: Option<String>,
}
