//! What a member sees and chooses of themselves.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::{BoardVisibility, DeliveryPreference, Language, Network, Platform};
use crate::ids::{IdentityId, MemberId};
use crate::leaderboard::Leaderboard;
use crate::proposal::MyProposal;
use crate::share::ShareChoices;

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
    /// The networks that their organization offers, in its order; all where a server of before
    /// does not say.
    #[serde(default = "every_network")]
    pub networks_offered: Vec<Network>,
    /// Followers per network, as typed.
    pub followers: BTreeMap<Network, i64>,
    /// Host of their Mastodon instance.
    pub mastodon_instance: Option<String>,
    /// Which messages of their own they want.
    pub delivery: DeliveryPreference,
    /// The chat that would not take their messages, so that no more are sent, until they
    /// choose again.
    #[serde(default)]
    pub delivery_refused_on: Option<Platform>,
    /// Until when they want none; none while they are not pausing.
    pub paused_until: Option<DateTime<Utc>>,
    /// When they are not to be disturbed; none if at any time.
    pub quiet_hours: Option<QuietHours>,
    /// Their accounts on chat platforms, oldest first.
    pub identities: Vec<MyIdentity>,
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

/// A member's account on a chat platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyIdentity {
    /// Its id.
    pub id: IdentityId,
    /// Which chat.
    pub platform: Platform,
    /// Name of the workspace or guild.
    pub workspace: String,
}

fn every_network() -> Vec<Network> {
    Network::ALL.to_vec()
}

/// Hours and days without messages of their own, in the member's time zone. They bind
/// direct messages, never channel posts or answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Minute of the day at which they begin, such as 1080 for 18:00.
    pub from_minute: u16,
    /// Minute of the day at which they end, such as 540 for 09:00; before `from_minute`
    /// they last over midnight.
    pub to_minute: u16,
    /// Whether Saturday and Sunday are quiet throughout.
    pub weekends: bool,
}

/// All that a member's own page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// The member in person.
    pub me: Me,
    /// Posts to share now, best first, at most three, with their ways to share each.
    pub to_share: Vec<ShareChoices>,
    /// This week's board with their own place on it.
    pub board: Leaderboard,
    /// What they proposed last.
    #[serde(default)]
    pub proposal: Option<MyProposal>,
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
    /// Which messages of their own they want; those come in the chat in which this was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryPreference>,
    /// Days from now without messages of their own, at most 365; 0 ends a pause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_days: Option<u32>,
    /// When they are not to be disturbed; beginning and end alike for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
}
