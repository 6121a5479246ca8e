//! A member's account on a chat platform.

use sea_orm::entity::prelude::*;

use crate::enums::Platform;
use crate::ids::{IdentityId, MemberId, OrganizationId};

/// A member's account on a chat platform.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Whose account it is.
    pub member_id: MemberId,
    /// Which chat.
    pub platform: Platform,
    /// Slack's team id or Discord's guild id in which it is known.
    pub workspace_ref: String,
    /// The platform's user id.
    pub user_ref: String,
    /// The name shown there when it was introduced.
    pub account_name: Option<String>,
    /// By whose word it was joined to the member; none where it was the member's own, or where
    /// the platform said that it is theirs.
    pub issuer_id: Option<MemberId>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
