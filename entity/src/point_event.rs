//! An entry of the ledger of points: valued at the time of the action, never rewritten.

use sea_orm::entity::prelude::*;

use crate::enums::PointKind;
use crate::ids::{MemberId, OrganizationId, PointEventId, ShareId};

/// An entry of the ledger of points: valued at the time of the action, never rewritten.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "point_event")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PointEventId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Whose points.
    pub member_id: MemberId,
    /// What earned them.
    pub kind: PointKind,
    /// How many; negative for a reversal.
    pub points: i64,
    /// The share that earned them.
    pub share_id: Option<ShareId>,
    /// What it is for, so that nothing is awarded twice.
    pub dedupe_key: String,
    /// The organization's local date as `YYYY-MM-DD`, for daily caps.
    pub day: String,
    /// When it was earned.
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
