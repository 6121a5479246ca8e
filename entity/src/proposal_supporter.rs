//! A member who proposed what somebody had proposed already.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId, ProposalId};

/// A member who proposed what somebody had proposed already.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal_supporter")]
pub struct Model {
    /// The proposal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub proposal_id: ProposalId,
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
