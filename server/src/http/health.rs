//! Whether the process lives and whether it can serve.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use server_api::problem::Code;

use super::error::ApiError;
use crate::app::App;
use crate::service::health;

/// `/healthz` and `/readyz`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
}

/// Ready where the database answers and its schema has what this version needs.
async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    if health::is_ready(&app).await? {
        Ok("ready\n")
    } else {
        Err(ApiError::new(Code::Unavailable)
            .detail("the schema lacks what this version needs: `chorus migrate`"))
    }
}
