//! Who changed what; dismissals, pauses and looks are never here.

use sea_orm::entity::prelude::*;

use crate::ids::{AuditEventId, MemberId, OrganizationId};

/// Who changed what; dismissals, pauses and looks are never here.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// Primary key, a UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEventId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The member who acted; none for the system itself. No reference: the event outlives its people.
    pub actor_id: Option<MemberId>,
    /// Dotted verb, such as `post.approve`.
    pub action: String,
    /// What was changed, as `kind:id`.
    pub subject: String,
    /// Facts worth keeping; never secrets, never personal data.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    /// The chat interaction that asked for it.
    pub interaction_id: Option<String>,
    /// When it happened.
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
