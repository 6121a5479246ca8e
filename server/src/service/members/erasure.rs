//! Erasing: everything that says who a member is goes for good; what they shared stays, without a
//! name, so that every sum is what it was.

mod finish;

use entity::enums::{ImportState, Permission};
use entity::ids::{DeliveryId, MemberId};
use entity::{csv_import, delivery, identity, member, organization};
use serde_json::json;
use thiserror::Error;

use super::change::hold_also_erased;
use super::{MemberError, may_grant};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::erasure::{Traces, is_meant, out_of_file, tombstone};
use crate::service::actor::{Actor, Forbidden};
use crate::service::{audit, deliveries, imports, points};
use crate::store::deliveries::personal;
use crate::store::{
    StoreError, Txn, csv_imports, erasure as rows, identities, members, organizations,
};

pub use finish::{FinishErasure, finish};

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
    if id == actor.member.id {
        may_erase_themself(actor)?;
    }
    take(app, actor, id, typed).await
}

/// Erases the actor.
pub async fn erase_me(app: &App, actor: &Actor, typed: &str) -> Result<(), EraseError> {
    may_erase_themself(actor)?;
    take(app, actor, actor.member.id, typed).await
}

/// Nobody is erased by a token that was made for one thing, nor by who may be somebody else.
fn may_erase_themself(actor: &Actor) -> Result<(), EraseError> {
    actor.require_everything()?;
    match actor.issuer {
        Some(_) => Err(EraseError::ByAnothersWord),
        None => Ok(()),
    }
}

async fn take(app: &App, actor: &Actor, id: MemberId, typed: &str) -> Result<(), EraseError> {
    let organization = &actor.organization;
    let txn = app.store.begin().await?;
    let files = rows::open_files(&txn, organization.id).await?;
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
    wipe(&txn, app, organization, (held.member, &files)).await?;
    let by = if is_own { "themself" } else { "another" };
    audit::record(&txn, app, actor, event(id, by)).await?;
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
    let txn = app.store.begin().await?;
    let files = rows::open_files(&txn, organization.id).await?;
    let held = match hold_also_erased(&txn, organization.id, id).await {
        Ok(held) => held,
        Err(MemberError::Store(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    // They may have come back meanwhile.
    if held.member.left_at.is_none() || held.member.erased_at.is_some() {
        return Ok(false);
    }
    wipe(&txn, app, organization, (held.member, &files)).await?;
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
    (member, files): (member::Model, &[csv_import::Model]),
) -> Result<member::Model, StoreError> {
    let owner = (organization.id, member.id);
    let accounts = identities::of_member(&**txn, owner.0, owner.1).await?;
    let traces = traces(txn, &member, &accounts).await?;
    let tries: Vec<String> = accounts.iter().map(account_name).collect();
    rows::forget_tries(txn, &tries).await?;
    silence(txn, app, &member).await?;
    rows::destroy(txn, owner).await?;
    if points::is_shown(&member) {
        points::show(txn, owner.0, owner.1, false).await?;
    }
    clean_log(txn, &member, &traces).await?;
    clean_contact(txn, app, &member, &traces).await?;
    clean_files(txn, app, &member, files).await?;
    let stone = tombstone(&member, organization.language, app.now());
    members::update(&**txn, stone).await
}

/// Words that tell who they are.
async fn traces(
    txn: &Txn,
    member: &member::Model,
    accounts: &[identity::Model],
) -> Result<Traces, StoreError> {
    let owner = (member.organization_id, member.id);
    let mut words = rows::places(&**txn, owner).await?;
    words.push(member.display_name.clone());
    words.push(member.pseudonym.clone());
    words.extend(member.email.clone());
    for account in accounts {
        words.push(account.user_ref.clone());
        words.extend(account.account_name.clone());
    }
    Ok(Traces::of(words))
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
    let open = rows::open_messages(&**txn, owner).await?;
    rows::blank_addresses(txn, owner, &needed(&open)).await?;
    if open.is_empty() {
        return Ok(());
    }
    finish::plan(txn, app, owner, app.now()).await
}

/// Operations that are open, and the messages that they are about.
fn needed(open: &[delivery::Model]) -> Vec<DeliveryId> {
    let targets = open.iter().filter_map(|one| one.target_id);
    open.iter().map(|one| one.id).chain(targets).collect()
}

/// The log keeps what was done, and says nothing of them.
async fn clean_log(txn: &Txn, member: &member::Model, traces: &Traces) -> Result<(), StoreError> {
    for word in traces.iter() {
        for entry in rows::entries_naming(txn, member.organization_id, word).await? {
            let cleaned = traces.out_of_value(&entry.detail);
            if cleaned != entry.detail {
                rows::set_facts(txn, entry.id, cleaned).await?;
            }
        }
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
    let Some(mut row) = organizations::find(&**txn, member.organization_id).await? else {
        return Ok(());
    };
    let contact = row.settings.contact.as_deref();
    if contact.is_some_and(|contact| traces.out_of(contact) != contact) {
        row.settings.contact = None;
        row.updated_at = app.now();
        organizations::update(&**txn, row).await?;
    }
    Ok(())
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
