//! A set of posts with one goal and an end.

use sea_orm::entity::prelude::*;

use crate::enums::{CampaignArea, CampaignGoal};
use crate::ids::{CampaignId, OrganizationId};

/// A set of posts with one goal and an end.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CampaignId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Lower-case name used in `utm_campaign`.
    pub slug: String,
    /// What curators call it.
    pub name: String,
    /// What it is to do for the business.
    pub goal: Option<CampaignGoal>,
    /// How much of that it is to bring.
    pub target: Option<i64>,
    /// The part of the company that it serves.
    pub area: Option<CampaignArea>,
    /// After this time its posts cannot be submitted.
    pub ends_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
