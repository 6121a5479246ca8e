//! What of a share the sums hold, so that a change of it moves them once.

use sea_orm::entity::prelude::*;

use crate::enums::ShareState;
use crate::ids::{OrganizationId, ShareId, TeamId};

/// What of a share the sums hold.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_sum")]
pub struct Model {
    /// The share.
    #[sea_orm(primary_key, auto_increment = false)]
    pub share_id: ShareId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The team that its member belonged to when it was first summed up. It stays, so that who
    /// changes teams takes no past figure along.
    pub team_id: Option<TeamId>,
    /// The date in the organization's zone on which it began.
    pub day: String,
    /// The state that the sums hold.
    pub state: ShareState,
    /// The followers that they hold.
    pub followers: i64,
}

impl ActiveModelBehavior for ActiveModel {}
