//! Cards, as they travel.

use server_api::ids::PostId;
use server_api::suggestion::Suggestion;

use super::enums;
use crate::domain::web_address;
use crate::service::suggestions::Card;

/// The facts of a card as they travel.
pub fn suggestion(card: Card) -> Suggestion {
    let Card {
        post,
        state,
        campaign,
        shared_by,
        points,
    } = card;
    Suggestion {
        post_id: PostId(post.id.0),
        kind: enums::post_kind(post.kind),
        state: enums::post_state(state),
        source: post.url.as_deref().and_then(web_address::source),
        title: post.title,
        summary: post.summary,
        image_url: post.image_url,
        image_alt: post.image_alt,
        campaign,
        expires_at: post.expires_at,
        shared_by,
        points_confirmed: points.share_confirmed,
        points_proven: points.share_proven,
    }
}
