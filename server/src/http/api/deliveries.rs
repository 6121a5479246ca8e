//! The outbox, for couriers; and its overview, for operators.

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::ids::DeliveryId;
use server_api::delivery::{ClaimDeliveries, ClaimedDeliveries, SettleDelivery};
use server_api::operations::DeliveryCounts;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::permissions::ReadOperations;
use crate::http::auth::{Allowed, Bot};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::deliveries;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(claim_deliveries))
        .routes(routes!(settle_delivery))
        .routes(routes!(count_deliveries))
}

/// Gives the courier what it may do now; the answer waits until there is something.
#[utoipa::path(
    post,
    path = "/deliveries/claim",
    tag = "deliveries",
    extensions(("x-permission" = json!("bot"))),
    request_body = ClaimDeliveries,
    responses((status = 200, body = ClaimedDeliveries)),
)]
async fn claim_deliveries(
    State(app): State<App>,
    bot: Bot,
    ApiJson(form): ApiJson<ClaimDeliveries>,
) -> Result<Json<ClaimedDeliveries>, ApiError> {
    if wire::enums::platform_row(form.platform) != bot.platform {
        return Err(ApiError::field(
            "platform",
            "is not the one that this token serves",
        ));
    }
    let claim = wire::deliveries::claim(form, bot.platform);
    let claimed = deliveries::claim(&app, &claim).await?;
    Ok(Json(ClaimedDeliveries {
        items: claimed
            .into_iter()
            .filter_map(wire::deliveries::delivery)
            .collect(),
    }))
}

/// Takes the outcome of a delivery; said again, it changes nothing.
#[utoipa::path(
    put,
    path = "/deliveries/{delivery}/outcome",
    tag = "deliveries",
    extensions(("x-permission" = json!("bot"))),
    params(("delivery" = Uuid, Path, description = "The delivery.")),
    request_body = SettleDelivery,
    responses((status = 204, description = "It is settled.")),
)]
async fn settle_delivery(
    State(app): State<App>,
    bot: Bot,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<SettleDelivery>,
) -> Result<NoContent, ApiError> {
    let outcome = wire::deliveries::outcome(form.outcome);
    deliveries::settle(&app, bot.platform, DeliveryId(id), &form.courier, outcome).await?;
    Ok(NoContent)
}

/// Counts deliveries by platform, post, state and failure; never by recipient.
///
/// Direct messages about posts, their review and proposals are counted only where they failed or
/// may not have arrived, and not where their member takes none: more would tell who wanted none, or
/// rests.
#[utoipa::path(
    get,
    path = "/delivery-counts",
    tag = "deliveries",
    extensions(("x-permission" = json!("read_operations"))),
    responses((status = 200, body = DeliveryCounts)),
)]
async fn count_deliveries(
    State(app): State<App>,
    allowed: Allowed<ReadOperations>,
) -> Result<Json<DeliveryCounts>, ApiError> {
    let counts = deliveries::count_deliveries(&app, &allowed.actor).await?;
    Ok(Json(DeliveryCounts {
        items: counts.into_iter().map(wire::deliveries::count).collect(),
    }))
}

#[cfg(test)]
mod tests;
