//! The JSON API: one file per resource; each operation extracts, calls one use
//! case and converts.

pub mod deliveries;
pub mod examination;
pub mod feeds;
pub mod figures;
pub mod identity;
pub mod installations;
pub mod leaderboard;
pub mod me;
pub mod members;
pub mod operations;
pub mod organization;
pub mod posts;
pub mod setup;
pub mod shares;
pub mod suggestions;
pub mod tokens;

use axum::Router;
use axum::routing::get;
use axum::{Json, middleware as axum_middleware};
use utoipa_axum::router::OpenApiRouter;

use super::middleware::idempotency;
use super::openapi;
use crate::app::App;

/// Where the API lies.
pub const PREFIX: &str = "/api/v1";

/// Every operation, without the prefix.
pub fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(deliveries::router())
        .merge(examination::router())
        .merge(feeds::router())
        .merge(figures::router())
        .merge(identity::router())
        .merge(installations::router())
        .merge(leaderboard::router())
        .merge(me::router())
        .merge(members::router())
        .merge(operations::router())
        .merge(organization::router())
        .merge(posts::router())
        .merge(setup::router())
        .merge(shares::router())
        .merge(suggestions::router())
        .merge(tokens::router())
}

/// The API and its description.
pub fn router(app: &App) -> Router<App> {
    let (routes, document) = openapi::described();
    let routes = routes.layer(axum_middleware::from_fn_with_state(
        app.clone(),
        idempotency::answer_once,
    ));
    routes.route("/openapi.json", get(async move || Json(document)))
}

#[cfg(test)]
mod tests;
