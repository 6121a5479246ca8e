//! Leavers: what lets them in ends at once, what was to be said to them is not said, and what
//! they shared stays: under their name, or without it where the organization says so. Who comes back
//! is who they were, but for what was destroyed.

use entity::enums::Permission;
use entity::ids::MemberId;
use entity::member;
use serde_json::json;

use super::change::{hold, hold_also_erased, write};
use super::erasure::{Ahead, event, hold_what_is_theirs, look_ahead, may_erase_for_good, wipe};
use super::teams::Teams;
use super::{MemberError, Seen, may_grant};
use crate::app::App;
use crate::service::actor::Actor;
use crate::service::{audit, points, retention};
use crate::store::deliveries::personal;
use crate::store::{StoreError, Txn, api_tokens, login_links, pairing, sessions};

/// A member left; again nothing changes. Nobody lets go of who may do more than they. Where the
/// organization keeps no names of who left, everything that says who they are goes with them.
pub async fn mark_left(app: &App, actor: &Actor, id: MemberId) -> Result<Seen, MemberError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let owner = (organization, id);
    let db = app.store.reader();
    let ahead = if retention::forgets_leavers_at_once(db, organization).await? {
        look_ahead(app, owner).await?
    } else {
        Ahead::default()
    };
    let txn = app.store.begin().await?;
    let forgets = retention::forgets_leavers_at_once(&*txn, organization).await?;
    let files = if forgets {
        hold_what_is_theirs(&txn, owner).await?
    } else {
        Vec::new()
    };
    let held = if forgets {
        hold_also_erased(&txn, organization, id).await?
    } else {
        hold(&txn, organization, id).await?
    };
    let teams = Teams::load(&*txn, organization).await?;
    may_grant(actor, &held.member.roles.0)?;
    if held.member.left_at.is_some() {
        return Ok(teams.seen(held.member));
    }
    if held.is_last_owner() {
        return Err(MemberError::LastOwner);
    }
    if forgets {
        may_erase_for_good(actor, id)?;
    }
    let was_shown = points::is_shown(&held.member);
    let (sessions, tokens) = shut(&txn, app, &held.member).await?;
    let row = member::Model {
        left_at: Some(app.now()),
        ..held.member
    };
    let detail = json!({"sessions": sessions, "tokens": tokens});
    let member = write(&txn, app, actor, (row, "member.leave", detail)).await?;
    let is_shown = points::is_shown(&member);
    if is_shown != was_shown {
        points::show(&txn, organization, id, is_shown).await?;
    }
    let member = if forgets {
        let stone = wipe(&txn, app, &actor.organization, (member, &files, &ahead)).await?;
        audit::record_system(&txn, app, organization, event(id, "retention")).await?;
        stone
    } else {
        member
    };
    txn.commit().await?;
    app.couriers.wake();
    Ok(teams.seen(member))
}

/// Ends every way in and everything that waits for the member; how many sessions and tokens.
async fn shut(txn: &Txn, app: &App, member: &member::Model) -> Result<(u64, u64), StoreError> {
    let owner = (member.organization_id, member.id);
    let ended = sessions::delete_all(&**txn, owner, None).await?;
    let destroyed = api_tokens::delete_all(txn, owner).await?;
    login_links::void(txn, owner, app.now()).await?;
    pairing::void(txn, owner.0, owner.1, app.now()).await?;
    personal::cancel_all_of_member(txn, owner.0, owner.1).await?;
    Ok((ended, destroyed))
}

/// A member is there again; one who never left stays as they are. They hold the roles that they
/// held, so nobody brings back who may do more than they.
pub async fn bring_back(app: &App, actor: &Actor, id: MemberId) -> Result<Seen, MemberError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let held = hold(&txn, organization, id).await?;
    let teams = Teams::load(&*txn, organization).await?;
    may_grant(actor, &held.member.roles.0)?;
    if held.member.left_at.is_none() {
        return Ok(teams.seen(held.member));
    }
    let was_shown = points::is_shown(&held.member);
    let row = member::Model {
        left_at: None,
        ..held.member
    };
    let member = write(&txn, app, actor, (row, "member.return", json!({}))).await?;
    let is_shown = points::is_shown(&member);
    if is_shown != was_shown {
        points::show(&txn, organization, id, is_shown).await?;
    }
    txn.commit().await?;
    Ok(teams.seen(member))
}

#[cfg(test)]
mod tests;
