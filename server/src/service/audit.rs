//! The audit log: who changed what.
//!
//! Dismissing, declining, pausing, leaving a topic and looking are never here.

use std::collections::HashMap;

use entity::audit_event;
use entity::enums::Permission;
use entity::ids::{AuditEventId, MemberId, OrganizationId};
use serde_json::Value;

use super::actor::{Actor, LookError};
use crate::app::App;
use crate::domain::audit::Wanted;
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

/// What is wanted of the log of the actor's organization.
pub async fn list(
    app: &App,
    actor: &Actor,
    wanted: &Wanted,
    paging: Paging,
) -> Result<Slice<audit_event::Model>, LookError> {
    actor.require(Permission::ReadAudit)?;
    Ok(audit_events::list(app.store.reader(), actor.organization.id, wanted, paging).await?)
}

/// Entries among which those are looked for who did something of late.
const LATELY: u64 = 1_000;

/// Who did something of late in the actor's organization, each once.
pub async fn latest_actors(app: &App, actor: &Actor) -> Result<Vec<MemberId>, LookError> {
    actor.require(Permission::ReadAudit)?;
    let db = app.store.reader();
    let mut ids = audit_events::latest_actors(db, actor.organization.id, LATELY).await?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The names of members who acted, as far as they are still known.
pub async fn names(
    app: &App,
    actor: &Actor,
    ids: &[MemberId],
) -> Result<HashMap<MemberId, String>, LookError> {
    actor.require(Permission::ReadAudit)?;
    let found = audit_events::actors(app.store.reader(), actor.organization.id, ids).await?;
    Ok(found
        .into_iter()
        .map(|member| (member.id, member.display_name))
        .collect())
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
