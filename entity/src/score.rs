//! A member's points on one board.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId};

/// A member's points on one board.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "score")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// The board's key, such as `week:2026-W47`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub board: String,
    /// Whose points.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Their sum on this board.
    pub points: i64,
    /// Whether others may see the member on boards; copied from the member's choice.
    pub shown: bool,
}

impl ActiveModelBehavior for ActiveModel {}
