//! That a browser was sent to a chat to have the bot let in there.

use sea_orm::entity::prelude::*;

use crate::enums::Platform;
use crate::ids::{OrganizationId, SessionId};

/// That a browser was sent to a chat to have the bot let in there; what it brings back is kept as
/// a hash only, and counts once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_state")]
pub struct Model {
    /// The hash of what travels by the address, the cookie and the session together.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Blob")]
    pub state_hash: Vec<u8>,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The session in which it began.
    pub session_id: SessionId,
    /// Which chat.
    pub platform: Platform,
    /// When it is too late to come back.
    pub expires_at: DateTimeUtc,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
