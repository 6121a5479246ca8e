//! A named right that one process holds at a time.

use sea_orm::entity::prelude::*;

/// A named right that one process holds at a time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lease")]
pub struct Model {
    /// What is held.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Who holds it.
    pub holder: String,
    /// When the hold ends.
    pub until: DateTimeUtc,
    /// Raised by each new holder.
    pub fence: i64,
}

impl ActiveModelBehavior for ActiveModel {}
