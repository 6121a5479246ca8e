//! Cards of posts.

use server_api::ids::PostId;
use server_api::suggestion::Suggestion;
use url::Url;

use super::enums::{post_kind, post_state};
use crate::service::suggestions::Card;

/// A card as it travels.
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
        kind: post_kind(post.kind),
        state: post_state(state),
        title: post.title,
        summary: post.summary,
        source: post.url.as_deref().and_then(host),
        image_url: post.image_url,
        image_alt: post.image_alt,
        campaign,
        expires_at: post.expires_at,
        shared_by,
        points_confirmed: points.share_confirmed,
        points_proven: points.share_proven,
    }
}

/// The host of an address, without the `www.` that nobody says.
fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}
