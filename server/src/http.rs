//! The doors over HTTP: JSON under `api`, the console's pages under `console`,
//! everybody's pages under `public`.
//!
//! To add a resource to the API: its conversions in `wire`, its refusals in
//! `error`, its operations in `api` (each naming its permission, as an
//! extractor and as `x-permission`), and its line in [`api::operations()`].

pub mod api;
pub mod auth;
pub mod console;
pub mod error;
pub mod etag;
pub mod export;
pub mod extract;
pub mod health;
pub mod listen;
pub mod metrics;
pub mod middleware;
pub mod openapi;
pub mod public;
mod routes;
pub mod wire;

use crate::app::App;
use auth::Listener;
pub use routes::Routes;

/// What the world reaches: short links, pages, the API with tokens of its own.
pub fn public(app: &App) -> Routes {
    let routes = api::router(app)
        .merge(health::router())
        .merge(console::router(app))
        .merge(public::router());
    let routes = middleware::around(routes, app, Listener::Public);
    Routes::behind_readers(app, routes)
}

/// What the parts and the operator reach: the same API with their own tokens.
pub fn internal(app: &App) -> Routes {
    let routes = api::router(app)
        .merge(health::router())
        .merge(metrics::router());
    middleware::around(routes, app, Listener::Internal).into()
}
