//! What a library is kept in order by: putting posts away, and the campaign that they serve.

use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use entity::post;

use super::rows::campaign;
use super::{PostDetail, PostError, detail, load, record, write};
use crate::app::App;
use crate::domain::campaign::has_ended;
use crate::domain::fault::Fault;
use crate::domain::post::{Passage, Step, is_slug, passage, unarchived};
use crate::service::actor::Actor;
use crate::service::deliveries;
use crate::store::{StoreError, Txn, campaigns, posts};

/// Puts a draft or an expired post out of the library's way.
pub async fn archive_post(app: &App, actor: &Actor, id: PostId) -> Result<PostDetail, PostError> {
    put(app, actor, id, (Step::Archive, "post.archive")).await
}

/// Brings a post back from there.
pub async fn unarchive_post(app: &App, actor: &Actor, id: PostId) -> Result<PostDetail, PostError> {
    put(app, actor, id, (Step::Unarchive, "post.unarchive")).await
}

/// The same beside other changes, of what is still a draft; gives the post as it is then.
pub(in crate::service) async fn archive_draft(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    id: PostId,
) -> Result<Option<post::Model>, StoreError> {
    let Some(post) = posts::find_to_change(txn, actor.organization.id, id).await? else {
        return Ok(None);
    };
    if post.state != PostState::Draft {
        return Ok(Some(post));
    }
    let state = PostState::Archived;
    let post = write(txn, app, post::Model { state, ..post }).await?;
    record(txn, app, actor, "post.archive", &post).await?;
    Ok(Some(post))
}

async fn put(
    app: &App,
    actor: &Actor,
    id: PostId,
    (step, action): (Step, &'static str),
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    match passage(post.state, step) {
        Passage::Open => {}
        Passage::Done => return Ok(detail(&*txn, post).await?),
        Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    let state = match post.state {
        PostState::Archived => unarchived(&post),
        PostState::Draft
        | PostState::InReview
        | PostState::Approved
        | PostState::Scheduled
        | PostState::Live
        | PostState::Expired
        | PostState::Withdrawn => PostState::Archived,
    };
    let post = write(&txn, app, post::Model { state, ..post }).await?;
    record(&txn, app, actor, action, &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    Ok(detail)
}

/// Lets a post that nobody has shared yet serve a campaign, or none.
pub async fn set_campaign(
    app: &App,
    actor: &Actor,
    id: PostId,
    slug: Option<&str>,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    if slug.is_some_and(|slug| !is_slug(slug)) {
        let reason = "must be 1 to 64 lower-case letters, digits and single hyphens";
        return Err(Fault::new("campaign", reason).into());
    }
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    match post.state {
        PostState::Draft | PostState::InReview | PostState::Approved | PostState::Scheduled => {}
        // Its links bear the campaign's name.
        PostState::Live | PostState::Expired | PostState::Archived | PostState::Withdrawn => {
            return Err(PostError::WrongState(post.state));
        }
    }
    let campaign_id = campaign(&txn, app, post.organization_id, slug).await?;
    if post.campaign_id == campaign_id {
        return Ok(detail(&*txn, post).await?);
    }
    if let Some(id) = campaign_id {
        let named = campaigns::find_many(&*txn, post.organization_id, &[id]).await?;
        if named.iter().any(|one| has_ended(one, app.now())) {
            return Err(Fault::new("campaign", "has ended").into());
        }
    }
    let post = post::Model {
        campaign_id,
        ..post
    };
    let post = write(&txn, app, post).await?;
    record(&txn, app, actor, "post.set_campaign", &post).await?;
    revise_where_in_review(&txn, app, &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

/// The cards that ask for a judgement of a post say what it is now; a verdict is about one version.
pub(super) async fn revise_where_in_review(
    txn: &Txn,
    app: &App,
    post: &post::Model,
) -> Result<(), StoreError> {
    if post.state == PostState::InReview {
        deliveries::revise_reviews(txn, app, post).await?;
    }
    Ok(())
}
