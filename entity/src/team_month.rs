//! The tree of teams of a month, as it was when the month was first told.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganizationId, TeamId};
use crate::json::Networks;

/// A team in the tree of a month. It is kept, so that moving teams tells no month anew.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_month")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// The first of the month in the organization's zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// The team, which may be gone by now.
    #[sea_orm(primary_key, auto_increment = false)]
    pub team_id: TeamId,
    /// The team above it then.
    pub parent_id: Option<TeamId>,
    /// Whether its figures of that month may be shown.
    pub shown: bool,
    /// The networks on which they are shown each, beside all others together; none where they are
    /// not shown by network.
    pub networks: Option<Networks>,
}

impl ActiveModelBehavior for ActiveModel {}
