//! Schedules in words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::enums::Language;

/// What five cron fields mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cadence {
    /// The fields.
    pub cron: String,
    /// The same in plain words.
    pub reading: String,
    /// IANA name of the zone in which they are read: the organization's.
    pub time_zone: String,
    /// When they fire next: five times.
    pub next_runs: Vec<DateTime<Utc>>,
}

/// Which fields are to be put in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct CadenceQuery {
    /// Five POSIX cron fields; `0 * * * *` unless given.
    #[serde(default)]
    pub cron: Option<String>,
    /// The language of the words; the member's unless given.
    #[serde(default)]
    pub language: Option<Language>,
}
