//! The history of a review: its steps, and what people said.

use entity::enums::{Permission, ReviewStep};
use entity::ids::{PostId, ReviewNoteId};
use entity::{post, review_note};

use super::{PostError, find, show_post};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::page::{Paging, Slice};
use crate::domain::post::check_note;
use crate::service::actor::Actor;
use crate::store::{StoreError, Txn, review_notes};

/// The history of a post's reviews, the newest first.
pub async fn list_notes(
    app: &App,
    actor: &Actor,
    id: PostId,
    paging: Paging,
) -> Result<Slice<review_note::Model>, PostError> {
    show_post(app, actor, id).await?;
    let db = app.store.reader();
    Ok(review_notes::list(db, actor.organization.id, id, paging).await?)
}

/// Says something about a post to those who write and review it. The post does not change.
pub async fn add_note(
    app: &App,
    actor: &Actor,
    id: PostId,
    text: &str,
) -> Result<review_note::Model, PostError> {
    actor.require(Permission::CommentPosts)?;
    let named = |fault: Fault| Fault::new("text", fault.reason);
    let text = check_note(text).map_err(named)?;
    let txn = app.store.begin().await?;
    let post = find(&txn, actor, id).await?;
    let row = note(&txn, app, actor, &post, (ReviewStep::Comment, Some(text))).await?;
    txn.commit().await?;
    Ok(row)
}

/// Notes a step of the actor's.
pub(super) async fn note(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    post: &post::Model,
    (step, text): (ReviewStep, Option<String>),
) -> Result<review_note::Model, StoreError> {
    let row = review_note::Model {
        id: ReviewNoteId(app.uuid()),
        organization_id: post.organization_id,
        post_id: post.id,
        author_id: Some(actor.member.id),
        step,
        text,
        created_at: app.now(),
    };
    review_notes::insert(txn, row.clone()).await?;
    Ok(row)
}
