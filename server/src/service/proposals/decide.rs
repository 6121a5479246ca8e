//! Deciding: a proposal becomes a draft and earns, or its proposer reads why not. For a minute
//! either can be taken back; after it, they are told.

use entity::enums::{Permission, PostState, ProposalState};
use entity::ids::ProposalId;
use entity::{post, proposal};

use super::inbox::detail;
use super::{Detail, ProposalError, hold, noted, record};
use crate::app::App;
use crate::domain::post::Passage;
use crate::domain::proposal::{
    Step, award, award_key, checked_note, draft, earns, may_be_taken_back, open_key, passage,
    reversal,
};
use crate::service::actor::Actor;
use crate::service::points::{self, Award};
use crate::service::{deliveries, posts};
use crate::store::{StoreError, Txn, organizations, point_events, proposals, shares};

/// Makes a draft of a proposal, which the actor goes on writing; again gives the same.
pub async fn accept(app: &App, actor: &Actor, id: ProposalId) -> Result<Detail, ProposalError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let held = hold(&txn, actor, id).await?;
    match passage(held.state, Step::Accept) {
        Passage::Open => {}
        Passage::Done => return detail(&*txn, actor, held).await,
        Passage::Shut => return Err(ProposalError::WrongState(held.state)),
    }
    let wanted = draft(&held).unfinished().map_err(ProposalError::Invalid)?;
    let post = posts::write_draft(&txn, app, actor, &wanted).await?;
    let row = decided(app, actor, (held, ProposalState::Accepted));
    let row = proposal::Model {
        post_id: Some(post.id),
        ..row
    };
    let row = proposals::update(&txn, row).await?;
    deliveries::tell_decided(&txn, app, &row).await?;
    record(&txn, app, actor, ("proposal.accept", id, noted(&row))).await?;
    reward(&txn, app, actor, &row).await?;
    let told = detail(&*txn, actor, row).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(told)
}

/// Tells the proposer why their proposal does not become a post; again changes nothing.
pub async fn decline(
    app: &App,
    actor: &Actor,
    id: ProposalId,
    note: &str,
) -> Result<Detail, ProposalError> {
    actor.require(Permission::WritePosts)?;
    let note = checked_note(note).map_err(|fault| ProposalError::Invalid(vec![fault]))?;
    let txn = app.store.begin().await?;
    let held = hold(&txn, actor, id).await?;
    match passage(held.state, Step::Decline) {
        Passage::Open => {}
        Passage::Done => return detail(&*txn, actor, held).await,
        Passage::Shut => return Err(ProposalError::WrongState(held.state)),
    }
    let row = decided(app, actor, (held, ProposalState::Declined));
    let row = proposal::Model {
        note: Some(note),
        ..row
    };
    let row = proposals::update(&txn, row).await?;
    deliveries::tell_decided(&txn, app, &row).await?;
    record(&txn, app, actor, ("proposal.decline", id, noted(&row))).await?;
    let told = detail(&*txn, actor, row).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(told)
}

fn decided(
    app: &App,
    actor: &Actor,
    (held, state): (proposal::Model, ProposalState),
) -> proposal::Model {
    proposal::Model {
        state,
        open_key: open_key(state, &held.canonical_url),
        decided_by: Some(actor.member.id),
        decided_at: Some(app.now()),
        decisions: held.decisions + 1,
        updated_at: app.now(),
        ..held
    }
}

/// Takes a decision back before its proposer hears of it: the draft goes to the archive, and what
/// was earned is reversed.
pub async fn reopen(app: &App, actor: &Actor, id: ProposalId) -> Result<Detail, ProposalError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let held = hold(&txn, actor, id).await?;
    match passage(held.state, Step::Reopen) {
        Passage::Open => {}
        Passage::Done => return detail(&*txn, actor, held).await,
        Passage::Shut => return Err(ProposalError::WrongState(held.state)),
    }
    if !may_be_taken_back(&held, app.now()) {
        return Err(ProposalError::TooLate);
    }
    put_away(&txn, app, actor, &held).await?;
    deliveries::untell_decided(&txn, &held).await?;
    let state = ProposalState::New;
    let row = proposal::Model {
        state,
        open_key: open_key(state, &held.canonical_url),
        note: None,
        post_id: None,
        decided_by: None,
        decided_at: None,
        updated_at: app.now(),
        ..held.clone()
    };
    let updated = proposals::update(&txn, row).await;
    let row = updated.map_err(|error| match error {
        // Somebody proposed the same since it was declined.
        StoreError::Conflict => ProposalError::TooLate,
        other => other.into(),
    })?;
    record(&txn, app, actor, ("proposal.reopen", id, noted(&held))).await?;
    reverse(&txn, app, actor, &held).await?;
    let told = detail(&*txn, actor, row).await?;
    txn.commit().await?;
    Ok(told)
}

/// The draft that a proposal became goes out of the way, if it is still one.
async fn put_away(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    held: &proposal::Model,
) -> Result<(), ProposalError> {
    let Some(id) = held.post_id else {
        return Ok(());
    };
    match posts::archive_draft(txn, app, actor, id).await? {
        None
        | Some(post::Model {
            state: PostState::Archived,
            ..
        }) => Ok(()),
        Some(_) => Err(ProposalError::TooLate),
    }
}

async fn reward(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    row: &proposal::Model,
) -> Result<(), StoreError> {
    let Some(proposer) = row.member_id.filter(|_| earns(row, actor.member.id)) else {
        return Ok(());
    };
    // As they stand now: the rules, and how the member is shown.
    let organization = organizations::find(&**txn, row.organization_id).await?;
    let locked = shares::lock_members(txn, &[proposer]).await?;
    let (Some(organization), Some(member)) = (organization, locked.first()) else {
        return Ok(());
    };
    let won = Award {
        member: member.id,
        shown: points::is_shown(member),
        share: None,
        entry: award(row, organization.proposal_points),
        at: row.decided_at.unwrap_or(row.updated_at),
    };
    points::award(txn, app, &organization, vec![won]).await
}

/// What was earned is taken off the boards on which it stands.
async fn reverse(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    held: &proposal::Model,
) -> Result<(), StoreError> {
    let key = award_key(held);
    let Some(won) = point_events::by_key(&**txn, held.organization_id, &key).await? else {
        return Ok(());
    };
    let locked = shares::lock_members(txn, &[won.member_id]).await?;
    let Some(member) = locked.first() else {
        return Ok(());
    };
    let lost = Award {
        member: member.id,
        shown: points::is_shown(member),
        share: None,
        entry: reversal(held, &won),
        at: won.at,
    };
    points::award(txn, app, &actor.organization, vec![lost]).await
}
