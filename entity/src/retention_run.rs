//! How far data past its time was removed.

use sea_orm::entity::prelude::*;

use crate::enums::RetentionKind;
use crate::ids::OrganizationId;

/// How far a kind of data past its time was removed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_run")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// The kind of data.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: RetentionKind,
    /// The last row that was looked at, for what is gone through in the order of its ids.
    pub position: Option<Uuid>,
    /// Removed, and not told in the audit log yet.
    pub untold: i64,
    /// Removed by the last run that removed something.
    pub removed: i64,
    /// When a run last ended.
    pub run_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
