//! Posts, both ways.

use entity::variant;
use server_api::ids::{FeedId, MemberId, PostId};
use server_api::post::{CreatePost, Post, Variant};

use super::enums;
use crate::domain::post::{Draft, Wording};
use crate::service::posts::PostDetail;

/// A post as it travels.
pub fn post(detail: PostDetail) -> Post {
    let PostDetail {
        post,
        campaign,
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
        feed_id: post.feed_id.map(|id| FeedId(id.0)),
        author_id: post.author_id.map(|id| MemberId(id.0)),
        approver_id: post.approver_id.map(|id| MemberId(id.0)),
        review_note: post.review_note,
        edit_mode: enums::edit_mode(post.edit_mode),
        featured: post.featured,
        variants: variants.into_iter().map(variant).collect(),
        publish_at: post.publish_at,
        published_at: post.published_at,
        expires_at: post.expires_at,
        withdrawn_url: post.withdrawn_url,
        version: post.version,
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
        edit_mode: form
            .edit_mode
            .map_or(entity::enums::EditMode::Free, enums::edit_mode_row),
        featured: form.featured,
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

/// Times travel and lie in whole microseconds: both databases keep these.
pub fn micros(at: chrono::DateTime<chrono::Utc>) -> chrono::DateTime<chrono::Utc> {
    use chrono::SubsecRound;
    at.trunc_subsecs(6)
}
