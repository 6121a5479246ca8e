//! A chat channel that receives suggested posts.

use sea_orm::entity::prelude::*;

use crate::ids::{ChannelId, InstallationId, OrganizationId};

/// A chat channel that receives suggested posts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChannelId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Where it lives.
    pub installation_id: InstallationId,
    /// The platform's channel id.
    pub external_id: String,
    /// The channel's name, without the hash sign.
    pub name: String,
    /// When it stopped receiving posts.
    pub removed_at: Option<DateTimeUtc>,
    /// Since when it rests, if it does.
    pub paused_at: Option<DateTimeUtc>,
    /// Whether it gets posts about chosen topics only.
    pub chooses_topics: bool,
    /// Grows with each change of its topics.
    pub version: i64,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
