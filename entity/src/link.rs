//! A tracked short link of a post and network, usually of one member.

use sea_orm::entity::prelude::*;

use crate::enums::Network;
use crate::ids::{LinkId, MemberId, OrganizationId, PostId, ShareId};

/// A tracked short link of a post and network, usually of one member.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LinkId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The code in `/l/{code}`.
    #[sea_orm(unique)]
    pub code: String,
    /// The post.
    pub post_id: PostId,
    /// The network it is published on.
    pub network: Network,
    /// The sharing member; none for an unattributed link.
    pub member_id: Option<MemberId>,
    /// The share it belongs to; none for an unattributed link.
    pub share_id: Option<ShareId>,
    /// The member's id in hexadecimal, or `-`: makes post, network and owner unique.
    pub owner_key: String,
    /// Where it leads, UTM parameters merged in.
    pub destination: String,
    /// Counted clicks.
    pub clicks: i64,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
