//! Members as curators see them: never what somebody did not do.

use serde::{Deserialize, Serialize};

use chrono::{DateTime, Utc};

use crate::enums::{Language, Role};
use crate::ids::MemberId;

/// A member of the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// E-mail address.
    pub email: Option<String>,
    /// The name that colleagues know.
    pub display_name: String,
    /// Name of the team.
    pub team: Option<String>,
    /// Roles beyond plain membership.
    pub roles: Vec<Role>,
    /// Chosen language.
    pub language: Option<Language>,
    /// When the row was written.
    pub created_at: DateTime<Utc>,
    /// When the person left.
    pub left_at: Option<DateTime<Utc>>,
}

/// A member to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateMember {
    /// E-mail address.
    pub email: String,
    /// The name that colleagues know.
    pub display_name: String,
    /// Name of the team; made if there is none of that name.
    #[serde(default)]
    pub team: Option<String>,
    /// Roles beyond plain membership.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Preferred language.
    #[serde(default)]
    pub language: Option<Language>,
}

/// What an import of members did, line by line where it refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Rows that added a member.
    pub added: u64,
    /// Rows that changed a member.
    pub updated: u64,
    /// Rows that said what was known.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: Vec<RefusedRow>,
}

/// A row of an import that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedRow {
    /// Line in the file, from 1.
    pub line: u64,
    /// Why, and what would be right.
    pub reason: String,
}
