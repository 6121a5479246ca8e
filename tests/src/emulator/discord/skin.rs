//! HTTP and websockets over the model: the REST API, the gateway, and the requests that Discord itself posts
//! to an app's endpoint.
use std::net::SocketAddr;

use axum::Router;
use axum::routing::{any, get};

use super::state::Chat;

mod api;
pub(super) mod endpoint;
mod gateway;
mod routes;
mod tasks;

/// What every handler needs.
#[derive(Clone)]
pub(super) struct Skin {
    chat: Chat,
    address: SocketAddr,
    heartbeat: std::time::Duration,
}

/// All routes.
pub(super) fn router(chat: Chat, address: SocketAddr, heartbeat: std::time::Duration) -> Router {
    Router::new()
        .route("/api/v10/{*path}", any(api::call))
        .route("/gateway", get(gateway::connect))
        .route("/gateway/", get(gateway::connect))
        .with_state(Skin {
            chat,
            address,
            heartbeat,
        })
}
