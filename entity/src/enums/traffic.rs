//! What is told from a request for a link.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// Whose request a hit is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum HitClass {
    /// A reader.
    Human,
    /// A crawler, scanner or prefetch.
    Bot,
    /// The sharing member.
    Own,
    /// A reader who asked not to be tracked.
    Private,
}

/// Why a hit was classed so.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum HitReason {
    /// Nothing spoke against a reader.
    Browser,
    /// A HEAD request.
    HeadRequest,
    /// A prefetch or preview header.
    Prefetch,
    /// A known crawler's user agent.
    Crawler,
    /// A known link scanner's user agent.
    LinkScanner,
    /// No user agent at all.
    NoUserAgent,
    /// The first-party cookie of `/s/`.
    OwnCookie,
    /// The visitor opened `/s/` for this share that day.
    OwnVisit,
    /// `DNT: 1`.
    DoNotTrack,
    /// `Sec-GPC: 1`.
    GlobalPrivacyControl,
}

/// Kind of device.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum DeviceClass {
    /// A computer.
    Desktop,
    /// A phone.
    Mobile,
    /// A tablet.
    Tablet,
    /// Anything else.
    Other,
}
