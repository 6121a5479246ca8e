//! Posts: written by curators, reviewed by approvers, published at their time.

mod bulk;
mod checks;
mod library;
mod notes;
mod once;
mod publish;
mod review;
mod rows;
mod schedule;
mod search;
mod shelf;
mod trial;
mod versions;

use chrono::{DateTime, Utc};
use entity::enums::{Permission, PostState};
use entity::ids::PostId;
use entity::{post, variant};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::{audiences, audit};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::post::{Draft, Passage, Step, passage};
use crate::store::{StoreError, Txn, members, posts};

pub use bulk::{Action, Done, act_on_posts};
pub use checks::{check_post, find_faults};
pub use library::{
    Calendar, Counts, Library, count_posts, list_campaigns, list_posts, list_topics, show_calendar,
};
pub use notes::{add_note, list_notes};
pub use once::{begin_post_once, create_post_once};
pub use publish::{expire_posts, publish_due_posts, publish_post, withdraw_post};
pub use review::{approve_post, recall_post, reject_post, submit_post};
pub use rows::draft_of;
pub use schedule::reschedule_post;
pub use shelf::{archive_post, set_campaign, unarchive_post};
pub use trial::test_post;
pub use versions::{Compared, Version, list_versions, names_of, restore_version, show_version};

pub(super) use checks::{around, hindrances, of_audience};
pub(super) use publish::go_live;
pub(super) use rows::{drafted, insert_of_feed};
pub(super) use search::find_anew;
pub(super) use shelf::archive_draft;

use rows::{detail, details, insert, replace, said};

/// A post with what belongs to it.
#[derive(Clone, Debug)]
pub struct PostDetail {
    /// The post.
    pub post: post::Model,
    /// Slug of its campaign.
    pub campaign: Option<String>,
    /// Names of its topics.
    pub topics: Vec<String>,
    /// Its wordings, in order.
    pub variants: Vec<variant::Model>,
}

/// Who changed a post, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Their name; none for the system.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// The version since.
    pub version: i64,
}

/// Why a post does not change.
#[derive(Debug, Error)]
pub enum PostError {
    /// The actor may not do this.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such post in the organization.
    #[error("there is no such post")]
    NotFound,
    /// What was sent is not acceptable.
    #[error("fields are invalid")]
    Invalid(Vec<Fault>),
    /// The step does not follow on the post's state.
    #[error("the post is {0:?}")]
    WrongState(PostState),
    /// It was changed since it was read.
    #[error("the post was changed meanwhile")]
    VersionMismatch(Changed),
    /// The approver wrote it.
    #[error("somebody other than the author must approve")]
    OwnPost,
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl From<Fault> for PostError {
    fn from(fault: Fault) -> Self {
        Self::Invalid(vec![fault])
    }
}

/// Writes a draft.
pub async fn create_post(app: &App, actor: &Actor, draft: Draft) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let draft = draft.checked(app.now()).map_err(PostError::Invalid)?;
    begin(app, actor, PostId(app.uuid()), (draft, Saving::Whole)).await
}

/// Writes a draft that is only begun: what is missing or too long for a network is kept as it is.
pub async fn begin_post(app: &App, actor: &Actor, draft: Draft) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let draft = draft.unfinished().map_err(PostError::Invalid)?;
    begin(app, actor, PostId(app.uuid()), (draft, Saving::Unfinished)).await
}

async fn begin(
    app: &App,
    actor: &Actor,
    id: PostId,
    (draft, saving): (Draft, Saving),
) -> Result<PostDetail, PostError> {
    let txn = app.store.begin().await?;
    let organization = actor.organization.id;
    audiences::check(&*txn, organization, draft.audience.as_ref()).await?;
    let post = write_begun(&txn, app, actor, (id, &draft, saving)).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    Ok(detail)
}

/// Writes a checked draft of the actor's beside others, without an audience.
pub(super) async fn write_draft(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    draft: &Draft,
) -> Result<post::Model, StoreError> {
    let id = PostId(app.uuid());
    write_begun(txn, app, actor, (id, draft, Saving::Whole)).await
}

async fn write_begun(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    (id, draft, saving): (PostId, &Draft, Saving),
) -> Result<post::Model, StoreError> {
    let author = Some(actor.member.id);
    let blank = post::Model {
        author_id: author,
        changed_by: author,
        written_by: author,
        autosaved_at: saving.autosaved_at(app),
        id,
        ..drafted(app, actor.organization.id, draft)
    };
    let post = insert(txn, app, blank, draft).await?;
    record(txn, app, actor, "post.create", &post).await?;
    Ok(post)
}

/// Replaces what a draft says. With `expected`, only if the post still has that version.
pub async fn update_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    expected: Option<i64>,
    draft: Draft,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let draft = draft.checked(app.now()).map_err(PostError::Invalid)?;
    save(app, actor, id, expected, (draft, Saving::Whole)).await
}

/// The same while somebody writes: what is missing or too long for a network is kept as it is.
pub async fn autosave_post(
    app: &App,
    actor: &Actor,
    id: PostId,
    expected: Option<i64>,
    draft: Draft,
) -> Result<PostDetail, PostError> {
    actor.require(Permission::WritePosts)?;
    let draft = draft.unfinished().map_err(PostError::Invalid)?;
    save(app, actor, id, expected, (draft, Saving::Unfinished)).await
}

/// How a draft takes the place of what was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Saving {
    /// It is whole.
    Whole,
    /// Somebody is still writing.
    Unfinished,
    /// It was there before, and what is there now must not be lost.
    Restored,
}

impl Saving {
    /// When it was saved while somebody wrote; none of what is whole.
    fn autosaved_at(self, app: &App) -> Option<DateTime<Utc>> {
        (self != Self::Whole).then(|| app.now())
    }
}

async fn save(
    app: &App,
    actor: &Actor,
    id: PostId,
    expected: Option<i64>,
    (draft, saving): (Draft, Saving),
) -> Result<PostDetail, PostError> {
    let txn = app.store.begin().await?;
    let former = find(&txn, actor, id).await?;
    unchanged(&txn, &former, expected).await?;
    match passage(former.state, Step::Edit) {
        Passage::Open => {}
        Passage::Done | Passage::Shut => return Err(PostError::WrongState(former.state)),
    }
    // While somebody writes, whom it is for stays as it was, also where a team of it is gone by
    // now: that must not hold up their words, and the post goes no further with it.
    let stays = saving == Saving::Unfinished && draft.audience == former.audience;
    if !stays {
        audiences::check(&*txn, former.organization_id, draft.audience.as_ref()).await?;
    }
    let writer = Some(actor.member.id);
    let is_kept = versions::keep(&txn, app, actor, (&former, &draft, saving)).await?;
    let post = post::Model {
        // What a feed brought has no author until somebody writes on it.
        author_id: former.author_id.or(writer),
        changed_by: writer,
        written_by: writer,
        autosaved_at: saving.autosaved_at(app),
        ..said(former, &draft)
    };
    let post = replace(&txn, app, post, &draft).await?;
    let post = write(&txn, app, post).await?;
    // One entry tells that somebody wrote; each pause of theirs is not worth another.
    if is_kept || saving == Saving::Whole {
        record(&txn, app, actor, "post.update", &post).await?;
    }
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    Ok(detail)
}

/// One post.
pub async fn show_post(app: &App, actor: &Actor, id: PostId) -> Result<PostDetail, PostError> {
    actor.require(Permission::ReadPosts)?;
    let db = app.store.reader();
    let post = posts::find(db, actor.organization.id, id)
        .await?
        .ok_or(PostError::NotFound)?;
    Ok(detail(db, post).await?)
}

async fn find(txn: &Txn, actor: &Actor, id: PostId) -> Result<post::Model, PostError> {
    posts::find_to_change(txn, actor.organization.id, id)
        .await?
        .ok_or(PostError::NotFound)
}

/// A post that the actor is about to change.
async fn load(txn: &Txn, actor: &Actor, id: PostId) -> Result<post::Model, PostError> {
    let post = find(txn, actor, id).await?;
    Ok(post::Model {
        changed_by: Some(actor.member.id),
        ..post
    })
}

/// Refuses where the post has another version than was read, and says by whom.
async fn unchanged(txn: &Txn, post: &post::Model, expected: Option<i64>) -> Result<(), PostError> {
    if expected.is_none_or(|version| version == post.version) {
        return Ok(());
    }
    let by = match post.changed_by {
        Some(id) => members::find(&**txn, post.organization_id, id).await?,
        None => None,
    };
    Err(PostError::VersionMismatch(Changed {
        by: by.map(|member| member.display_name),
        at: post.updated_at,
        version: post.version,
    }))
}

/// Writes a changed post under its next version.
pub(super) async fn write(
    txn: &Txn,
    app: &App,
    post: post::Model,
) -> Result<post::Model, StoreError> {
    let post = post::Model {
        version: post.version + 1,
        updated_at: app.now(),
        ..post
    };
    posts::update(txn, post).await
}

async fn record(
    txn: &Txn,
    app: &App,
    actor: &Actor,
    action: &'static str,
    post: &post::Model,
) -> Result<(), StoreError> {
    audit::record(txn, app, actor, event(action, post)).await
}

fn event(action: &'static str, post: &post::Model) -> audit::Event {
    audit::Event {
        action,
        subject: format!("post:{}", post.id),
        detail: json!({ "title": post.title, "version": post.version }),
    }
}
