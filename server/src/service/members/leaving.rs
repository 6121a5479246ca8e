//! Leavers: what lets them in ends at once, what was to be said to them is not said, and what
//! they shared stays: under their name, or without it where the organization says so. Who comes back
//! is who they were, but for what was destroyed.

use entity::enums::{Permission, Platform};
use entity::ids::{InstallationId, MemberId, OrganizationId};
use entity::{csv_import, identity, member};
use serde_json::{Value, json};

use super::change::{Held, hold, hold_also_erased, write};
use super::erasure::event as erased;
use super::erasure::{Ahead, hold_what_is_theirs, look_ahead, may_erase_for_good, wipe};
use super::teams::Teams;
use super::{MemberError, Seen, may_grant};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::pairing::may_unpair;
use crate::service::actor::Actor;
use crate::service::pairing::part_by_chat;
use crate::service::{audit, points, retention};
use crate::store::deliveries::personal;
use crate::store::{
    StoreError, Txn, api_tokens, identities, installations, login_links, members, pairing, sessions,
};

/// A member left; again nothing changes. Nobody lets go of who may do more than they. Where the
/// organization keeps no names of who left, everything that says who they are goes with them.
pub async fn mark_left(app: &App, actor: &Actor, id: MemberId) -> Result<Seen, MemberError> {
    actor.require(Permission::ManageMembers)?;
    let organization = actor.organization.id;
    let ahead = look_before(app, (organization, id)).await?;
    let txn = app.store.begin().await?;
    let (held, trail) = hold_leaver(&txn, (organization, id), ahead).await?;
    let teams = Teams::load(&*txn, organization).await?;
    may_grant(actor, &held.member.roles.0)?;
    if held.member.left_at.is_some() {
        return Ok(teams.seen(held.member));
    }
    if held.is_last_owner() {
        return Err(MemberError::LastOwner);
    }
    if trail.is_some() {
        may_erase_for_good(actor, id)?;
    }
    let mut member = let_go(&txn, app, Some(actor), held.member).await?;
    if let Some(trail) = trail {
        let what = (member, trail.files.as_slice(), &trail.ahead);
        member = wipe(&txn, app, &actor.organization, what).await?;
        audit::record_system(&txn, app, organization, erased(id, "retention")).await?;
    }
    txn.commit().await?;
    app.couriers.wake();
    Ok(teams.seen(member))
}

/// A chat says that an account was removed from its workspace: whose it was is a leaver. A chat may
/// be wrong, and takes it back by itself: also where no names of leavers are kept, nothing is
/// destroyed for good before a day has passed. Who is in another workspace of the organization on
/// that chat, or is its last owner, loses that account alone, and the log says so. Again nothing
/// changes.
pub async fn removed_in_chat(
    app: &App,
    (platform, home): (Platform, InstallationId),
    user_ref: &str,
) -> Result<(), StoreError> {
    let db = app.store.reader();
    let home = installations::by_id(db, platform, home).await?;
    let Some(home) = home.filter(|home| home.revoked_at.is_none()) else {
        return Ok(());
    };
    let organization = home.organization_id;
    let account = Account {
        platform,
        workspace_ref: home.external_id,
        user_ref: user_ref.to_owned(),
    };
    let known = identities::of_account(db, organization, &account).await?;
    let Some(known) = known else {
        return Ok(());
    };
    let owner = (organization, known.member_id);
    let txn = app.store.begin().await?;
    let held = match hold(&txn, owner.0, owner.1).await {
        Ok(held) => held,
        Err(MemberError::Store(error)) => return Err(error),
        // Whoever was erased meanwhile has no account.
        Err(_) => return Ok(()),
    };
    let mut others = identities::of_member(&*txn, owner.0, owner.1).await?;
    let is_theirs = others.iter().any(|one| one.id == known.id);
    if !is_theirs || held.member.left_at.is_some() {
        return Ok(());
    }
    others.retain(|one| one.id != known.id);
    let is_there = is_elsewhere(&txn, &known, &others).await?;
    let is_last_owner = held.is_last_owner();
    if is_there || is_last_owner {
        // Without it nothing would say who they are.
        if !may_unpair(others.len(), held.member.email.is_some()) {
            tracing::warn!(member.id = %owner.1, "the last owner was removed from a workspace");
            return Ok(());
        }
        if !is_there {
            let stays = event(owner.1, "member.last_owner", json!({"platform": platform}));
            audit::record_system(&txn, app, organization, stays).await?;
        }
        part_by_chat(&txn, app, held.member, (&known, &others)).await?;
    } else {
        let_go(&txn, app, None, held.member).await?;
    }
    txn.commit().await?;
    app.couriers.wake();
    Ok(())
}

/// Whether one of these accounts is on the same chat as one that is gone, where the bot is. One on
/// another chat does not say that somebody is a colleague still: people keep it when they go.
async fn is_elsewhere(
    txn: &Txn,
    gone: &identity::Model,
    accounts: &[identity::Model],
) -> Result<bool, StoreError> {
    let homes = installations::active_of(&**txn, gone.organization_id).await?;
    let is_there = |account: &identity::Model| {
        account.platform == gone.platform
            && homes.iter().any(|home| {
                home.platform == account.platform && home.external_id == account.workspace_ref
            })
    };
    Ok(accounts.iter().any(is_there))
}

/// What goes with a leaver where no names of leavers are kept.
struct Trail {
    files: Vec<csv_import::Model>,
    ahead: Ahead,
}

/// Looks for it before anybody is held.
async fn look_before(app: &App, owner: (OrganizationId, MemberId)) -> Result<Ahead, StoreError> {
    if retention::forgets_leavers_at_once(app.store.reader(), owner.0).await? {
        look_ahead(app, owner).await
    } else {
        Ok(Ahead::default())
    }
}

/// Holds who is to leave, and where no names of leavers are kept, what goes with them.
async fn hold_leaver(
    txn: &Txn,
    owner: (OrganizationId, MemberId),
    ahead: Ahead,
) -> Result<(Held, Option<Trail>), MemberError> {
    if !retention::forgets_leavers_at_once(&**txn, owner.0).await? {
        return Ok((hold(txn, owner.0, owner.1).await?, None));
    }
    let files = hold_what_is_theirs(txn, owner).await?;
    let held = hold_also_erased(txn, owner.0, owner.1).await?;
    Ok((held, Some(Trail { files, ahead })))
}

/// Lets go of a member who is held, by the word of somebody or of a chat.
async fn let_go(
    txn: &Txn,
    app: &App,
    actor: Option<&Actor>,
    member: member::Model,
) -> Result<member::Model, StoreError> {
    let (organization, id) = (member.organization_id, member.id);
    let was_shown = points::is_shown(&member);
    let (sessions, tokens) = shut(txn, app, &member).await?;
    let row = member::Model {
        left_at: Some(app.now()),
        updated_at: app.now(),
        ..member
    };
    let member = if let Some(actor) = actor {
        let detail = json!({"sessions": sessions, "tokens": tokens});
        write(txn, app, actor, (row, "member.leave", detail)).await?
    } else {
        let detail = json!({"by": "chat", "sessions": sessions, "tokens": tokens});
        let left = event(id, "member.leave", detail);
        audit::record_system(txn, app, organization, left).await?;
        members::update(&**txn, row).await?
    };
    let is_shown = points::is_shown(&member);
    if is_shown != was_shown {
        points::show(txn, organization, id, is_shown).await?;
    }
    Ok(member)
}

fn event(id: MemberId, action: &'static str, detail: Value) -> audit::Event {
    audit::Event {
        action,
        subject: format!("member:{id}"),
        detail,
    }
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
