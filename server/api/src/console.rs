//! Ways into the web console.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A link that logs its member in to the console once. Whoever has it may use it, so it is not
/// printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsoleLink {
    /// The whole address; opening it shows a button, and pressing that uses it up.
    pub url: String,
    /// When it stops to count.
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for ConsoleLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConsoleLink")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
