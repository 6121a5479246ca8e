//! A tenant: one company or association running its programme.

use sea_orm::entity::prelude::*;

use crate::enums::{JoinPolicy, Language};
use crate::ids::OrganizationId;
use crate::json::{Networks, OrganizationSettings, PointRules};

/// A tenant: one company or association running its programme.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganizationId,
    /// Lower-case name in addresses, unique on the server.
    #[sea_orm(unique)]
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// IANA name; cadence, boards and caps follow it.
    pub time_zone: String,
    /// Language of channel posts and of members who chose none.
    pub language: Language,
    /// Whether a full workspace member who matches nobody may join.
    pub join_policy: JoinPolicy,
    /// Editable rules of the programme.
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: OrganizationSettings,
    /// Networks that members may share to, in the order in which they are offered; none for all
    /// that are known.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub networks: Option<Networks>,
    /// Minute of the day at which quiet hours begin for who chose none.
    pub quiet_from: i64,
    /// Minute of the day at which they end.
    pub quiet_to: i64,
    /// Whether Saturday and Sunday are quiet for who chose nothing.
    pub quiet_weekends: bool,
    /// The colour of its pages, as in `#b3261e`; none for ours.
    pub accent: Option<String>,
    /// Where its short links begin, as in `https://go.acme.example`; none for the server's address.
    pub short_url: Option<String>,
    /// Raised by each change of what it settles; the entity tag.
    pub settings_version: i64,
    /// What actions earned before the rules last changed, if they did.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub points_before: Option<PointRules>,
    /// When they last changed.
    pub points_since: Option<DateTimeUtc>,
    /// What a proposal earns its proposer when it becomes a post.
    pub proposal_points: i64,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
