//! A range of hits that were stored late, to be counted apart.

use sea_orm::entity::prelude::*;

use crate::ids::{HitId, LateHitsId};

/// A range of hits that were stored late, to be counted apart. It belongs to the server, not to a tenant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "late_hits")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LateHitsId,
    /// The oldest of them.
    pub first_hit: HitId,
    /// The newest of them.
    pub last_hit: HitId,
}

impl ActiveModelBehavior for ActiveModel {}
