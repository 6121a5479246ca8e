//! A member proposes a post, looks at what they proposed, and takes it back.

use entity::enums::{ProposalSource, ProposalState};
use entity::ids::ProposalId;
use entity::{proposal, proposal_supporter};
use serde_json::json;

use super::{Own, ProposalError, ReadProposedPage, hold, noted, own, record};
use crate::app::App;
use crate::domain::page::{Paging, Slice};
use crate::domain::post::Passage;
use crate::domain::proposal::{
    Checked, DAY, OPEN_A_DAY, Proposed, Step, is_over, open_key, passage,
};
use crate::service::actor::Actor;
use crate::service::jobs;
use crate::store::{StoreError, Txn, organizations, posts, proposals, shares};

/// Attempts where somebody proposes the same at the same moment.
const ATTEMPTS: usize = 3;

/// How a proposal stands to others of the same page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody proposed the page before.
    First(Own),
    /// The member had proposed it.
    Again(Own),
    /// Somebody else had: it counts as support of theirs. What they wrote is not told.
    Supports,
}

/// What a member is told who proposed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// How it stands to others.
    pub standing: Standing,
    /// What it earns when it becomes a post.
    pub points: i64,
}

/// Proposes a page. The same again, by whoever it is, is the same proposal.
pub async fn propose(
    app: &App,
    actor: &Actor,
    source: ProposalSource,
    form: &Proposed,
) -> Result<Receipt, ProposalError> {
    let wanted = form.checked().map_err(ProposalError::Invalid)?;
    for _ in 1..ATTEMPTS {
        match once(app, actor, source, &wanted).await {
            // Somebody was faster: theirs is there now.
            Err(ProposalError::Internal(StoreError::Conflict)) => {}
            other => return other,
        }
    }
    once(app, actor, source, &wanted).await
}

async fn once(
    app: &App,
    actor: &Actor,
    source: ProposalSource,
    wanted: &Checked,
) -> Result<Receipt, ProposalError> {
    let (organization, member) = (&actor.organization, actor.member.id);
    let txn = app.store.begin().await?;
    let points = organizations::find(&*txn, organization.id)
        .await?
        .map_or(organization.proposal_points, |row| row.proposal_points);
    free_what_is_over(&txn, app, actor, wanted).await?;
    // One after another, so that the day's limit holds.
    shares::lock_members(&txn, &[member]).await?;
    if let Some(there) = proposals::open(&*txn, organization.id, &wanted.canonical_url).await? {
        let standing = stand_by(&txn, app, actor, there).await?;
        txn.commit().await?;
        return Ok(Receipt { standing, points });
    }
    let since = app.now() - DAY;
    let open = proposals::count_open_of(&*txn, organization.id, member, since).await?;
    if open >= OPEN_A_DAY {
        return Err(ProposalError::TooMany);
    }
    let row = row(app, actor, source, wanted);
    proposals::insert(&txn, row.clone()).await?;
    let task = ReadProposedPage {
        organization: row.organization_id,
        proposal: row.id,
    };
    jobs::enqueue(&txn, app, &task, app.now(), None).await?;
    record(&txn, app, actor, ("proposal.create", row.id, json!({}))).await?;
    txn.commit().await?;
    let own = Own {
        proposal: row,
        points: 0,
    };
    Ok(Receipt {
        standing: Standing::First(own),
        points,
    })
}

/// A page whose post has ended may be proposed once more.
async fn free_what_is_over(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    wanted: &Checked,
) -> Result<(), ProposalError> {
    let organization = actor.organization.id;
    let there = proposals::open(&**txn, organization, &wanted.canonical_url).await?;
    let is_accepted = |row: &proposal::Model| row.state == ProposalState::Accepted;
    let Some(there) = there.filter(is_accepted) else {
        return Ok(());
    };
    let held = hold(txn, actor, there.id).await?;
    if !is_accepted(&held) {
        return Ok(());
    }
    let post = match held.post_id {
        Some(id) => posts::find(&**txn, organization, id).await?,
        None => None,
    };
    if post.is_some_and(|post| !is_over(&post, app.now())) {
        return Ok(());
    }
    let row = proposal::Model {
        open_key: None,
        updated_at: app.now(),
        ..held
    };
    proposals::update(txn, row).await?;
    Ok(())
}

async fn stand_by(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    there: proposal::Model,
) -> Result<Standing, ProposalError> {
    if there.member_id == Some(actor.member.id) {
        let own = own(&**txn, there, app.now()).await?;
        return Ok(Standing::Again(own));
    }
    let row = proposal_supporter::Model {
        proposal_id: there.id,
        member_id: actor.member.id,
        organization_id: there.organization_id,
        created_at: app.now(),
    };
    proposals::support(txn, row).await?;
    Ok(Standing::Supports)
}

fn row(app: &App, actor: &Actor, source: ProposalSource, wanted: &Checked) -> proposal::Model {
    let (now, state) = (app.now(), ProposalState::New);
    proposal::Model {
        id: ProposalId(app.uuid()),
        organization_id: actor.organization.id,
        member_id: Some(actor.member.id),
        source,
        state,
        url: wanted.url.clone(),
        open_key: open_key(state, &wanted.canonical_url),
        canonical_url: wanted.canonical_url.clone(),
        why: wanted.why.clone(),
        words: wanted.words.clone(),
        title: None,
        summary: None,
        image_url: None,
        image_alt: None,
        note: None,
        post_id: None,
        decided_by: None,
        decided_at: None,
        decisions: 0,
        created_at: now,
        updated_at: now,
    }
}

/// What the member proposed, the newest first.
pub async fn list_own(app: &App, actor: &Actor, paging: Paging) -> Result<Slice<Own>, StoreError> {
    let db = app.store.reader();
    let found = proposals::of_member(db, actor.organization.id, actor.member.id, paging).await?;
    let mut items = Vec::with_capacity(found.items.len());
    for proposal in found.items {
        items.push(own(db, proposal, app.now()).await?);
    }
    Ok(Slice {
        items,
        next: found.next,
    })
}

/// What the member proposed last.
pub async fn latest(app: &App, actor: &Actor) -> Result<Option<Own>, StoreError> {
    let first = Paging {
        after: None,
        limit: 1,
    };
    let found = list_own(app, actor, first).await?;
    Ok(found.items.into_iter().next())
}

/// Takes back what the member proposed, until it is decided.
pub async fn withdraw(app: &App, actor: &Actor, id: ProposalId) -> Result<Own, ProposalError> {
    let txn = app.store.begin().await?;
    let held = hold(&txn, actor, id).await?;
    // Whose somebody else's is, nobody is told.
    if held.member_id != Some(actor.member.id) {
        return Err(ProposalError::NotFound);
    }
    let own = |proposal| Own {
        proposal,
        points: 0,
    };
    match passage(held.state, Step::Withdraw) {
        Passage::Open => {}
        Passage::Done => return Ok(own(held)),
        Passage::Shut => return Err(ProposalError::WrongState(held.state)),
    }
    let row = proposal::Model {
        state: ProposalState::Withdrawn,
        open_key: None,
        updated_at: app.now(),
        ..held
    };
    let row = proposals::update(&txn, row).await?;
    record(&txn, app, actor, ("proposal.withdraw", id, noted(&row))).await?;
    txn.commit().await?;
    Ok(own(row))
}
