//! A chat workspace or guild in which the organization's bot is installed.

use sea_orm::entity::prelude::*;

use crate::enums::Platform;
use crate::ids::{InstallationId, OrganizationId};

/// A chat workspace or guild in which the organization's bot is installed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InstallationId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Which chat.
    pub platform: Platform,
    /// Slack's team id or Discord's guild id.
    pub external_id: String,
    /// The workspace's own name.
    pub name: String,
    /// The bot's own user id there.
    pub bot_user_ref: Option<String>,
    /// The bot's token, encrypted at rest.
    #[sea_orm(column_type = "Blob")]
    pub bot_token: Vec<u8>,
    /// When the platform or an admin took the app away.
    pub revoked_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
