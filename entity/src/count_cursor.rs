//! How far a kind of work has read the hits.

use sea_orm::entity::prelude::*;

use crate::ids::HitId;

/// How far a kind of work has read the hits. It belongs to the server, not to a tenant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "count_cursor")]
pub struct Model {
    /// Which work.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The newest hit it has read.
    pub hit_id: HitId,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
