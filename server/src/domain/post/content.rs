//! A draft as former versions keep it, both ways.

use entity::json::{PostContent, Words};

use super::{Draft, Wording};

impl From<PostContent> for Draft {
    fn from(content: PostContent) -> Self {
        let wording = |words: Words| Wording {
            network: words.network,
            text: words.text,
        };
        Self {
            kind: content.kind,
            title: content.title,
            summary: content.summary,
            url: content.url,
            image_url: content.image_url,
            image_alt: content.image_alt,
            language: content.language,
            campaign: content.campaign,
            topics: content.topics,
            edit_mode: content.edit_mode,
            featured: content.featured,
            priority: content.priority,
            audience: content.audience,
            embargo_until: content.embargo_until,
            disclosure: content.disclosure,
            variants: content.variants.into_iter().map(wording).collect(),
            publish_at: content.publish_at,
            expires_at: content.expires_at,
        }
    }
}

impl From<Draft> for PostContent {
    fn from(draft: Draft) -> Self {
        let words = |wording: Wording| Words {
            network: wording.network,
            text: wording.text,
        };
        Self {
            kind: draft.kind,
            title: draft.title,
            summary: draft.summary,
            url: draft.url,
            image_url: draft.image_url,
            image_alt: draft.image_alt,
            language: draft.language,
            campaign: draft.campaign,
            topics: draft.topics,
            edit_mode: draft.edit_mode,
            featured: draft.featured,
            priority: draft.priority,
            audience: draft.audience,
            embargo_until: draft.embargo_until,
            disclosure: draft.disclosure,
            variants: draft.variants.into_iter().map(words).collect(),
            publish_at: draft.publish_at,
            expires_at: draft.expires_at,
        }
    }
}
