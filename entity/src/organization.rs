//! A tenant: one company or association running its programme.

use sea_orm::entity::prelude::*;

use crate::enums::{JoinPolicy, Language};
use crate::ids::OrganizationId;
use crate::json::OrganizationSettings;

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
    /// What a proposal earns its proposer when it becomes a post.
    pub proposal_points: i64,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
