//! HTTP and websockets over the model: the Web API, the endpoint of Socket Mode, the addresses for
//! answers, and the requests that go to the app.
use std::net::SocketAddr;

use axum::Router;
use axum::routing::{get, post};

use super::state::Chat;

mod api;
mod methods;
mod oauth;
mod openid;
pub(super) mod requests;
mod respond;
mod socket;

/// What every handler needs.
#[derive(Clone)]
pub(super) struct Skin {
    chat: Chat,
    address: SocketAddr,
}

/// All routes.
pub(super) fn router(chat: Chat, address: SocketAddr) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(openid::describe))
        .route("/openid/connect/authorize", get(openid::authorize))
        .route("/openid/connect/keys", get(openid::keys))
        .route("/api/openid.connect.token", post(openid::token))
        .route("/oauth/v2/authorize", get(oauth::authorize))
        .route("/api/oauth.v2.access", post(oauth::access))
        .route("/api/auth.revoke", post(oauth::revoke))
        .route("/api/{method}", post(api::call).get(api::call))
        .route("/link", get(socket::connect))
        .route("/response/{name}", post(respond::respond))
        .with_state(Skin { chat, address })
}
