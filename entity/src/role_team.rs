//! A role of a guild that stands for a team.

use sea_orm::entity::prelude::*;

use crate::ids::{InstallationId, OrganizationId, TeamId};

/// A role of a guild that stands for a team.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_team")]
pub struct Model {
    /// The guild.
    #[sea_orm(primary_key, auto_increment = false)]
    pub installation_id: InstallationId,
    /// The platform's role id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_ref: String,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The team of those who have the role.
    pub team_id: TeamId,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
