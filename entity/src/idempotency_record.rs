//! The answer to a request that bore an `Idempotency-Key`, kept for 24 hours.

use sea_orm::entity::prelude::*;

use crate::ids::{IdempotencyRecordId, OrganizationId};

/// The answer to a request that bore an `Idempotency-Key`, kept for 24 hours.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_record")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdempotencyRecordId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Token, actor and operation.
    pub scope: String,
    /// The key as sent.
    pub idempotency_key: String,
    /// SHA-256 of the body: another body under the same key is refused.
    #[sea_orm(column_type = "Blob")]
    pub request_hash: Vec<u8>,
    /// HTTP status of the answer; none while it is being worked out, 0 from when it took effect.
    pub status: Option<i64>,
    /// Body of the answer, encrypted at rest, in base64.
    pub answer: Option<String>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
