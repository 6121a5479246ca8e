//! When a member last shared: how many are active is counted by it.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId};

/// When a member last shared. There is no row of who never did.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_activity")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The time of the newest share that counts.
    pub last_shared_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
