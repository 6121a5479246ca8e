//! A code by which a second account is joined to a member; only its hash is kept.

use sea_orm::entity::prelude::*;

use crate::ids::{IdentityId, MemberId, OrganizationId, PairingCodeId};

/// A code by which a second account is joined to a member; only its hash is kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pairing_code")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PairingCodeId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Whose accounts it adds to.
    pub member_id: MemberId,
    /// HMAC of the code under a key of the server.
    #[sea_orm(column_type = "Blob", unique)]
    pub code_hash: Vec<u8>,
    /// The account that asked for it, which is told of the pairing; none if an admin did.
    /// No reference: an account that is gone is told nothing.
    pub issued_to: Option<IdentityId>,
    /// Who handed it out, or by whose word its asker was let in; none where the member asked for
    /// it by a way of their own.
    pub issuer_id: Option<MemberId>,
    /// When it stops to count.
    pub expires_at: DateTimeUtc,
    /// When it was used; a code that was voided is used for nothing.
    pub used_at: Option<DateTimeUtc>,
    /// The account that it added. No reference: the pairing may be undone.
    pub used_for: Option<IdentityId>,
    /// When the row was written.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
