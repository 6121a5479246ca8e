//! That a post is about a topic.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganizationId, PostId, TopicId};

/// That a post is about a topic.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "post_topic")]
pub struct Model {
    /// The post.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: PostId,
    /// The topic.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: TopicId,
    /// The tenant.
    pub organization_id: OrganizationId,
}

impl ActiveModelBehavior for ActiveModel {}
