//! Named rights that one process holds at a time.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Asks for a lease, or for more of one already held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcquireLease {
    /// Who asks: unique to the process.
    pub holder: String,
    /// For how many seconds, 1 to 300.
    pub seconds: u32,
}

/// Whether the lease was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lease {
    /// Whether the asker holds it now.
    pub held: bool,
    /// When the present hold ends, whoever has it.
    pub until: DateTime<Utc>,
    /// Raised by each new holder.
    pub fence: i64,
}
