//! A node of the organization's tree of teams.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganizationId, TeamId};

/// A node of the organization's tree of teams.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TeamId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The team above; none at the root.
    pub parent_id: Option<TeamId>,
    /// Unique within the organization.
    pub name: String,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
