//! How many shown members of a board have points in one bucket: ranks without counting rows.
//! Buckets of each width cover all points once.

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
    /// How many values of points fall into a bucket of this kind.
    #[sea_orm(primary_key, auto_increment = false)]
    pub width: i64,
    /// Points divided by the width, rounded down.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: i64,
    /// How many shown members have points in it.
    pub members: i64,
}

impl ActiveModelBehavior for ActiveModel {}
