//! Moving posts in the calendar.

use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use entity::post;

use super::shelf::revise_where_in_review;
use super::{PostDetail, PostError, detail, load, record, unchanged, write};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::service::actor::Actor;

/// Moves a post that is not live yet to another time. With `expected`, only if it still has
/// that version.
pub async fn reschedule_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    expected: Option<i64>,
    publish_at: DateTime<Utc>,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    if post.publish_at == Some(publish_at) {
        return Ok(detail(&*txn, post).await?);
    }
    unchanged(&txn, &post, expected).await?;
    match post.state {
        PostState::Draft | PostState::InReview => {}
        PostState::Scheduled => actor.require(Permission::PublishPosts)?,
        PostState::Approved
        | PostState::Live
        | PostState::Expired
        | PostState::Archived
        | PostState::Withdrawn => return Err(PostError::WrongState(post.state)),
    }
    check(&post, publish_at, app.now())?;
    let post = post::Model {
        publish_at: Some(publish_at),
        ..post
    };
    let post = write(&txn, app, post).await?;
    record(&txn, app, actor, "post.reschedule", &post).await?;
    revise_where_in_review(&txn, app, &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    app.couriers.wake();
    Ok(detail)
}

fn check(post: &post::Model, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Fault> {
    let reason = if at <= now {
        "must lie in the future"
    } else if post.expires_at.is_some_and(|end| end <= at) {
        "lies after the end of the post"
    } else if post.embargo_until.is_some_and(|until| at < until) {
        "lies before the end of the embargo"
    } else {
        return Ok(());
    };
    Err(Fault::new("publish_at", reason))
}
