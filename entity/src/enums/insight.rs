//! What is summed up of shares and hits.

use sea_orm::sea_query::StringLen;
use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// Of what a sum is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum FigureScope {
    /// The whole organization, by local day.
    Organization,
    /// A post, by local day.
    Post,
    /// A team, by local month; the nil id stands for no team.
    Team,
}

/// What is summed up.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::None)",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Shares that were opened only.
    ShareOpened,
    /// Shares whose member said done.
    ShareConfirmed,
    /// Shares with a counted click by another visitor.
    ShareProven,
    /// Shares published through the network's API.
    SharePublished,
    /// Shares to be published later.
    ShareScheduled,
    /// Shares that could not be published.
    ShareFailed,
    /// Shares that were taken back.
    ShareWithdrawn,
    /// Followers of the accounts of shares that count.
    Reach,
    /// Hits by readers.
    HitBrowser,
    /// Hits by a HEAD request.
    HitHeadRequest,
    /// Hits by a prefetch or preview.
    HitPrefetch,
    /// Hits by a known crawler.
    HitCrawler,
    /// Hits by a known link scanner.
    HitLinkScanner,
    /// Hits without a user agent.
    HitNoUserAgent,
    /// Hits with the cookie of the share's own address.
    HitOwnCookie,
    /// Hits by who opened the share's own address that day.
    HitOwnVisit,
    /// Hits with `DNT: 1`.
    HitDoNotTrack,
    /// Hits with `Sec-GPC: 1`.
    HitGlobalPrivacyControl,
    /// First hits of a reader in an hour, below the cap: counted clicks.
    Click,
    /// First hits of a reader in an hour, above the cap of their network.
    ClickCapped,
    /// Readers with a counted click, per link and UTC day.
    VisitorDay,
}
