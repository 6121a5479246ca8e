//! How long an organization keeps what it has.

use sea_orm::entity::prelude::*;

use crate::ids::OrganizationId;
use crate::json::Periods;

/// How long an organization keeps what it has, where it said so.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// Days by kind of data; what is not named has its default.
    #[sea_orm(column_type = "JsonBinary")]
    pub periods: Periods,
    /// Raised by each change; the entity tag.
    pub version: i64,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
