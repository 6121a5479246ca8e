//! Problem details (RFC 9457) with a closed code, the one shape of every refusal.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The media type of problem details.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Why an operation was refused. Clients act on this, never on the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No token, or one that is unknown, expired or revoked.
    Unauthenticated,
    /// The token or the member may not do this.
    Forbidden,
    /// There is nothing of that id in this organization.
    NotFound,
    /// The address exists, but not with this method.
    MethodNotAllowed,
    /// A field or parameter is invalid; `fields` names it.
    InvalidField,
    /// The body is not the JSON that this operation reads.
    MalformedBody,
    /// The body is larger than this operation reads.
    BodyTooLarge,
    /// The same idempotency key came with another body.
    IdempotencyMismatch,
    /// A request with the same idempotency key is still being answered.
    IdempotencyInProgress,
    /// The first request with this idempotency key took effect, and its answer was lost: look at
    /// what is there before asking again under another key.
    IdempotencyAnswerLost,
    /// The entity tag sent is not the current one.
    VersionMismatch,
    /// Something of that name, address or URL exists.
    AlreadyExists,
    /// The chat account is not known yet; introduce it.
    UnknownPerson,
    /// The chat account may not join; `contact` says whom to ask.
    MayNotJoin,
    /// The chat does not say who somebody is: pair the account with a code.
    PairingRequired,
    /// The pairing code is unknown, used or too old.
    PairingCodeInvalid,
    /// The chat account belongs to a member already.
    AlreadyPaired,
    /// The member left the organization.
    MemberLeft,
    /// The post is not in a state that allows this.
    WrongState,
    /// The post was withdrawn.
    PostWithdrawn,
    /// The post has expired.
    PostExpired,
    /// The approver must be someone other than the author.
    OwnPost,
    /// The post has neither a link nor what this network can carry, or the organization does not
    /// offer the network.
    NetworkCannotCarry,
    /// Too many requests; `Retry-After` says how long to wait.
    TooManyRequests,
    /// The database is away; try again.
    Unavailable,
    /// Our fault; the log knows more.
    Internal,
}

/// A field that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Path of the field, such as `variants.0.text`.
    pub field: String,
    /// What is wrong with it, in words for a developer.
    pub reason: String,
}

/// A change that came before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Changed {
    /// Name of who made it; none for the system.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// The version since.
    pub version: i64,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// URI reference that identifies the kind of problem: `about:blank` throughout.
    #[serde(rename = "type")]
    pub typ: String,
    /// Short name of the kind of problem.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time, in words for a developer; never shown in chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Why.
    pub code: Code,
    /// The fields that were refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Whom to ask, where `code` is `may_not_join`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// By whom and when the thing was changed, where `code` is `version_mismatch`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Changed>,
    /// Id of the request, to find it in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
