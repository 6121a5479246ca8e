//! What a post said before it was saved again.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId, PostId, PostVersionId};
use crate::json::PostContent;

/// What a post said before it was saved again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post_version")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PostVersionId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The post.
    pub post_id: PostId,
    /// Its version then.
    pub version: i64,
    /// Who had saved it so; none for the system.
    pub author_id: Option<MemberId>,
    /// Whether it was saved by itself while somebody wrote.
    pub autosaved: bool,
    /// What it said.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: PostContent,
    /// When it had been saved so.
    pub saved_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
