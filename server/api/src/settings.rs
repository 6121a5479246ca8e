//! What an organization settles for itself.

use serde::{Deserialize, Serialize};

use crate::enums::{JoinPolicy, Language, Network};
use crate::me::QuietHours;

/// The settings as they stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// What people call the organization.
    pub name: String,
    /// IANA time zone: cadence, boards and daily caps follow it.
    pub time_zone: String,
    /// Language of channel posts and of members who chose none.
    pub language: Language,
    /// Who may join by themselves.
    pub join_policy: JoinPolicy,
    /// Whom somebody who may not join is told to ask.
    pub contact: Option<String>,
    /// Days from publishing to expiry where a post names no date.
    pub expiry_days: i64,
    /// Parameters that tracked links add to destinations.
    pub utm: UtmTemplate,
    /// What actions earn.
    pub points: PointRules,
    /// Networks that members may share to, in the order in which they are offered.
    pub networks: Vec<Network>,
    /// Quiet hours of members who chose none.
    pub quiet_hours: QuietHours,
    /// The colour of its pages, as in `#b3261e`; none for the usual one.
    pub accent: Option<String>,
    /// Where its short links begin; none for the server's own address.
    pub short_url: Option<String>,
    /// Raised by each change; the entity tag.
    pub version: i64,
}

/// Parameters that tracked links add to destinations; `utm_content` is always an opaque code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UtmTemplate {
    /// `utm_source`; `{network}` in it stands for the network's name.
    pub source: String,
    /// `utm_medium`.
    pub medium: String,
    /// `utm_campaign` of posts without a campaign.
    pub campaign: String,
}

/// Points per action, and their caps. A change holds from then on and rewrites nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PointRules {
    /// A share that its member confirmed.
    pub share_confirmed: i64,
    /// On top, when another person's click proves it.
    pub share_proven: i64,
    /// A counted click.
    pub click: i64,
    /// Counted clicks that earn points, per share and day.
    pub clicks_per_share_and_day: i64,
    /// Shares that earn points, per member and day.
    pub shares_per_day: i64,
    /// A proposal that becomes a post.
    pub proposal: i64,
}

/// A change of settings; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateSettings {
    /// At most 120 letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// IANA time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Language of channel posts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Who may join by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join_policy: Option<JoinPolicy>,
    /// Whom strangers ask, at most 200 letters; empty for nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// 1 to 365.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_days: Option<i64>,
    /// Values of letters, digits, `.`, `_` and `-`, at most 60.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utm: Option<UtmTemplate>,
    /// 0 to 1,000 points and clicks, 1 to 100 shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<PointRules>,
    /// At least one network, each once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub networks: Option<Vec<Network>>,
    /// Quiet hours of members who chose none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
    /// A colour that differs from paper by 4.5 and more; empty for the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// The https address of a named host; empty for the server's own address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_url: Option<String>,
}
