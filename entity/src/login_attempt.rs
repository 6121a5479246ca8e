//! How often a password was tried within a quarter of an hour, by account and by address.

use sea_orm::entity::prelude::*;

/// How often a password was tried within a quarter of an hour, by account and by address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_attempt")]
pub struct Model {
    /// An HMAC of the account or of the address; neither is kept.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub subject: Vec<u8>,
    /// Quarters of an hour since 1970.
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: i64,
    /// Passwords tried.
    pub attempts: i64,
}

impl ActiveModelBehavior for ActiveModel {}
