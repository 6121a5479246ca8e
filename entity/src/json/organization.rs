//! The editable rules of an organization's programme.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// Settings of an organization; a field missing in an older row takes its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default, deny_unknown_fields)]
pub struct OrganizationSettings {
    /// Whether the approver of a post must be someone other than its author.
    pub second_pair_of_eyes: bool,
    /// Days from publishing to expiry where a post names no date.
    pub expiry_days: i64,
    /// Parameters that tracked links add to destinations.
    pub utm: UtmTemplate,
    /// What actions earn.
    pub points: PointRules,
    /// Whom somebody who may not join is told to ask: an address or a name.
    pub contact: Option<String>,
}

impl Default for OrganizationSettings {
    fn default() -> Self {
        Self {
            second_pair_of_eyes: false,
            expiry_days: 14,
            utm: UtmTemplate::default(),
            points: PointRules::default(),
            contact: None,
        }
    }
}

/// Template of the UTM parameters; `utm_content` is always an opaque code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UtmTemplate {
    /// `utm_source`; the word `{network}` is replaced by the network's name.
    pub source: String,
    /// `utm_medium`.
    pub medium: String,
    /// `utm_campaign` of posts without a campaign.
    pub campaign: String,
}

impl Default for UtmTemplate {
    fn default() -> Self {
        Self {
            source: "{network}".into(),
            medium: "employee_advocacy".into(),
            campaign: "chorus".into(),
        }
    }
}

/// Points per action and their caps. A change never rewrites the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default, deny_unknown_fields)]
pub struct PointRules {
    /// A share that its member confirmed.
    pub share_confirmed: i64,
    /// On top, when another visitor's click proves it.
    pub share_proven: i64,
    /// A counted click.
    pub click: i64,
    /// Counted clicks that earn points, per share and day.
    pub clicks_per_share_and_day: i64,
    /// Shares that earn points, per member and day of the organization.
    pub shares_per_day: i64,
}

impl Default for PointRules {
    fn default() -> Self {
        Self {
            share_confirmed: 5,
            share_proven: 10,
            click: 1,
            clicks_per_share_and_day: 20,
            shares_per_day: 5,
        }
    }
}
