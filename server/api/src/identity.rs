//! Introducing a chat account that the server does not know yet.

use serde::{Deserialize, Serialize};

use crate::enums::Language;
use crate::ids::MemberId;

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

/// The member that the account belongs to from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introduced {
    /// The member.
    pub member_id: MemberId,
    /// Whether this introduction made them a member.
    pub created: bool,
}
