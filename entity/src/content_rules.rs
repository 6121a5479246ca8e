//! What an organization demands of its posts.

use sea_orm::entity::prelude::*;

use crate::ids::OrganizationId;
use crate::json::Phrases;

/// What an organization demands of its posts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_rules")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// Words and phrases that no post may contain.
    #[sea_orm(column_type = "JsonBinary")]
    pub blocked: Phrases,
    /// Whether every post says who speaks.
    pub disclosure_required: bool,
    /// How it is said where a post has no words of its own for it.
    pub disclosure: Option<String>,
    /// Hours that a review may wait; 0 for as long as it takes.
    pub review_hours: i64,
    /// Raised by each change; the entity tag.
    pub version: i64,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
