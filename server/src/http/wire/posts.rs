//! Posts, both ways.

use entity::variant;
use server_api::ids::{FeedId, MemberId, PostId};
use server_api::post::{CreatePost, Post, Variant};

use super::audience::{audience, audience_row};
use super::enums;
use crate::domain::post::{Draft, Wording};
use crate::service::posts::PostDetail;

/// A post as it travels.
pub fn post(detail: PostDetail) -> Post {
    let PostDetail {
        post,
        campaign,
        topics,
        variants,
    } = detail;
    Post {
        id: PostId(post.id.0),
        kind: enums::post_kind(post.kind),
        state: enums::post_state(post.state),
        title: post.title,
        summary: post.summary,
        url: post.url,
        image_url: post.image_url,
        image_alt: post.image_alt,
        language: post.language.map(enums::language),
        campaign,
        topics,
        feed_id: post.feed_id.map(|id| FeedId(id.0)),
        author_id: post.author_id.map(|id| MemberId(id.0)),
        approver_id: post.approver_id.map(|id| MemberId(id.0)),
        review_note: post.review_note,
        edit_mode: enums::edit_mode(post.edit_mode),
        featured: post.featured,
        priority: enums::priority(post.priority),
        audience: post.audience.map(audience),
        embargo_until: post.embargo_until,
        disclosure: post.disclosure,
        variants: variants.into_iter().map(variant).collect(),
        submitted_at: post.submitted_at,
        publish_at: post.publish_at,
        published_at: post.published_at,
        expires_at: post.expires_at,
        withdrawn_url: post.withdrawn_url,
        version: post.version,
        changed_by: post.changed_by.map(|id| MemberId(id.0)),
        created_at: post.created_at,
        updated_at: post.updated_at,
    }
}

fn variant(row: variant::Model) -> Variant {
    Variant {
        network: row.network.map(enums::network),
        text: row.text,
    }
}

/// What a curator sent, unchecked.
pub fn draft(form: CreatePost) -> Draft {
    Draft {
        kind: form
            .kind
            .map_or(entity::enums::PostKind::Share, enums::post_kind_row),
        title: form.title,
        summary: form.summary,
        url: form.url,
        image_url: form.image_url,
        image_alt: form.image_alt,
        language: form.language.map(enums::language_row),
        campaign: form.campaign,
        topics: form.topics,
        edit_mode: form
            .edit_mode
            .map_or(entity::enums::EditMode::Free, enums::edit_mode_row),
        featured: form.featured,
        priority: enums::priority_row(form.priority),
        audience: form.audience.map(audience_row),
        embargo_until: form.embargo_until.map(micros),
        disclosure: form.disclosure,
        variants: form
            .variants
            .into_iter()
            .map(|variant| Wording {
                network: variant.network.map(enums::network_row),
                text: variant.text,
            })
            .collect(),
        publish_at: form.publish_at.map(micros),
        expires_at: form.expires_at.map(micros),
    }
}

/// A draft as a curator could send it.
pub fn form(draft: Draft) -> CreatePost {
    let variant = |wording: Wording| Variant {
        network: wording.network.map(enums::network),
        text: wording.text,
    };
    CreatePost {
        kind: Some(enums::post_kind(draft.kind)),
        title: draft.title,
        summary: draft.summary,
        url: draft.url,
        image_url: draft.image_url,
        image_alt: draft.image_alt,
        language: draft.language.map(enums::language),
        campaign: draft.campaign,
        topics: draft.topics,
        edit_mode: Some(enums::edit_mode(draft.edit_mode)),
        featured: draft.featured,
        priority: enums::priority(draft.priority),
        audience: draft.audience.map(audience),
        embargo_until: draft.embargo_until,
        disclosure: draft.disclosure,
        variants: draft.variants.into_iter().map(variant).collect(),
        publish_at: draft.publish_at,
        expires_at: draft.expires_at,
    }
}

/// Times travel and lie in whole microseconds: both databases keep these.
pub fn micros(at: chrono::DateTime<chrono::Utc>) -> chrono::DateTime<chrono::Utc> {
    use chrono::SubsecRound;
    at.trunc_subsecs(6)
}
