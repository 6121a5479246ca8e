//! Sessions of the console, and the password that begins one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::SessionId;

/// A browser that is logged in to the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Browser and system, as far as people tell them apart.
    pub browser: String,
    /// When it was last used, to the hour.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends however often it is used.
    pub expires_at: DateTime<Utc>,
    /// When somebody logged in.
    pub created_at: DateTime<Utc>,
}

/// The sessions of a member that still let them in, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sessions {
    /// Them.
    pub items: Vec<Session>,
}

/// A new password. It is not printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present one; a member who has none yet leaves it out.
    #[serde(default)]
    pub current: Option<String>,
    /// The new one: 12 to 200 characters, and neither the member's address nor their name.
    pub password: String,
}

impl std::fmt::Debug for ChangePassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangePassword").finish_non_exhaustive()
    }
}
