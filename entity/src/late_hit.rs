//! A hit that was stored late and is not in the sums yet.

use sea_orm::entity::prelude::*;

use crate::ids::HitId;

/// A hit that was stored late and is not in the sums yet. It belongs to the server, not to a tenant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "late_hit")]
pub struct Model {
    /// The hit. No reference: hits have their own retention.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hit_id: HitId,
}

impl ActiveModelBehavior for ActiveModel {}
