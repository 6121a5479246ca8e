//! Sharing: the choices a member gets, and what became of them.

use serde::{Deserialize, Serialize};

use crate::enums::{Language, Network, ShareState};
use crate::ids::{PostId, ShareId};
use crate::suggestion::Suggestion;

/// One member's ways to share one post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareChoices {
    /// The post, neutrally.
    pub post: Suggestion,
    /// Networks that can carry the post, the member's preferred ones first.
    pub networks: Vec<ShareChoice>,
    /// The member's language, where they asked for their choices themselves: whoever answers them
    /// need not ask for it.
    #[serde(default)]
    pub language: Option<Language>,
}

/// A way to share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareChoice {
    /// The network.
    pub network: Network,
    /// Our address that leads there, personal to this member.
    pub url: String,
    /// Whether the member preferred it.
    pub preferred: bool,
    /// The member's share on it so far.
    pub state: Option<ShareState>,
}

/// "I have shared it there."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmShare {
    /// Where.
    pub network: Network,
}

/// A share and what it earned, the same however often it is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareReceipt {
    /// The share.
    pub share_id: ShareId,
    /// The post.
    pub post_id: PostId,
    /// Its headline.
    pub title: String,
    /// Where.
    pub network: Network,
    /// How sure we are.
    pub state: ShareState,
    /// Points that this share has earned in all.
    pub points: i64,
    /// Whether the day's cap kept this share from earning.
    pub over_daily_cap: bool,
    /// Counted clicks so far.
    pub clicks: i64,
    /// Followers of the account when it was shared; not de-duplicated.
    pub potential_reach: Option<i64>,
    /// The member's points this week.
    pub points_this_week: i64,
    /// The member's rank this week; none while hidden or without points.
    pub rank_this_week: Option<i64>,
}
