//! A broadcast that somebody paused or stopped; one that runs has no row.

use sea_orm::entity::prelude::*;

use crate::enums::BroadcastHold;
use crate::ids::{OrganizationId, PostId};

/// What holds the messages about a post that are not out yet.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "broadcast")]
pub struct Model {
    /// Primary key: the post whose messages are held.
    #[sea_orm(primary_key, auto_increment = false)]
    pub post_id: PostId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Whether they wait, or never go out.
    pub hold: BroadcastHold,
    /// When it was paused or stopped.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
