//! How long the organization keeps what it has.

use axum::extract::State;
use axum::http::HeaderMap;
use server_api::retention::{Retention, UpdateRetention};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::ManageOrganization;
use crate::http::error::ApiError;
use crate::http::etag::{Tagged, expected};
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service::retention::{self, Standing};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_retention, update_retention))
}

/// How long the organization keeps what it has, and what was removed.
#[utoipa::path(
    get,
    path = "/retention",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    responses((status = 200, body = Retention)),
)]
async fn show_retention(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
) -> Result<Tagged<Retention>, ApiError> {
    let standing = retention::show_retention(&app, &allowed.actor).await?;
    Ok(tagged(standing))
}

/// Replaces how long things are kept; with `If-Match`, only the version that it names. What is past
/// its time is removed for good by the next runs.
#[utoipa::path(
    put,
    path = "/retention",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    request_body = UpdateRetention,
    responses((status = 200, body = Retention)),
)]
async fn update_retention(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    headers: HeaderMap,
    ApiJson(form): ApiJson<UpdateRetention>,
) -> Result<Tagged<Retention>, ApiError> {
    let chosen = wire::retention::chosen(form);
    let expected = expected(&headers)?;
    let standing = retention::update_retention(&app, &allowed.actor, expected, chosen).await?;
    Ok(tagged(standing))
}

fn tagged(standing: Standing) -> Tagged<Retention> {
    Tagged {
        version: standing.version,
        body: wire::retention::retention(standing),
    }
}

#[cfg(test)]
mod tests;
