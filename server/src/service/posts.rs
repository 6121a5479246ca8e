//! Posts: written by curators, reviewed by approvers, published at their time.

mod publish;
mod review;

use std::collections::HashMap;

use entity::enums::{Permission, PostState};
use entity::ids::{CampaignId, FeedId, MemberId, OrganizationId, PostId, VariantId};
use entity::{campaign, post, variant};
use serde_json::json;
use thiserror::Error;

use super::actor::{Actor, Forbidden};
use super::audit;
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::page::{Paging, Slice};
use crate::domain::post::{Draft, Passage, Step, passage};
use crate::store::{Reader, StoreError, Txn, campaigns, posts, variants};

pub use publish::{expire_posts, publish_due_posts, publish_post, withdraw_post};
pub use review::{approve_post, reject_post, submit_post};

pub(super) use publish::go_live;

/// A post with what belongs to it.
#[derive(Clone, Debug)]
pub struct PostDetail {
    /// The post.
    pub post: post::Model,
    /// Slug of its campaign.
    pub campaign: Option<String>,
    /// Its wordings, in order.
    pub variants: Vec<variant::Model>,
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
    VersionMismatch,
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
    let txn = app.store.begin().await?;
    let organization = actor.organization.id;
    let author = Some(actor.member.id);
    let post = insert(&txn, app, organization, &draft, (author, None)).await?;
    record(&txn, app, actor, "post.create", &post).await?;
    let detail = detail(&*txn, post).await?;
    txn.commit().await?;
    Ok(detail)
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
    let txn = app.store.begin().await?;
    let post = load(&txn, actor, id).await?;
    if expected.is_some_and(|version| version != post.version) {
        return Err(PostError::VersionMismatch);
    }
    match passage(post.state, Step::Edit) {
        Passage::Open => {}
        Passage::Done | Passage::Shut => return Err(PostError::WrongState(post.state)),
    }
    let campaign_id = campaign(&txn, app, post.organization_id, &draft).await?;
    let post = post::Model {
        campaign_id,
        ..said(post, &draft)
    };
    replace_variants(&txn, app, &post, &draft).await?;
    let post = write(&txn, app, post).await?;
    record(&txn, app, actor, "post.update", &post).await?;
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

/// Posts of one state or of all, newest first.
pub async fn list_posts(
    app: &App,
    actor: &Actor,
    state: Option<PostState>,
    paging: Paging,
) -> Result<Slice<PostDetail>, PostError> {
    actor.require(Permission::ReadPosts)?;
    let db = app.store.reader();
    let before = paging.after.map(PostId);
    let found = posts::list(db, actor.organization.id, state, before, paging.fetch()).await?;
    let page = paging.cut(found, |post| post.id.0);
    Ok(Slice {
        items: details(db, actor.organization.id, page.items).await?,
        next: page.next,
    })
}

/// Writes the row and the wordings of a new draft by a member or from a feed.
pub(super) async fn insert(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    draft: &Draft,
    (author_id, feed_id): (Option<MemberId>, Option<FeedId>),
) -> Result<post::Model, StoreError> {
    let campaign_id = campaign(txn, app, organization, draft).await?;
    let post = post::Model {
        campaign_id,
        author_id,
        feed_id,
        ..drafted(app, organization, draft)
    };
    posts::insert(txn, post.clone()).await?;
    replace_variants(txn, app, &post, draft).await?;
    Ok(post)
}

/// Writes new drafts of a feed, which name no campaign, with their wordings.
pub(super) async fn insert_of_feed(
    txn: &Txn,
    app: &App,
    drafts: &[(post::Model, Draft)],
) -> Result<(), StoreError> {
    let rows: Vec<post::Model> = drafts.iter().map(|(post, _)| post.clone()).collect();
    posts::insert_all(txn, &rows).await?;
    let rows = drafts
        .iter()
        .flat_map(|(post, draft)| wordings(app, post, draft));
    let rows: Vec<variant::Model> = rows.collect();
    variants::insert(txn, &rows).await
}

/// The row of a new draft, of nobody and of no campaign.
pub(super) fn drafted(app: &App, organization: OrganizationId, draft: &Draft) -> post::Model {
    let now = app.now();
    let blank = post::Model {
        id: PostId(app.uuid()),
        organization_id: organization,
        kind: draft.kind,
        state: PostState::Draft,
        title: String::new(),
        summary: String::new(),
        url: None,
        canonical_url: None,
        image_url: None,
        image_alt: None,
        language: None,
        campaign_id: None,
        feed_id: None,
        author_id: None,
        approver_id: None,
        review_note: None,
        edit_mode: draft.edit_mode,
        featured: false,
        publish_at: None,
        published_at: None,
        expires_at: None,
        withdrawn_at: None,
        withdrawn_url: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    said(blank, draft)
}

/// The post with the draft's words.
fn said(post: post::Model, draft: &Draft) -> post::Model {
    post::Model {
        kind: draft.kind,
        title: draft.title.clone(),
        summary: draft.summary.clone(),
        url: draft.url.clone(),
        canonical_url: draft.canonical_url(),
        image_url: draft.image_url.clone(),
        image_alt: draft.image_alt.clone(),
        language: draft.language,
        edit_mode: draft.edit_mode,
        featured: draft.featured,
        publish_at: draft.publish_at,
        expires_at: draft.expires_at,
        ..post
    }
}

/// The draft's campaign, made if there is none of that slug.
async fn campaign(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    draft: &Draft,
) -> Result<Option<CampaignId>, StoreError> {
    let Some(slug) = &draft.campaign else {
        return Ok(None);
    };
    let row = campaign::Model {
        id: CampaignId(app.uuid()),
        organization_id: organization,
        slug: slug.clone(),
        name: crate::domain::post::campaign_name(slug),
        ends_at: None,
        created_at: app.now(),
    };
    campaigns::insert_unless_there(txn, row).await?;
    let found = campaigns::find_by_slug(&**txn, organization, slug).await?;
    Ok(found.map(|campaign| campaign.id))
}

async fn replace_variants(
    txn: &Txn,
    app: &App,
    post: &post::Model,
    draft: &Draft,
) -> Result<(), StoreError> {
    let rows = wordings(app, post, draft);
    variants::replace(txn, post.organization_id, post.id, rows).await
}

/// The rows of a draft's wordings.
fn wordings(app: &App, post: &post::Model, draft: &Draft) -> Vec<variant::Model> {
    (draft.variants.iter())
        .zip(0..)
        .map(|(wording, position)| variant::Model {
            id: VariantId(app.uuid()),
            organization_id: post.organization_id,
            post_id: post.id,
            network: wording.network,
            position,
            text: wording.text.clone(),
            dealt: 0,
            created_at: app.now(),
        })
        .collect()
}

async fn load(txn: &Txn, actor: &Actor, id: PostId) -> Result<post::Model, PostError> {
    posts::find_to_change(txn, actor.organization.id, id)
        .await?
        .ok_or(PostError::NotFound)
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

async fn detail(db: &impl Reader, post: post::Model) -> Result<PostDetail, StoreError> {
    let organization = post.organization_id;
    let variants = variants::of_posts(db, organization, &[post.id]).await?;
    let campaign = match post.campaign_id {
        Some(id) => campaigns::find_many(db, organization, &[id]).await?.pop(),
        None => None,
    };
    Ok(PostDetail {
        post,
        campaign: campaign.map(|campaign| campaign.slug),
        variants,
    })
}

async fn details(
    db: &impl Reader,
    organization: OrganizationId,
    posts: Vec<post::Model>,
) -> Result<Vec<PostDetail>, StoreError> {
    let ids: Vec<_> = posts.iter().map(|post| post.id).collect();
    let named: Vec<_> = posts.iter().filter_map(|post| post.campaign_id).collect();
    let mut wordings: HashMap<PostId, Vec<variant::Model>> = HashMap::new();
    for variant in variants::of_posts(db, organization, &ids).await? {
        wordings.entry(variant.post_id).or_default().push(variant);
    }
    let slugs: HashMap<_, _> = campaigns::find_many(db, organization, &named)
        .await?
        .into_iter()
        .map(|campaign| (campaign.id, campaign.slug))
        .collect();
    Ok(posts
        .into_iter()
        .map(|post| PostDetail {
            campaign: post.campaign_id.and_then(|id| slugs.get(&id).cloned()),
            variants: wordings.remove(&post.id).unwrap_or_default(),
            post,
        })
        .collect())
}
