//! What people open in a browser: short links, share pages, boards. Pages of
//! their own design, under a policy that allows nothing but our own files.

mod assets;
mod board;
mod link;
mod page;
mod share;
mod visit;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;

/// The public pages.
pub fn router() -> Router<App> {
    Router::new()
        .route("/l/{code}", get(link::follow))
        .route("/s/{token}", get(share::open))
        .route("/s/{token}/done", post(share::done))
        .route("/s/{token}/dismiss", post(share::dismiss))
        .route("/s/{token}/instance", post(share::set_instance))
        .route("/b/{token}", get(board::show))
        .route("/assets/{name}", get(assets::serve))
}
