//! Direct messages about posts, one by one: they follow what their member does, and go no
//! further than the member's own accounts.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, Platform};
use entity::ids::{IdentityId, MemberId, OrganizationId, PostId};
use entity::{delivery, identity, installation, member, organization};

use super::plan::{blank, later, revision};
use crate::app::App;
use crate::service::me;
use crate::store::deliveries::{personal, plan};
use crate::store::{StoreError, Txn, installations};

/// A member shared or dismissed a post, or took that back: the message that told them of it
/// shows it, if there is one.
pub(in crate::service) async fn follow(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    (post, member): (PostId, MemberId),
) -> Result<(), StoreError> {
    let card = personal::by_key(&**txn, organization, &key(post, member)).await?;
    let Some(card) = card else {
        return Ok(());
    };
    match card.state {
        DeliveryState::Claimed | DeliveryState::Sent => {
            plan::insert(txn, vec![revision(app, &card, app.now())]).await
        }
        // One that waits is decided on when it is claimed; the others are not there.
        DeliveryState::Pending
        | DeliveryState::Failed
        | DeliveryState::Uncertain
        | DeliveryState::Cancelled => Ok(()),
    }
}

/// An account is a member's no more: nothing more is said there, and what was is taken back,
/// for it holds the member's own ways to share.
pub(in crate::service) async fn retract(
    txn: &Txn,
    app: &App,
    account: &identity::Model,
) -> Result<(), StoreError> {
    let organization = account.organization_id;
    personal::cancel_of_member(txn, organization, account.member_id, account.platform).await?;
    let cards = personal::of_account(&**txn, account).await?;
    let now = app.now();
    let rows = cards.iter().map(|card| withdrawal(app, card, now));
    plan::insert(txn, rows.collect()).await
}

/// Takes messages about posts back from somebody who is gone for good, where the bot still is.
pub(in crate::service) async fn take_back(
    txn: &Txn,
    app: &App,
    cards: &[delivery::Model],
) -> Result<(), StoreError> {
    let Some(first) = cards.first() else {
        return Ok(());
    };
    let homes = installations::active_of(&**txn, first.organization_id).await?;
    let there = cards
        .iter()
        .filter(|card| card.post_id.is_some())
        .filter(|card| homes.iter().any(|home| home.id == card.installation_id));
    let now = app.now();
    let rows = there.map(|card| withdrawal(app, card, now));
    plan::insert(txn, rows.collect()).await
}

/// Tells an account of the member that another was joined to them: the one that asked for the
/// code, else the newest on Slack, else any. On Discord only who asked for messages gets one.
pub(in crate::service) async fn tell_paired(
    txn: &Txn,
    app: &App,
    member: &member::Model,
    (others, issued_to): (&[identity::Model], Option<IdentityId>),
    added: &identity::Model,
) -> Result<(), StoreError> {
    let asked = others.iter().find(|one| Some(one.id) == issued_to);
    let newest = || others.iter().rev();
    let on_slack = newest().filter(|one| one.platform == Platform::Slack);
    let takes = |account: &&identity::Model| match account.platform {
        Platform::Slack => true,
        Platform::Discord => member.delivery_platform == Some(Platform::Discord),
    };
    let installed = installations::active_of(&**txn, member.organization_id).await?;
    let Some((account, home)) = (asked.into_iter().chain(on_slack).chain(newest()))
        .filter(takes)
        .find_map(|account| Some((account, home(&installed, whereabouts(account))?)))
    else {
        return Ok(());
    };
    let row = delivery::Model {
        subject: DeliverySubject::Paired,
        member_id: Some(member.id),
        identity_id: Some(added.id),
        place_ref: account.user_ref.clone(),
        dedupe_key: Some(format!("paired:{}", added.id)),
        ..blank(app, home, DeliveryOperation::Post)
    };
    plan::insert(txn, vec![row]).await
}

/// A chat would not take a member's messages: none is sent there until they choose again.
/// Apart from what settled the message, whose row others may wait for while they hold the
/// member's; undone by a crash, the next message that is refused does it.
pub(super) async fn stop(
    app: &App,
    organization: OrganizationId,
    (member, platform): (MemberId, Platform),
) -> Result<(), StoreError> {
    let txn = app.store.begin().await?;
    me::stop_messages(&txn, app, member, platform).await?;
    personal::cancel_of_member(&txn, organization, member, platform).await?;
    txn.commit().await
}

/// The member's time zone, else the organization's.
pub(super) fn time_zone<'m>(
    member: &'m member::Model,
    organization: &'m organization::Model,
) -> &'m str {
    let own = member.time_zone.as_deref();
    own.unwrap_or(&organization.time_zone)
}

/// The workspace in which an account is reached. On Discord any guild of the organization will
/// do: the bot is one and the same in all.
pub(super) fn home<'i>(
    installed: &'i [installation::Model],
    (platform, workspace): (Platform, &str),
) -> Option<&'i installation::Model> {
    let mut there = installed.iter().filter(|home| home.platform == platform);
    let own = there.clone().find(|home| home.external_id == workspace);
    match platform {
        Platform::Slack => own,
        Platform::Discord => own.or_else(|| there.next()),
    }
}

/// The platform of an account, and its workspace there.
pub(super) fn whereabouts(account: &identity::Model) -> (Platform, &str) {
    (account.platform, &account.workspace_ref)
}

/// At most one message tells a member of a post.
pub(super) fn key(post: PostId, member: MemberId) -> String {
    format!("personal:{post}:{member}")
}

/// The message that `card` posted is taken back.
pub(super) fn withdrawal(
    app: &App,
    card: &delivery::Model,
    run_at: DateTime<Utc>,
) -> delivery::Model {
    delivery::Model {
        dedupe_key: Some(format!("withdraw:{}", card.id)),
        ..later(app, card, DeliveryOperation::Withdraw, run_at)
    }
}

#[cfg(test)]
mod tests;
