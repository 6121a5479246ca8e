//! Taking an account off a member again: nobody but the member does.

use entity::enums::{DeliveryPreference, Platform};
use entity::ids::IdentityId;
use entity::{identity, member};
use serde_json::json;
use thiserror::Error;

use crate::app::App;
use crate::domain::pairing::may_unpair;
use crate::service::actor::{Actor, Forbidden};
use crate::service::{audit, deliveries};
use crate::store::{StoreError, Txn, identities, members, shares};

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

/// Takes one of the actor's accounts off; one that is gone already stays gone.
pub async fn unpair(app: &App, actor: &Actor, id: IdentityId) -> Result<(), UnpairError> {
    actor.require_everything()?;
    let organization = actor.organization.id;
    let txn = app.store.begin().await?;
    let locked = shares::lock_members(&txn, &[actor.member.id]).await?;
    let member = locked.into_iter().next().ok_or(UnpairError::NotFound)?;
    let Some(identity) = identities::find(&*txn, organization, id).await? else {
        return Ok(());
    };
    if identity.member_id != member.id {
        return Err(UnpairError::NotFound);
    }
    let mut left = identities::of_member(&*txn, organization, member.id).await?;
    left.retain(|one| one.id != id);
    if !may_unpair(left.len(), member.email.is_some()) {
        return Err(UnpairError::LastAccount);
    }
    identities::delete(&txn, organization, id).await?;
    deliveries::retract(&txn, app, &identity).await?;
    keep_reachable(&txn, app, member, &left).await?;
    let event = audit::Event {
        action: "member.unpair",
        subject: format!("member:{}", actor.member.id),
        detail: json!({"platform": identity.platform, "identity": id}),
    };
    audit::record(&txn, app, actor, event).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(())
}

/// Messages that were asked for in a chat where the member is no more are asked for nowhere.
async fn keep_reachable(
    txn: &Txn,
    app: &App,
    member: member::Model,
    left: &[identity::Model],
) -> Result<(), StoreError> {
    let is_there = |platform: Platform| left.iter().any(|one| one.platform == platform);
    if member.delivery_platform.is_none_or(is_there) {
        return Ok(());
    }
    let row = member::Model {
        delivery: DeliveryPreference::ChannelOnly,
        delivery_platform: None,
        updated_at: app.now(),
        ..member
    };
    members::update(&**txn, row).await.map(drop)
}
