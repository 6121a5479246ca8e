//! That a channel which chooses its topics gets posts about one.

use sea_orm::entity::prelude::*;

use crate::ids::{ChannelId, OrganizationId, TopicId};

/// That a channel which chooses its topics gets posts about one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topic_route")]
pub struct Model {
    /// The channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: ChannelId,
    /// The topic.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: TopicId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
