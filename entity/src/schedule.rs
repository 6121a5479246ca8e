//! A recurring job.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganizationId, ScheduleId};

/// A recurring job.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScheduleId,
    /// The tenant; none for the server's own work.
    pub organization_id: Option<OrganizationId>,
    /// Unique name, such as `feed:<id>`.
    #[sea_orm(unique)]
    pub name: String,
    /// Five POSIX cron fields.
    pub cron: String,
    /// IANA name in which they are read.
    pub time_zone: String,
    /// The job to enqueue.
    pub job_kind: String,
    /// Its arguments.
    #[sea_orm(column_type = "JsonBinary")]
    pub job_payload: Json,
    /// When it fires next.
    pub next_run_at: DateTimeUtc,
    /// When the row was written.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
