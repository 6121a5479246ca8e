//! Erasing: everything that says who a member is goes for good; what they shared stays, without a
//! name, so that every sum is what it was.

mod finish;

use chrono::TimeDelta;
use entity::enums::{ImportState, Permission};
use entity::ids::{AuditEventId, MemberId, OrganizationId};
use entity::{audit_event, csv_import, identity, member, organization};
use serde_json::{Value, json};
use thiserror::Error;
use uuid::Uuid;

use super::change::hold_also_erased;
use super::{MemberError, may_grant};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::erasure::{Traces, is_meant, out_of_file, tombstone};
use crate::service::actor::{Actor, Forbidden};
use crate::service::{audit, deliveries, imports, points};
use crate::store::deliveries::personal;
use crate::store::{
    Reader, StoreError, Txn, clicks, csv_imports, erasure as rows, identities, members,
    organizations, proposals,
};

pub use finish::{FinishErasure, finish, forget_remembered};

/// Entries of the log of one look.
const PAGE: u64 = 500;
/// The same where they are known by their ids.
const LOOK: usize = 500;
/// Entries that came so long before the log was looked through are looked at once more: they may
/// have been written down after.
const LATE: TimeDelta = TimeDelta::minutes(5);

/// Why somebody is not erased.
#[derive(Debug, Error)]
pub enum EraseError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The actor came by a link or a code that somebody else held, who may be they.
    #[error("this log-in began with a link of somebody else: log in by a way of your own")]
    ByAnothersWord,
    /// There is no such member.
    #[error("there is no such member")]
    NotFound,
    /// What was typed is neither their name nor their address.
    #[error("is neither the name nor the address of who is to be erased")]
    NotMeant,
    /// Nobody could look after the organization any more.
    #[error("is the last owner: make somebody else one first")]
    LastOwner,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<MemberError> for EraseError {
    fn from(error: MemberError) -> Self {
        match error {
            MemberError::Forbidden(error) => Self::Forbidden(error),
            MemberError::Store(error) => Self::Store(error),
            MemberError::LastOwner => Self::LastOwner,
            MemberError::ByAnothersWord => Self::ByAnothersWord,
            MemberError::NotFound
            | MemberError::Invalid(_)
            | MemberError::AddressTaken
            | MemberError::MemberLeft => Self::NotFound,
        }
    }
}

/// Erases a member, whom the actor may grant all that they may do; `typed` is their name or their
/// address. Again it changes nothing.
pub async fn erase(app: &App, actor: &Actor, id: MemberId, typed: &str) -> Result<(), EraseError> {
    actor.require(Permission::ManageMembers)?;
    may_erase_for_good(actor, id)?;
    take(app, actor, id, typed).await
}

/// Erases the actor.
pub async fn erase_me(app: &App, actor: &Actor, typed: &str) -> Result<(), EraseError> {
    may_erase_for_good(actor, actor.member.id)?;
    take(app, actor, actor.member.id, typed).await
}

/// Nobody erases themself by a token that was made for one thing, and nobody anybody who may be
/// somebody else.
pub(super) fn may_erase_for_good(actor: &Actor, id: MemberId) -> Result<(), MemberError> {
    if id == actor.member.id {
        actor.require_everything()?;
    }
    match actor.issuer {
        Some(_) => Err(MemberError::ByAnothersWord),
        None => Ok(()),
    }
}

async fn take(app: &App, actor: &Actor, id: MemberId, typed: &str) -> Result<(), EraseError> {
    let organization = &actor.organization;
    let ahead = look_ahead(app, (organization.id, id)).await?;
    let txn = app.store.begin().await?;
    let files = hold_what_is_theirs(&txn, (organization.id, id)).await?;
    let held = hold_also_erased(&txn, organization.id, id).await?;
    if held.member.erased_at.is_some() {
        return Ok(());
    }
    let is_own = id == actor.member.id;
    if !is_own {
        may_grant(actor, &held.member.roles.0)?;
    }
    if held.is_last_owner() {
        return Err(EraseError::LastOwner);
    }
    if !is_meant(typed, &held.member) {
        return Err(EraseError::NotMeant);
    }
    // First, so that nothing of this entry hangs on how much of theirs is taken back.
    let by = if is_own { "themself" } else { "another" };
    audit::record(&txn, app, actor, event(id, by)).await?;
    wipe(&txn, app, organization, (held.member, &files, &ahead)).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(())
}

/// What the log says of it.
pub(super) fn event(id: MemberId, by: &str) -> audit::Event {
    audit::Event {
        action: "member.erase",
        subject: format!("member:{id}"),
        detail: json!({ "by": by }),
    }
}

/// Erases somebody whose time as a leaver is over; says whether they were still to be erased.
pub async fn erase_leaver(
    app: &App,
    organization: &organization::Model,
    id: MemberId,
) -> Result<bool, StoreError> {
    let ahead = look_ahead(app, (organization.id, id)).await?;
    let txn = app.store.begin().await?;
    let files = hold_what_is_theirs(&txn, (organization.id, id)).await?;
    let held = match hold_also_erased(&txn, organization.id, id).await {
        Ok(held) => held,
        Err(MemberError::Store(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    // They may have come back meanwhile.
    if held.member.left_at.is_none() || held.member.erased_at.is_some() {
        return Ok(false);
    }
    wipe(&txn, app, organization, (held.member, &files, &ahead)).await?;
    audit::record_system(&txn, app, organization.id, event(id, "retention")).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(true)
}

/// Destroys what says who a member is, who is held; gives what stays of them. `files` are those of
/// members that are not taken over yet, held before anybody was.
pub(super) async fn wipe(
    txn: &Txn,
    app: &App,
    organization: &organization::Model,
    (member, files, ahead): (member::Model, &[csv_import::Model], &Ahead),
) -> Result<member::Model, StoreError> {
    let owner = (organization.id, member.id);
    let accounts = identities::of_member(&**txn, owner.0, owner.1).await?;
    let traces = traces(&**txn, &member, &accounts).await?;
    let tries: Vec<String> = accounts.iter().map(account_name).collect();
    rows::forget_tries(txn, &tries).await?;
    silence(txn, app, &member).await?;
    rows::destroy(txn, owner).await?;
    proposals::forget_member(txn, owner, app.now()).await?;
    if points::is_shown(&member) {
        points::show(txn, owner.0, owner.1, false).await?;
    }
    clean_log(txn, &member, (&traces, ahead)).await?;
    clean_contact(txn, app, &member, &traces).await?;
    clean_files(txn, app, &member, files).await?;
    let stone = tombstone(&member, organization.language, app.now());
    members::update(&**txn, stone).await
}

/// Holds what is held before anybody is: files of members that are not taken over yet, which it
/// gives, and what the member proposed.
pub(super) async fn hold_what_is_theirs(
    txn: &Txn,
    owner: (OrganizationId, MemberId),
) -> Result<Vec<csv_import::Model>, StoreError> {
    let files = rows::open_files(txn, owner.0).await?;
    proposals::hold_of_member(txn, owner).await?;
    Ok(files)
}

/// What was looked up before anybody is held: whoever writes does not wait while the whole log is
/// looked through.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    traces: Traces,
    entries: Vec<AuditEventId>,
    interactions: Vec<AuditEventId>,
    /// Entries up to this one were looked at.
    until: Option<AuditEventId>,
}

/// Looks for the entries of the log that tell of a member.
pub(super) async fn look_ahead(
    app: &App,
    owner: (OrganizationId, MemberId),
) -> Result<Ahead, StoreError> {
    let db = app.store.reader();
    let begun = clicks::first_hit_at(app.now() - LATE);
    let Some(member) = members::find(db, owner.0, owner.1).await? else {
        return Ok(Ahead::default());
    };
    if member.erased_at.is_some() {
        return Ok(Ahead::default());
    }
    let accounts = identities::of_member(db, owner.0, owner.1).await?;
    let traces = traces(db, &member, &accounts).await?;
    let nothing = AuditEventId(Uuid::nil());
    let told = told_of(db, owner.0, (&traces, nothing)).await?;
    Ok(Ahead {
        entries: told.into_iter().map(|(id, _)| id).collect(),
        interactions: rows::interactions(db, owner).await?,
        until: Some(AuditEventId(begun.0)),
        traces,
    })
}

/// The entries after one that tell of somebody, each with the same that does not.
async fn told_of(
    db: &impl Reader,
    organization: OrganizationId,
    (traces, after): (&Traces, AuditEventId),
) -> Result<Vec<(AuditEventId, Value)>, StoreError> {
    let words: Vec<&str> = traces.iter().collect();
    let (mut told, mut after) = (Vec::new(), after);
    loop {
        let page = rows::entries_naming(db, organization, &words, (after, PAGE)).await?;
        let Some(last) = page.last() else {
            return Ok(told);
        };
        after = last.id;
        told.extend(page.iter().filter_map(|entry| without(traces, entry)));
    }
}

/// An entry's facts without somebody; none where they do not tell of them.
fn without(traces: &Traces, entry: &audit_event::Model) -> Option<(AuditEventId, Value)> {
    let cleaned = traces.out_of_facts(&entry.action, &entry.detail);
    (cleaned != entry.detail).then_some((entry.id, cleaned))
}

/// Words that tell who they are.
async fn traces(
    db: &impl Reader,
    member: &member::Model,
    accounts: &[identity::Model],
) -> Result<Traces, StoreError> {
    let owner = (member.organization_id, member.id);
    let mut addresses = rows::places(db, owner).await?;
    addresses.extend(member.email.clone());
    addresses.extend(accounts.iter().map(|account| account.user_ref.clone()));
    let mut names = vec![member.display_name.clone(), member.pseudonym.clone()];
    names.extend((accounts.iter()).filter_map(|account| account.account_name.clone()));
    Ok(Traces::of(addresses, names))
}

fn account_name(row: &identity::Model) -> String {
    let account = Account {
        platform: row.platform,
        workspace_ref: row.workspace_ref.clone(),
        user_ref: row.user_ref.clone(),
    };
    account.name()
}

/// Nothing more is said to them, what was is taken back, and where they were written to is
/// destroyed but where that is still needed for it.
async fn silence(txn: &Txn, app: &App, member: &member::Model) -> Result<(), StoreError> {
    let owner = (member.organization_id, member.id);
    personal::cancel_all_of_member(txn, owner.0, owner.1).await?;
    let out = rows::messages(&**txn, owner).await?;
    deliveries::take_back(txn, app, &out).await?;
    rows::blank_addresses(txn, owner, true).await?;
    // Also where nothing is open: somebody may be planning what they read before this.
    finish::plan(txn, app, owner, app.now()).await
}

/// The log keeps what was done, and says nothing of them.
async fn clean_log(
    txn: &Txn,
    member: &member::Model,
    (traces, ahead): (&Traces, &Ahead),
) -> Result<(), StoreError> {
    let owner = (member.organization_id, member.id);
    let nothing = AuditEventId(Uuid::nil());
    let since = (
        ahead.interactions.as_slice(),
        ahead.until.unwrap_or(nothing),
    );
    rows::forget_interactions(txn, owner, since).await?;
    // Who is called otherwise by now is looked for again.
    let seen = ahead.until.filter(|_| ahead.traces == *traces);
    let mut told = Vec::new();
    if seen.is_some() {
        for some in ahead.entries.chunks(LOOK) {
            let entries = rows::entries(&**txn, member.organization_id, some).await?;
            told.extend(entries.iter().filter_map(|entry| without(traces, entry)));
        }
    }
    let after = seen.unwrap_or(nothing);
    told.extend(told_of(&**txn, member.organization_id, (traces, after)).await?);
    for (entry, cleaned) in told {
        rows::set_facts(txn, entry, cleaned).await?;
    }
    Ok(())
}

/// Nobody is told to ask somebody who is gone.
async fn clean_contact(
    txn: &Txn,
    app: &App,
    member: &member::Model,
    traces: &Traces,
) -> Result<(), StoreError> {
    let names = |row: &organization::Model| {
        let contact = row.settings.contact.as_deref();
        contact.is_some_and(|contact| traces.out_of(contact) != contact)
    };
    let id = member.organization_id;
    // A look first: few are the contact, and nobody's settings are held for the others.
    let looked = organizations::find(&**txn, id).await?;
    if !looked.as_ref().is_some_and(names) {
        return Ok(());
    }
    let held = organizations::find_to_change(txn, id).await?;
    let Some(mut row) = held.filter(names) else {
        return Ok(());
    };
    row.settings.contact = None;
    row.settings_version += 1;
    row.updated_at = app.now();
    organizations::update(&**txn, row).await?;
    let event = audit::Event {
        action: "organization.update",
        subject: format!("organization:{id}"),
        detail: json!({"contact": true}),
    };
    audit::record_system(txn, app, id, event).await
}

/// No file that came before brings them back, and none says what it would have done to them.
async fn clean_files(
    txn: &Txn,
    app: &App,
    member: &member::Model,
    files: &[csv_import::Model],
) -> Result<(), StoreError> {
    let organization = member.organization_id;
    let address = member.email.as_deref();
    rows::forget_lines(txn, organization, (&member.display_name, address)).await?;
    let Some(address) = address else {
        return Ok(());
    };
    for import in files {
        let content = csv_imports::file(&**txn, organization, import.id).await?;
        let cleaned = content.and_then(|content| out_of_file(&content, address));
        let Some(cleaned) = cleaned else { continue };
        rows::replace_file(txn, import.id, cleaned, app.now()).await?;
        match import.state {
            // Whoever is at it has read the former file, and stops.
            ImportState::Checking | ImportState::Running => {
                imports::plan(txn, app, import).await?;
            }
            ImportState::Ready | ImportState::Done | ImportState::Failed => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
