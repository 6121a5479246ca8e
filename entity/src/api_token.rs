//! A bearer token of the API; only its hash is kept.

use sea_orm::entity::prelude::*;

use crate::ids::{ApiTokenId, MemberId, OrganizationId};
use crate::json::Scopes;

/// A bearer token of the API; only its hash is kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiTokenId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The member in whose name it acts.
    pub member_id: MemberId,
    /// By whose word its maker was let in; none where they came by a way of the member's own.
    pub issuer_id: Option<MemberId>,
    /// What it is for, in its owner's words.
    pub name: String,
    /// SHA-256 of the token.
    #[sea_orm(column_type = "Blob", unique)]
    pub token_hash: Vec<u8>,
    /// Permissions it may use, at most those of the member.
    #[sea_orm(column_type = "JsonBinary")]
    pub scopes: Scopes,
    /// When it stops working.
    pub expires_at: Option<DateTimeUtc>,
    /// Last use, to the hour.
    pub last_used_at: Option<DateTimeUtc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
