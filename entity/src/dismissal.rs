//! A silent "not for me"; read by the planner only and deleted when the post expires.

use sea_orm::entity::prelude::*;

use crate::ids::{DismissalId, MemberId, OrganizationId, PostId};

/// A silent "not for me"; read by the planner only and deleted when the post expires.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dismissal")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DismissalId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who.
    pub member_id: MemberId,
    /// What.
    pub post_id: PostId,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
