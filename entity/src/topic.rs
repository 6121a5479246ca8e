//! What posts are about, in the words of the organization.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganizationId, TopicId};

/// What posts are about, in the words of the organization.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topic")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TopicId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Its name folded; unique within the organization.
    pub slug: String,
    /// What curators call it.
    pub name: String,
    /// Whether nobody can leave it; a silent "not for me" stays possible.
    pub mandatory: bool,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
