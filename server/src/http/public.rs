//! What people open in a browser: short links, share pages, boards. Pages of
//! their own design, under a policy that allows nothing but our own files.

pub(super) mod assets;
mod board;
pub(super) mod link;
mod media;
mod page;
mod share;
pub(super) mod visit;
pub(super) mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::metrics::requests::LINK;

/// The public pages; readers of short links do not come so far.
pub fn router() -> Router<App> {
    Router::new()
        .route(LINK, get(link::follow))
        .route("/s/{token}", get(share::open))
        .route("/s/{token}/done", post(share::done))
        .route("/s/{token}/dismiss", post(share::dismiss))
        .route("/s/{token}/instance", post(share::set_instance))
        .route("/b/{token}", get(board::show))
        .route("/media/{id}", get(media::whole))
        .route("/media/{id}/small", get(media::small))
        .route("/assets/{name}", get(assets::serve))
}
