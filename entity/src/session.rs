//! A browser that is logged in to the console; only the hash of its token is kept.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId, SessionId};

/// A browser that is logged in to the console; only the hash of its token is kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who is logged in.
    pub member_id: MemberId,
    /// By whose word it began; none where it was its member's own.
    pub issuer_id: Option<MemberId>,
    /// SHA-256 of the token.
    #[sea_orm(column_type = "Blob", unique)]
    pub token_hash: Vec<u8>,
    /// Browser and system, as far as people tell them apart.
    pub browser: String,
    /// When it was last used, to the hour.
    pub last_seen_at: DateTimeUtc,
    /// When it ends however often it is used.
    pub expires_at: DateTimeUtc,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
