//! What became of a member's proposal, told to them once, where they proposed it. It may come days
//! later, so that quiet hours and pauses hold it back like any message of one's own.

use chrono::{DateTime, Utc};
use entity::enums::{DeliveryOperation, DeliverySubject, Platform};
use entity::{delivery, post, proposal};

use super::personal::{home, whereabouts};
use super::plan::blank;
use crate::app::App;
use crate::domain::proposal::{TAKE_BACK, TELL_AFTER, chat};
use crate::store::deliveries::plan;
use crate::store::{StoreError, Txn, identities, installations, members, proposals};

/// A proposal was decided: its proposer hears of it once that cannot be taken back any more.
pub(in crate::service) async fn tell_decided(
    txn: &Txn,
    app: &App,
    proposal: &proposal::Model,
) -> Result<(), StoreError> {
    let told = (DeliverySubject::ProposalDecided, decided_key(proposal));
    let run_at = proposal.decided_at.unwrap_or_else(|| app.now()) + TELL_AFTER;
    tell(txn, app, proposal, (told, run_at)).await
}

/// The decision was taken back: nobody hears of it.
pub(in crate::service) async fn untell_decided(
    txn: &Txn,
    proposal: &proposal::Model,
) -> Result<(), StoreError> {
    plan::cancel_by_key(txn, proposal.organization_id, &decided_key(proposal)).await
}

/// A post went live: who proposed it hears of it.
pub(in crate::service) async fn tell_published(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    if post.feed_id.is_some() {
        return Ok(());
    }
    let found = proposals::of_post(&**txn, post.organization_id, post.id).await?;
    let Some(proposal) = found else {
        return Ok(());
    };
    let key = format!("proposal:{}:published", proposal.id);
    let told = (DeliverySubject::ProposalPublished, key);
    // Not before they heard that it was accepted.
    let decided = proposal.decided_at.map(|at| at + TELL_AFTER + TAKE_BACK);
    let run_at = decided.map_or(app.now(), |at| at.max(app.now()));
    tell(txn, app, &proposal, (told, run_at)).await
}

/// One each time that it is decided.
fn decided_key(proposal: &proposal::Model) -> String {
    format!("proposal:{}:{}:decided", proposal.id, proposal.decisions)
}

async fn tell(
    txn: &Txn,
    app: &App,
    proposal: &proposal::Model,
    ((subject, key), run_at): ((DeliverySubject, String), DateTime<Utc>),
) -> Result<(), StoreError> {
    let Some(id) = proposal.member_id else {
        return Ok(());
    };
    let organization = proposal.organization_id;
    let Some(member) = members::find(&**txn, organization, id).await? else {
        return Ok(());
    };
    let accounts = identities::of_members(&**txn, &[id]).await?;
    let installed = installations::active_of(&**txn, organization).await?;
    // Where it was proposed; what came otherwise is told in the chat of their messages, else on
    // Slack. On Discord nobody is who neither proposed there nor asked for messages.
    let places = match chat(proposal.source) {
        Some(platform) => [Some(platform), None],
        None => [member.delivery_platform, Some(Platform::Slack)],
    };
    let reached = places.into_iter().flatten().find_map(|platform| {
        // The newest is the likeliest to be looked at.
        let mut there = accounts.iter().rev().filter(|one| one.platform == platform);
        there.find_map(|account| Some((account, home(&installed, whereabouts(account))?)))
    });
    let Some((account, home)) = reached else {
        return Ok(());
    };
    let row = delivery::Model {
        subject,
        member_id: Some(id),
        proposal_id: Some(proposal.id),
        // That a post is out is not said of one that ends or is stopped before.
        post_id: (subject == DeliverySubject::ProposalPublished)
            .then_some(proposal.post_id)
            .flatten(),
        place_ref: account.user_ref.clone(),
        run_at,
        dedupe_key: Some(key),
        ..blank(app, home, DeliveryOperation::Post)
    };
    plan::insert(txn, vec![row]).await
}
