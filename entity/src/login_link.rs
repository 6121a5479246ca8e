//! A link that lets somebody into the console once; only the hash of its token is kept.

use sea_orm::entity::prelude::*;

use crate::enums::LoginPurpose;
use crate::ids::{LoginLinkId, MemberId, OrganizationId};

/// A link that lets somebody into the console once; only the hash of its token is kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_link")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LoginLinkId,
    /// The tenant; none where there is no organization yet.
    pub organization_id: Option<OrganizationId>,
    /// Whom it lets in; none where the owner is made by it.
    pub member_id: Option<MemberId>,
    /// What it is for.
    pub purpose: LoginPurpose,
    /// Who handed it out, or by whose word its asker was let in; none where the member asked for
    /// it by a way of their own.
    pub issuer_id: Option<MemberId>,
    /// SHA-256 of the token.
    #[sea_orm(column_type = "Blob", unique)]
    pub token_hash: Vec<u8>,
    /// When it stops to count.
    pub expires_at: DateTimeUtc,
    /// When it was used.
    pub consumed_at: Option<DateTimeUtc>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
