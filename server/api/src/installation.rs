//! Chat installations, with their secrets: on the internal listener only.

use serde::{Deserialize, Serialize};

use crate::enums::{Language, Platform};
use crate::ids::InstallationId;

/// A workspace or guild in which the bot is installed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Installation {
    /// Its id.
    pub id: InstallationId,
    /// Which chat.
    pub platform: Platform,
    /// Slack's team id or Discord's guild id.
    pub external_id: String,
    /// The workspace's name.
    pub name: String,
    /// The bot's own user id there.
    pub bot_user_ref: Option<String>,
    /// The bot's token, decrypted; empty on Discord, where the part has it itself.
    pub bot_token: String,
    /// The organization's language, for channel posts.
    pub language: Language,
}

impl std::fmt::Debug for Installation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Installation")
            .field("id", &self.id)
            .field("platform", &self.platform)
            .field("external_id", &self.external_id)
            .finish_non_exhaustive()
    }
}

/// The installations of one platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstallationList {
    /// Those not revoked.
    pub items: Vec<Installation>,
}

/// An account that was removed from a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteRemoval {
    /// The platform's id of the user.
    pub user: String,
}
