//! The audit log: who changed what.
//!
//! Dismissing, declining, pausing, leaving a topic and looking are never here.

use entity::audit_event;
use entity::enums::Permission;
use entity::ids::{AuditEventId, MemberId, OrganizationId};
use serde_json::Value;

use super::actor::{Actor, LookError};
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::store::{StoreError, Txn, audit_events};

/// What happened: never secrets, never personal data.
#[derive(Clone, Debug)]
pub struct Event {
    /// Dotted verb, such as `post.approve`.
    pub action: &'static str,
    /// What was changed, as `kind:id`.
    pub subject: String,
    /// Facts worth keeping, as a JSON object.
    pub detail: Value,
}

/// Records what a member changed, in the transaction that changes it.
pub async fn record(txn: &Txn, app: &App, actor: &Actor, event: Event) -> Result<(), StoreError> {
    let row = row(
        app,
        actor.organization.id,
        Some(actor.member.id),
        event,
        actor.interaction_id.clone(),
    );
    audit_events::insert(&**txn, row).await.map(drop)
}

/// Records what the system changed by itself.
pub async fn record_system(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    event: Event,
) -> Result<(), StoreError> {
    let row = row(app, organization, None, event, None);
    audit_events::insert(&**txn, row).await.map(drop)
}

/// The log of the actor's organization.
pub async fn list(
    app: &App,
    actor: &Actor,
    paging: Paging,
) -> Result<Slice<audit_event::Model>, LookError> {
    actor.require(Permission::ReadAudit)?;
    Ok(audit_events::list(app.store.reader(), actor.organization.id, paging).await?)
}

fn row(
    app: &App,
    organization_id: OrganizationId,
    actor_id: Option<MemberId>,
    event: Event,
    interaction_id: Option<String>,
) -> audit_event::Model {
    audit_event::Model {
        id: AuditEventId(app.uuid()),
        organization_id,
        actor_id,
        action: event.action.to_owned(),
        subject: event.subject,
        detail: event.detail,
        interaction_id,
        at: app.now(),
    }
}
