//! How often an account has tried codes within an hour.

use sea_orm::entity::prelude::*;

/// How often an account has tried codes within an hour.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pairing_attempt")]
pub struct Model {
    /// The account, as its platform names it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    /// Hours since 1970.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: i64,
    /// Codes tried, good or bad.
    pub attempts: i64,
}

impl ActiveModelBehavior for ActiveModel {}
