//! The first set-up, by who runs the server.

use axum::Json;
use axum::extract::State;
use server_api::organization::{Organization, Setup};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Operator;
use crate::http::error::ApiError;
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service::setup;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(set_up))
}

/// Applies a set-up; again changes nothing.
#[utoipa::path(
    put,
    path = "/setup",
    tag = "setup",
    extensions(("x-permission" = json!("operator"))),
    request_body = Setup,
    responses((status = 200, body = Organization)),
)]
async fn set_up(
    State(app): State<App>,
    _: Operator,
    ApiJson(form): ApiJson<Setup>,
) -> Result<Json<Organization>, ApiError> {
    let organization = setup::apply(&app, wire::setup::setup(form)).await?;
    Ok(Json(wire::organization::organization(organization)))
}
