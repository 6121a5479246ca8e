//! The first page: what this is, and where to go.
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::chat::page;
use super::{Inspector, Link};

#[derive(Template)]
#[template(path = "inspector/landing.html")]
struct Landing {
    networks: String,
    links: Vec<Link>,
}

pub(super) fn router() -> Router<Inspector> {
    Router::new().route("/", get(show))
}

async fn show(State(inspector): State<Inspector>) -> Response {
    page(&Landing {
        networks: inspector.networks.url(),
        links: inspector.links,
    })
}
