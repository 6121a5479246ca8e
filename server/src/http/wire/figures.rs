//! Group figures.

use server_api::ids::PostId;
use server_api::post::{PostFigures, StateCount};

use super::enums::share_state;
use crate::service::figures::Figures;

/// Figures of a post as they travel.
pub fn figures(figures: Figures) -> PostFigures {
    PostFigures {
        post_id: PostId(figures.post.0),
        shares: figures
            .shares
            .into_iter()
            .map(|(state, count)| StateCount {
                state: share_state(state),
                count,
            })
            .collect(),
        hits: figures.hits,
        human_hits: figures.human_hits,
        clicks: figures.clicks,
        potential_reach: figures.potential_reach,
        kept_back: figures.is_kept_back,
    }
}
