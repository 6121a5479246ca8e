//! What the organization pays on networks.

use axum::Json;
use axum::extract::State;
use server_api::insight::{Rates, SetRate};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageOrganization, ReadFigures};
use crate::http::error::ApiError;
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service::rates;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_rates, set_rate))
}

/// What the organization pays on networks, by network, the newest first.
#[utoipa::path(
    get,
    path = "/rates",
    tag = "insight",
    extensions(("x-permission" = json!("read_figures"))),
    responses((status = 200, body = Rates)),
)]
async fn list_rates(
    State(app): State<App>,
    allowed: Allowed<ReadFigures>,
) -> Result<Json<Rates>, ApiError> {
    let rows = rates::list_rates(&app, &allowed.actor).await?;
    Ok(Json(wire::insight::rates(rows)))
}

/// Sets the rate of a network from a month on; without a price, takes it away.
#[utoipa::path(
    put,
    path = "/rates",
    tag = "insight",
    extensions(("x-permission" = json!("manage_organization"))),
    request_body = SetRate,
    responses((status = 200, body = Rates)),
)]
async fn set_rate(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    ApiJson(form): ApiJson<SetRate>,
) -> Result<Json<Rates>, ApiError> {
    let rate = wire::insight::rate_row(form);
    let rows = rates::set_rate(&app, &allowed.actor, rate).await?;
    Ok(Json(wire::insight::rates(rows)))
}
