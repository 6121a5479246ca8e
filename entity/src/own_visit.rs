//! A visitor that opened `/s/` for a share: its hits of that UTC day are the member's own.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganizationId, ShareId};

/// A visitor that opened `/s/` for a share: its hits of that UTC day are the member's own.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "own_visit")]
pub struct Model {
    /// The share.
    #[sea_orm(primary_key, auto_increment = false)]
    pub share_id: ShareId,
    /// The visitor of that day.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub visitor: Vec<u8>,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// UTC date as `YYYY-MM-DD`; deleted when it is over.
    pub day: String,
}

impl ActiveModelBehavior for ActiveModel {}
