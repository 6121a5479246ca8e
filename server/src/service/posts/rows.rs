//! The rows of a post: itself, its wordings, its topics, its campaign.

use std::collections::HashMap;

use entity::enums::PostState;
use entity::ids::{CampaignId, OrganizationId, PostId, TopicId, VariantId};
use entity::{campaign, post, post_topic, topic, variant};

use super::PostDetail;
use crate::app::App;
use crate::domain::post::{Draft, Wording, campaign_name};
use crate::domain::topic::slug;
use crate::store::{Reader, StoreError, Txn, campaigns, posts, topics, variants};

/// Writes the rows of a new draft by a member.
pub(super) async fn insert(
    txn: &Txn,
    app: &App,
    blank: post::Model,
    draft: &Draft,
) -> Result<post::Model, StoreError> {
    let slug = draft.campaign.as_deref();
    let post = post::Model {
        campaign_id: campaign(txn, app, blank.organization_id, slug).await?,
        ..blank
    };
    posts::insert(txn, post.clone()).await?;
    variants::insert(txn, &wordings(app, &post, draft)).await?;
    replace_topics(txn, app, &post, &draft.topics).await?;
    Ok(post)
}

/// Puts the draft's campaign, wordings and topics in the place of the post's; its row is left
/// to write.
pub(super) async fn replace(
    txn: &Txn,
    app: &App,
    post: post::Model,
    draft: &Draft,
) -> Result<post::Model, StoreError> {
    let organization = post.organization_id;
    let campaign_id = campaign(txn, app, organization, draft.campaign.as_deref()).await?;
    variants::replace(txn, organization, post.id, wordings(app, &post, draft)).await?;
    replace_topics(txn, app, &post, &draft.topics).await?;
    Ok(post::Model {
        campaign_id,
        ..post
    })
}

/// Writes new drafts of a feed, which name no campaign and no topics, with their wordings.
pub(in crate::service) async fn insert_of_feed(
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
pub(in crate::service) fn drafted(
    app: &App,
    organization: OrganizationId,
    draft: &Draft,
) -> post::Model {
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
        priority: draft.priority,
        audience: None,
        embargo_until: None,
        disclosure: None,
        search: String::new(),
        submitted_at: None,
        publish_at: None,
        published_at: None,
        expires_at: None,
        withdrawn_at: None,
        withdrawn_url: None,
        version: 1,
        changed_by: None,
        written_by: None,
        autosaved_at: None,
        created_at: now,
        updated_at: now,
    };
    said(blank, draft)
}

/// The post with the draft's words.
pub(super) fn said(post: post::Model, draft: &Draft) -> post::Model {
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
        priority: draft.priority,
        audience: draft.audience.clone(),
        embargo_until: draft.embargo_until,
        disclosure: draft.disclosure.clone(),
        search: draft.searchable(),
        publish_at: draft.publish_at,
        expires_at: draft.expires_at,
        ..post
    }
}

/// What a post says, as a draft.
pub fn draft_of(detail: &PostDetail) -> Draft {
    let post = &detail.post;
    let wording = |variant: &variant::Model| Wording {
        network: variant.network,
        text: variant.text.clone(),
    };
    Draft {
        kind: post.kind,
        title: post.title.clone(),
        summary: post.summary.clone(),
        url: post.url.clone(),
        image_url: post.image_url.clone(),
        image_alt: post.image_alt.clone(),
        language: post.language,
        campaign: detail.campaign.clone(),
        topics: detail.topics.clone(),
        edit_mode: post.edit_mode,
        featured: post.featured,
        priority: post.priority,
        audience: post.audience.clone(),
        embargo_until: post.embargo_until,
        disclosure: post.disclosure.clone(),
        variants: detail.variants.iter().map(wording).collect(),
        publish_at: post.publish_at,
        expires_at: post.expires_at,
    }
}

/// The campaign of a slug, made if there is none.
pub(super) async fn campaign(
    txn: &Txn,
    app: &App,
    organization: OrganizationId,
    slug: Option<&str>,
) -> Result<Option<CampaignId>, StoreError> {
    let Some(slug) = slug else {
        return Ok(None);
    };
    let row = campaign::Model {
        id: CampaignId(app.uuid()),
        organization_id: organization,
        slug: slug.to_owned(),
        name: campaign_name(slug),
        goal: None,
        target: None,
        area: None,
        ends_at: None,
        created_at: app.now(),
    };
    campaigns::insert_unless_there(txn, row).await?;
    let found = campaigns::find_by_slug(&**txn, organization, slug).await?;
    Ok(found.map(|campaign| campaign.id))
}

async fn replace_topics(
    txn: &Txn,
    app: &App,
    post: &post::Model,
    names: &[String],
) -> Result<(), StoreError> {
    let organization = post.organization_id;
    // Two who save at once write and hold topics in one order, so that neither waits for the other.
    let mut rows: Vec<topic::Model> = names
        .iter()
        .map(|name| topic::Model {
            id: TopicId(app.uuid()),
            organization_id: organization,
            slug: slug(name),
            name: name.clone(),
            mandatory: false,
            created_at: app.now(),
        })
        .collect();
    rows.sort_unstable_by(|one, other| one.slug.cmp(&other.slug));
    topics::insert_unless_there(txn, &rows).await?;
    let slugs: Vec<String> = rows.into_iter().map(|row| row.slug).collect();
    let found = if slugs.is_empty() {
        Vec::new()
    } else {
        topics::by_slugs(&**txn, organization, &slugs).await?
    };
    let mut rows: Vec<post_topic::Model> = found
        .into_iter()
        .map(|topic| post_topic::Model {
            post_id: post.id,
            topic_id: topic.id,
            organization_id: organization,
        })
        .collect();
    rows.sort_unstable_by_key(|row| row.topic_id);
    topics::replace(txn, organization, post.id, &rows).await
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

/// A post with what belongs to it.
pub(super) async fn detail(db: &impl Reader, post: post::Model) -> Result<PostDetail, StoreError> {
    let organization = post.organization_id;
    let variants = variants::of_posts(db, organization, &[post.id]).await?;
    let topics = topics::of_posts(db, organization, &[post.id]).await?;
    let campaign = match post.campaign_id {
        Some(id) => campaigns::find_many(db, organization, &[id]).await?.pop(),
        None => None,
    };
    Ok(PostDetail {
        post,
        campaign: campaign.map(|campaign| campaign.slug),
        topics: topics.into_iter().map(|(_, name)| name).collect(),
        variants,
    })
}

/// The same for many, in their order.
pub(super) async fn details(
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
    let mut about: HashMap<PostId, Vec<String>> = HashMap::new();
    for (post, name) in topics::of_posts(db, organization, &ids).await? {
        about.entry(post).or_default().push(name);
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
            topics: about.remove(&post.id).unwrap_or_default(),
            variants: wordings.remove(&post.id).unwrap_or_default(),
            post,
        })
        .collect())
}
