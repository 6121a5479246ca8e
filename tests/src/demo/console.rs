//! The newcomer's way into the console: each visit asks the server for a fresh one-time link in
//! the owner's name, as the owner would by chat.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use server_api::client::Client;

/// Where it lies beside the chat windows.
pub const PATH: &str = "/console";

/// The page that leads on to the link.
pub fn router(client: Client) -> Router {
    Router::new().route(PATH, get(enter)).with_state(client)
}

async fn enter(State(client): State<Client>) -> Response {
    match client.on_behalf_of("owner").console_link().await {
        Ok(link) => Redirect::to(&link.url).into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}
