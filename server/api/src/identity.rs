//! Introducing a chat account that the server does not know yet.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::Language;
use crate::ids::{IdentityId, MemberId};

/// What the platform's own directory says about the account of `On-Behalf-Of`.
/// The bot reads it from the platform; people cannot type it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Introduction {
    /// The name shown there.
    pub display_name: String,
    /// E-mail address, if the platform tells it.
    pub email: Option<String>,
    /// Whether the platform confirmed that address.
    pub email_confirmed: bool,
    /// What kind of account it is.
    pub account: AccountKind,
    /// IANA time zone, if the platform tells it.
    pub time_zone: Option<String>,
    /// Language, if the platform tells one that we speak.
    pub language: Option<Language>,
    /// The platform's ids of the roles that the account has in the workspace.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

/// What kind of account the platform says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// A full member of the workspace.
    Full,
    /// A guest: restricted to some channels.
    Guest,
    /// Somebody of another workspace (Slack Connect).
    Stranger,
    /// A bot or a deactivated account.
    NotAPerson,
}

/// A code that joins a second account to a member: single use, ten minutes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairingCode {
    /// Eight letters and digits that are not mistaken for each other, in two groups:
    /// `K7QM-2XRD`.
    pub code: String,
    /// When it stops to count.
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PairingCode")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Joins the account of `On-Behalf-Of` to the member who was given the code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The code as typed; case, spaces and the hyphen do not count.
    pub code: String,
    /// What the platform says of the account.
    pub introduction: Introduction,
}

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pair").finish_non_exhaustive()
    }
}

/// The account is the member's from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Paired {
    /// The identity that was added; deleting it undoes the pairing.
    pub identity_id: IdentityId,
    /// The member.
    pub member_id: MemberId,
    /// The name that colleagues know.
    pub display_name: String,
    /// Name of the organization.
    pub organization: String,
}

/// The member that the account belongs to from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introduced {
    /// The member.
    pub member_id: MemberId,
    /// Whether this introduction made them a member.
    pub created: bool,
}
