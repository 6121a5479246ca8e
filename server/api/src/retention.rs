//! How long an organization keeps what it has.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A kind of data that an organization chooses how long to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RetentionKind {
    /// Country, device and referring site of readers' visits: 396 days, at least 30.
    VisitDetails,
    /// Entries of the audit log: 730 days, at least 90.
    AuditLog,
    /// Settled messages to chats about posts that have ended: 180 days, at least 30.
    Deliveries,
    /// Names, addresses and accounts of who left: for good; 0 days is at once.
    LeaverNames,
}

/// How long everything is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Retention {
    /// Each kind.
    pub kinds: Vec<KeptKind>,
    /// Raised by each change; the entity tag.
    pub version: i64,
}

/// How long one kind is kept, and what became of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptKind {
    /// The kind.
    pub kind: RetentionKind,
    /// Days; none for good.
    pub days: Option<i64>,
    /// Days where nothing was chosen; none for good.
    pub default_days: Option<i64>,
    /// Days at least.
    pub shortest: i64,
    /// Days at most.
    pub longest: i64,
    /// Whether it may be kept for good.
    pub may_stay: bool,
    /// When it was last looked at.
    pub run_at: Option<DateTime<Utc>>,
    /// What was removed when something last was; of messages, those in channels.
    pub removed: i64,
}

/// How long everything is to be kept; what is not named takes its default. What is past its time is
/// removed for good within an hour or a few.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateRetention {
    /// Kinds, each at most once.
    #[serde(default)]
    pub kinds: Vec<KeepKind>,
}

/// How long one kind is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeepKind {
    /// The kind.
    pub kind: RetentionKind,
    /// Days; none for good.
    pub days: Option<i64>,
}
