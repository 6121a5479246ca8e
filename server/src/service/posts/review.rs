//! Review: handing a draft in, approving it, sending it back.

use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use entity::post;

use super::{PostDetail, PostError, detail, go_live, load, record, write};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::post::{Passage, Step, check_note, goes_live_later, may_approve, passage};
use crate::service::actor::Actor;
use crate::store::{StoreError, Txn, campaigns};

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
    check_campaign(&txn, app, &post).await?;
    let post = post::Model {
        state: PostState::InReview,
        review_note: None,
        ..post
    };
    let post = write(&txn, app, post).await?;
    record(&txn, app, actor, "post.submit", &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    Ok(detail)
}

/// Approves a post: it goes live at `publish_at`, at its own time, or at once.
/// Who may also write approves a draft without the detour of handing it in.
pub async fn approve_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    publish_at: Option<DateTime<Utc>>,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::ReviewPosts)?;
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    match passage(post.state, Step::Approve) {
        Passage::Open => {}
        Passage::Done => return Ok(detail(&*txn, post).await?),
        Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    if post.state == PostState::Draft && actor.require(Permission::WritePosts).is_err() {
        return Err(PostError::WrongState(post.state));
    }
    let four_eyes = actor.organization.settings.second_pair_of_eyes;
    if !may_approve(four_eyes, post.author_id, actor.member.id) {
        return Err(PostError::OwnPost);
    }
    check_campaign(&txn, app, &post).await?;
    let publish_at = publish_at.or(post.publish_at);
    let start = publish_at.map_or(app.now(), |at| at.max(app.now()));
    if post.expires_at.is_some_and(|end| end <= start) {
        return Err(Fault::new("publish_at", "lies after the end of the post").into());
    }
    let approved = post::Model {
        state: PostState::Approved,
        approver_id: Some(actor.member.id),
        review_note: None,
        publish_at,
        ..post
    };
    let post = if goes_live_later(publish_at, app.now()) {
        let scheduled = post::Model {
            state: PostState::Scheduled,
            ..approved
        };
        write(&txn, app, scheduled).await?
    } else {
        go_live(&txn, app, &actor.organization, approved).await?
    };
    record(&txn, app, actor, "post.approve", &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

/// Sends a post back to its author with a note.
pub async fn reject_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    note: &str,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::ReviewPosts)?;
    let note = check_note(note)?;
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    // Said twice, the note is there already.
    if post.state == PostState::Draft && post.review_note.as_deref() == Some(&note) {
        return Ok(detail(&*txn, post).await?);
    }
    match passage(post.state, Step::Reject) {
        Passage::Open => {}
        Passage::Done | Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    let post = post::Model {
        state: PostState::Draft,
        review_note: Some(note),
        ..post
    };
    let post = write(&txn, app, post).await?;
    record(&txn, app, actor, "post.reject", &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    Ok(detail)
}

/// A campaign that has ended takes no posts any more.
async fn check_campaign(txn: &Txn, app: &App, post: &post::Model) -> Result<(), PostError> {
    let Some(id) = post.campaign_id else {
        return Ok(());
    };
    let found: Result<_, StoreError> =
        campaigns::find_many(&**txn, post.organization_id, &[id]).await;
    let ended = found?
        .iter()
        .any(|campaign| campaign.ends_at.is_some_and(|end| end <= app.now()));
    if ended {
        return Err(Fault::new("campaign", "has ended").into());
    }
    Ok(())
}
