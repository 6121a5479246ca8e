//! A step or a remark in the review of a post.

use sea_orm::entity::prelude::*;

use crate::enums::ReviewStep;
use crate::ids::{MemberId, OrganizationId, PostId, ReviewNoteId};

/// A step or a remark in the review of a post.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_note")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewNoteId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The post.
    pub post_id: PostId,
    /// Who took the step; none for the system.
    pub author_id: Option<MemberId>,
    /// Which.
    pub step: ReviewStep,
    /// What was said with it.
    pub text: Option<String>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
