//! How many shown members of a board have points in one bucket: ranks without counting rows.

use sea_orm::entity::prelude::*;

use crate::ids::OrganizationId;

/// How many shown members of a board have points in one bucket: ranks without counting rows.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "score_bucket")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// The board's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub board: String,
    /// Points divided by the bucket's width, rounded down.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: i64,
    /// How many shown members have points in it.
    pub members: i64,
}

impl ActiveModelBehavior for ActiveModel {}
