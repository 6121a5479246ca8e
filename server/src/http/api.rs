//! The JSON API: one file per resource; each operation extracts, calls one use
//! case and converts.

pub mod broadcasts;
pub mod campaigns;
pub mod connections;
pub mod console;
pub mod content_rules;
pub mod data;
pub mod deliveries;
pub mod drafts;
pub mod examination;
pub mod feeds;
pub mod figures;
pub mod identity;
pub mod insight;
pub mod installations;
pub mod leaderboard;
pub mod library;
pub mod me;
pub mod media;
pub mod member_imports;
pub mod members;
pub mod operations;
pub mod organization;
pub mod post_imports;
pub mod posts;
pub mod previews;
pub mod proposals;
pub mod rates;
pub mod retention;
pub mod reviews;
pub mod sessions;
pub mod settings;
pub mod setup;
pub mod shares;
pub mod suggestions;
pub mod teams;
pub mod tokens;
pub mod topics;

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
        .merge(broadcasts::router())
        .merge(campaigns::router())
        .merge(connections::router())
        .merge(console::router())
        .merge(content_rules::router())
        .merge(data::router())
        .merge(deliveries::router())
        .merge(drafts::router())
        .merge(examination::router())
        .merge(feeds::router())
        .merge(figures::router())
        .merge(identity::router())
        .merge(insight::router())
        .merge(installations::router())
        .merge(leaderboard::router())
        .merge(library::router())
        .merge(me::router())
        .merge(media::router())
        .merge(member_imports::router())
        .merge(members::router())
        .merge(operations::router())
        .merge(organization::router())
        .merge(post_imports::router())
        .merge(posts::router())
        .merge(previews::router())
        .merge(proposals::router())
        .merge(rates::router())
        .merge(retention::router())
        .merge(reviews::router())
        .merge(sessions::router())
        .merge(settings::router())
        .merge(setup::router())
        .merge(shares::router())
        .merge(suggestions::router())
        .merge(teams::router())
        .merge(tokens::router())
        .merge(topics::router())
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
