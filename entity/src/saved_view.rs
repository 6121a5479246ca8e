//! A filter of the library that a member keeps under a name.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId, SavedViewId};

/// A filter of the library that a member keeps under a name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_view")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedViewId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Whose it is.
    pub member_id: MemberId,
    /// Unique among the member's.
    pub name: String,
    /// The filter as it stands in an address.
    pub query: String,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
