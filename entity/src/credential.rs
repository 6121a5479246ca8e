//! A member's password, as its hash.

use sea_orm::entity::prelude::*;

use crate::ids::{MemberId, OrganizationId};

/// A member's password, as its hash.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Argon2id, with its parameters and salt.
    pub password_hash: String,
    /// By whose word its chooser was let in; none where they came by a way of the member's own.
    pub issuer_id: Option<MemberId>,
    /// When it was chosen.
    pub changed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
