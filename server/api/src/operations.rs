//! What an operator must see: deliveries by state, jobs that died, the audit log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::enums::{DeliveryState, Platform};
use crate::ids::{AuditEventId, JobId, MemberId, PostId};

/// How many deliveries of a post are in a state; never whom they went to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryCount {
    /// Which chat.
    pub platform: Platform,
    /// The post; none for greetings.
    pub post_id: Option<PostId>,
    /// The state.
    pub state: DeliveryState,
    /// Short code of the last failure.
    pub failure: Option<String>,
    /// How many.
    pub count: i64,
}

/// Deliveries, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryCounts {
    /// One line per platform, post, state and failure.
    pub items: Vec<DeliveryCount>,
}

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeadJob {
    /// Its id.
    pub id: JobId,
    /// Which job.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it was given up.
    pub dead_at: DateTime<Utc>,
}

/// An entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// Its id.
    pub id: AuditEventId,
    /// Who acted; none for the system itself.
    pub actor_id: Option<MemberId>,
    /// Dotted verb, such as `post.approve`.
    pub action: String,
    /// What was changed, as `kind:id`.
    pub subject: String,
    /// Facts worth keeping.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub detail: Value,
    /// When.
    pub at: DateTime<Utc>,
}
