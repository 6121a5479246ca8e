//! Review: handing a draft in, approving it, sending it back.

use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState, ReviewStep};
use entity::ids::PostId;
use entity::post;

use super::notes::note;
use super::versions::writers;
use super::{
    PostDetail, PostError, detail, find, go_live, hindrances, load, record, unchanged, write,
};
use crate::app::App;
use crate::domain::check::Finding;
use crate::domain::fault::Fault;
use crate::domain::post::{Passage, Step, check_note, goes_live_at, may_approve, passage};
use crate::service::actor::Actor;
use crate::service::deliveries;
use crate::store::Txn;

/// Hands a draft to the approvers.
pub async fn submit_post(app: &App, actor: &Actor, id: PostId) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    match passage(post.state, Step::Submit) {
        Passage::Open => {}
        Passage::Done => return Ok(detail(&*txn, post).await?),
        Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    refuse_where(found(&txn, app, &post).await?)?;
    let post = post::Model {
        state: PostState::InReview,
        review_note: None,
        submitted_at: Some(app.now()),
        ..post
    };
    let post = write(&txn, app, post).await?;
    note(&txn, app, actor, &post, (ReviewStep::Submitted, None)).await?;
    record(&txn, app, actor, "post.submit", &post).await?;
    deliveries::ask_reviewers(&txn, app, &actor.organization, &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

/// Approves a post: it goes live at `publish_at`, at its own time, or at once.
/// Who may also write approves a draft without the detour of handing it in. With `expected`,
/// only what was looked at.
pub async fn approve_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    publish_at: Option<DateTime<Utc>>,
    expected: Option<i64>,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::ReviewPosts)?;
    let txn = app.store.begin().await?;
    let post = find(&txn, actor, id).await?;
    match passage(post.state, Step::Approve) {
        Passage::Open => {}
        Passage::Done => return Ok(detail(&*txn, post).await?),
        Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    if post.state == PostState::Draft && actor.require(Permission::WritePosts).is_err() {
        return Err(PostError::WrongState(post.state));
    }
    unchanged(&txn, &post, expected).await?;
    let four_eyes = actor.organization.settings.second_pair_of_eyes;
    if !may_approve(four_eyes, writers(&txn, &post).await?, actor.member.id) {
        return Err(PostError::OwnPost);
    }
    // Its end is measured by the time that is chosen now.
    let mut hindrances = found(&txn, app, &post).await?;
    hindrances.retain(|one| one.field != "expires_at");
    refuse_where(hindrances)?;
    let post = let_out(&txn, app, actor, post, publish_at).await?;
    note(&txn, app, actor, &post, (ReviewStep::Approved, None)).await?;
    record(&txn, app, actor, "post.approve", &post).await?;
    deliveries::tell_reviewers(&txn, app, &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

/// Plans an approved post for its time, or makes it live.
async fn let_out(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    post: post::Model,
    publish_at: Option<DateTime<Utc>>,
) -> Result<post::Model, PostError> {
    let chosen = publish_at.or(post.publish_at);
    let publish_at = goes_live_at(chosen, post.embargo_until, app.now());
    let start = publish_at.unwrap_or(app.now());
    if post.expires_at.is_some_and(|end| end <= start) {
        return Err(Fault::new("publish_at", "lies after the end of the post").into());
    }
    let approved = post::Model {
        state: PostState::Approved,
        approver_id: Some(actor.member.id),
        changed_by: Some(actor.member.id),
        review_note: None,
        publish_at: publish_at.or(chosen),
        ..post
    };
    if publish_at.is_none() {
        return Ok(go_live(txn, app, &actor.organization, approved).await?);
    }
    let scheduled = post::Model {
        state: PostState::Scheduled,
        ..approved
    };
    Ok(write(txn, app, scheduled).await?)
}

/// Sends a post back to its author with a note. With `expected`, only what was looked at.
pub async fn reject_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    words: &str,
    expected: Option<i64>,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::ReviewPosts)?;
    let words = check_note(words)?;
    let txn = app.store.begin().await?;
    let post = find(&txn, actor, id).await?;
    // Said twice, the note is there already.
    if post.state == PostState::Draft && post.review_note.as_deref() == Some(&words) {
        return Ok(detail(&*txn, post).await?);
    }
    match passage(post.state, Step::Reject) {
        Passage::Open => {}
        Passage::Done | Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    unchanged(&txn, &post, expected).await?;
    let post = post::Model {
        state: PostState::Draft,
        changed_by: Some(actor.member.id),
        review_note: Some(words.clone()),
        ..post
    };
    let post = write(&txn, app, post).await?;
    note(&txn, app, actor, &post, (ReviewStep::Rejected, Some(words))).await?;
    record(&txn, app, actor, "post.reject", &post).await?;
    deliveries::tell_reviewers(&txn, app, &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

/// Takes a post back from the approvers, to go on writing; who publishes takes it back from the
/// calendar, too.
pub async fn recall_post(app: &App, actor: &Actor, id: PostId) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    match passage(post.state, Step::Recall) {
        Passage::Open => {}
        Passage::Done => return Ok(detail(&*txn, post).await?),
        Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    if post.state == PostState::Scheduled {
        actor.require(Permission::PublishPosts)?;
    }
    let post = post::Model {
        state: PostState::Draft,
        approver_id: None,
        submitted_at: None,
        ..post
    };
    let post = write(&txn, app, post).await?;
    note(&txn, app, actor, &post, (ReviewStep::Recalled, None)).await?;
    record(&txn, app, actor, "post.recall", &post).await?;
    deliveries::tell_reviewers(&txn, app, &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

/// What the post may not go on with.
async fn found(txn: &Txn, app: &App, post: &post::Model) -> Result<Vec<Finding>, PostError> {
    let there = detail(&**txn, post.clone()).await?;
    Ok(hindrances(&**txn, app, &there).await?)
}

fn refuse_where(hindrances: Vec<Finding>) -> Result<(), PostError> {
    if hindrances.is_empty() {
        return Ok(());
    }
    let faults = hindrances.into_iter().map(Fault::from).collect();
    Err(PostError::Invalid(faults))
}
