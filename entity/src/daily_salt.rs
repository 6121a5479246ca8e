//! Salt of one UTC day's visitor hashes; destroyed after the day. It belongs to the server, not to a tenant.

use sea_orm::entity::prelude::*;

/// Salt of one UTC day's visitor hashes; destroyed after the day. It belongs to the server, not to a tenant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "daily_salt")]
pub struct Model {
    /// UTC date as `YYYY-MM-DD`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: String,
    /// 32 random bytes.
    #[sea_orm(column_type = "Blob")]
    pub salt: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
