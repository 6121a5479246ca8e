//! A unit of work to be done soon, once.

use sea_orm::entity::prelude::*;

use crate::ids::{JobId, OrganizationId};

/// A unit of work to be done soon, once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// The tenant; none for the server's own work.
    pub organization_id: Option<OrganizationId>,
    /// Which job.
    pub kind: String,
    /// Its arguments.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// At most one waiting job bears it; cleared when a worker takes the job.
    #[sea_orm(unique)]
    pub dedupe_key: Option<String>,
    /// Not before this time.
    pub run_at: DateTimeUtc,
    /// How often it was tried.
    pub attempts: i64,
    /// After so many it is dead.
    pub max_attempts: i64,
    /// The worker that holds it.
    pub locked_by: Option<String>,
    /// When that hold ends.
    pub locked_until: Option<DateTimeUtc>,
    /// When it succeeded.
    pub done_at: Option<DateTimeUtc>,
    /// When it was given up.
    pub dead_at: Option<DateTimeUtc>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
