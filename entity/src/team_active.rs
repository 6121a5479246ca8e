//! Who shared in a month, by team: what tells whether a team is a group.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId, TeamId};

/// A member who shared in a month, in the team that they belonged to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_active")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// The first of the month in the organization's zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// The team; nil for no team.
    #[sea_orm(primary_key, auto_increment = false)]
    pub team_id: TeamId,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Their shares of that month that count.
    pub shares: i64,
}

impl ActiveModelBehavior for ActiveModel {}
