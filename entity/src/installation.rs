//! A chat workspace or guild in which the organization's bot is installed.

use sea_orm::entity::prelude::*;

use crate::enums::{EndedBy, Platform};
use crate::ids::{InstallationId, MemberId, OrganizationId};

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
    /// Slack's team id, or the enterprise's where the app is installed for all of its workspaces;
    /// Discord's guild id.
    pub external_id: String,
    /// The workspace's own name.
    pub name: String,
    /// The bot's own user id there.
    pub bot_user_ref: Option<String>,
    /// The bot's token, encrypted at rest; empty once it was destroyed.
    #[sea_orm(column_type = "Blob")]
    pub bot_token: Vec<u8>,
    /// When somebody last let the bot in by the console; none where a set-up brought it in.
    pub connected_at: Option<DateTimeUtc>,
    /// Who let it in there: by their word alone an address of this workspace is a member's. None
    /// where a set-up brought it in, and with it the word of whoever runs the server.
    pub connected_by: Option<MemberId>,
    /// Slack's id of the enterprise that the workspace belongs to.
    pub enterprise_id: Option<String>,
    /// Whether the app is installed for all workspaces of the enterprise, by one token.
    pub is_org_wide: bool,
    /// What the token was granted, joined by commas; none where that is not known.
    pub scopes: Option<String>,
    /// By what the token is renewed, encrypted at rest; none where it does not expire.
    #[sea_orm(column_type = "Blob", nullable)]
    pub refresh_token: Option<Vec<u8>>,
    /// When the token ends unless it is renewed.
    pub token_expires_at: Option<DateTimeUtc>,
    /// Why it could not be renewed the last time, in the platform's word.
    pub token_trouble: Option<String>,
    /// When the part that serves the platform last asked for it, to the minute.
    pub seen_at: Option<DateTimeUtc>,
    /// When the platform or an admin took the app away.
    pub revoked_at: Option<DateTimeUtc>,
    /// Who took it away.
    pub ended_by: Option<EndedBy>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
