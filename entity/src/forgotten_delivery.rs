//! Messages to members about a post of which no row is left, as a number.

use sea_orm::entity::prelude::*;

use crate::enums::Platform;
use crate::ids::{OrganizationId, PostId};

/// How many messages to members about a post are gone on one chat: what they were is not known
/// any more, nor whom they were for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "forgotten_delivery")]
pub struct Model {
    /// The post that they told of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: PostId,
    /// Which chat.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: Platform,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// How many.
    pub messages: i64,
}

impl ActiveModelBehavior for ActiveModel {}
