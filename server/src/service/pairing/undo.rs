//! Taking an account off a member again: the member does, or who looks after members.

use entity::enums::{DeliveryPreference, Permission, Platform};
use entity::ids::{IdentityId, MemberId};
use entity::{identity, member};
use serde_json::json;
use thiserror::Error;

use crate::app::App;
use crate::domain::pairing::may_unpair;
use crate::domain::permission;
use crate::service::actor::{Actor, Forbidden};
use crate::service::{audit, deliveries, members as people};
use crate::store::{StoreError, Txn, identities, installations, members, shares};

/// Why an account stays.
#[derive(Debug, Error)]
pub enum UnpairError {
    /// It is none of the member's.
    #[error("there is no such account")]
    NotFound,
    /// The actor comes with less than the member may do.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Nobody would know the member any more.
    #[error("it is the only way to know this member")]
    LastAccount,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes one of the actor's accounts off. One that is gone is not there, as one of somebody else's
/// is not.
pub async fn unpair(app: &App, actor: &Actor, id: IdentityId) -> Result<(), UnpairError> {
    actor.require_everything()?;
    take_off(app, actor, (actor.member.id, id)).await
}

/// Takes an account off another member, whom the actor may grant all that they may do.
pub async fn unpair_member(
    app: &App,
    actor: &Actor,
    (member, id): (MemberId, IdentityId),
) -> Result<(), UnpairError> {
    actor.require(Permission::ManageMembers)?;
    let found = members::find(app.store.reader(), actor.organization.id, member).await?;
    let found = found.ok_or(UnpairError::NotFound)?;
    people::may_grant(actor, &found.roles.0)?;
    take_off(app, actor, (member, id)).await
}

async fn take_off(
    app: &App,
    actor: &Actor,
    (member, id): (MemberId, IdentityId),
) -> Result<(), UnpairError> {
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let locked = shares::lock_members(&txn, &[member]).await?;
    let member = locked.into_iter().next().ok_or(UnpairError::NotFound)?;
    let identity = identities::find(&*txn, organization, id).await?;
    let identity = identity.filter(|one| one.member_id == member.id);
    let identity = identity.ok_or(UnpairError::NotFound)?;
    let mut left = identities::of_member(&*txn, organization, member.id).await?;
    left.retain(|one| one.id != id);
    if !may_unpair(left.len(), member.email.is_some()) {
        return Err(UnpairError::LastAccount);
    }
    part(&txn, app, Some(actor), member, (&identity, &left)).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(())
}

/// Takes off a member who may do more from now on what was joined to them by the word of somebody
/// who may do less: whoever handed out the code may have typed it, and whoever connected the
/// workspace may have made the address. Gives the member as they are
/// written.
pub(in crate::service) async fn part_from_issued(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    member: member::Model,
) -> Result<member::Model, StoreError> {
    let (mut left, mut gone) = (Vec::new(), Vec::new());
    for identity in identities::of_member(&**txn, member.organization_id, member.id).await? {
        let by = match identity.issuer_id {
            Some(issuer) => Some(issuer),
            None => connected_by(txn, &identity).await?,
        };
        let stays = match by.filter(|by| *by != member.id) {
            Some(by) => may_as_much(txn, by, &member).await?,
            None => true,
        };
        if stays {
            left.push(identity);
        } else {
            gone.push(identity);
        }
    }
    let mut member = member;
    for identity in &gone {
        member = part(txn, app, Some(actor), member, (identity, &left)).await?;
    }
    Ok(member)
}

/// Who connected the workspace by whose word an account is the member's: in Slack an address is
/// taken for that.
async fn connected_by(
    txn: &Txn,
    identity: &identity::Model,
) -> Result<Option<MemberId>, StoreError> {
    match identity.platform {
        Platform::Discord => return Ok(None),
        Platform::Slack => {}
    }
    let place = (identity.platform, identity.workspace_ref.as_str());
    let home = installations::by_workspace(&**txn, place.0, place.1).await?;
    let home = home.filter(|home| home.organization_id == identity.organization_id);
    Ok(home.and_then(|home| home.connected_by))
}

/// Whether somebody is there who may do all that the member may.
async fn may_as_much(
    txn: &Txn,
    issuer: MemberId,
    member: &member::Model,
) -> Result<bool, StoreError> {
    let found = members::find(&**txn, member.organization_id, issuer).await?;
    let Some(issuer) = found.filter(|issuer| issuer.left_at.is_none()) else {
        return Ok(false);
    };
    let held = permission::granted_by_all(&issuer.roles.0);
    let wanted = permission::granted_by_all(&member.roles.0);
    Ok(wanted.iter().all(|one| held.contains(one)))
}

/// Takes off an account that a chat has no more; gives the member as they are written.
pub(in crate::service) async fn part_by_chat(
    txn: &Txn,
    app: &App,
    member: member::Model,
    (identity, left): (&identity::Model, &[identity::Model]),
) -> Result<member::Model, StoreError> {
    part(txn, app, None, member, (identity, left)).await
}

/// Takes an account off by the word of somebody, or else of its chat; gives the member, who is
/// reached by those that are left.
async fn part(
    txn: &Txn,
    app: &App,
    actor: Option<&Actor>,
    member: member::Model,
    (identity, left): (&identity::Model, &[identity::Model]),
) -> Result<member::Model, StoreError> {
    identities::delete(txn, identity.organization_id, identity.id).await?;
    deliveries::retract(txn, app, identity).await?;
    let member = keep_reachable(txn, app, member, left).await?;
    let mut event = audit::Event {
        action: "member.unpair",
        subject: format!("member:{}", member.id),
        detail: json!({"platform": identity.platform, "identity": identity.id}),
    };
    if let Some(actor) = actor {
        audit::record(txn, app, actor, event).await?;
    } else {
        event.detail = json!({
            "platform": identity.platform, "identity": identity.id, "by": "chat",
        });
        audit::record_system(txn, app, member.organization_id, event).await?;
    }
    Ok(member)
}

/// Messages that were asked for in a chat where the member is no more are asked for nowhere.
async fn keep_reachable(
    txn: &Txn,
    app: &App,
    member: member::Model,
    left: &[identity::Model],
) -> Result<member::Model, StoreError> {
    let is_there = |platform: Platform| left.iter().any(|one| one.platform == platform);
    if member.delivery_platform.is_none_or(is_there) {
        return Ok(member);
    }
    let row = member::Model {
        delivery: DeliveryPreference::ChannelOnly,
        delivery_platform: None,
        updated_at: app.now(),
        ..member
    };
    members::update(&**txn, row).await
}
