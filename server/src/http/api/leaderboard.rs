//! Boards.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use server_api::enums::Period;
use server_api::leaderboard::Leaderboard;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::error::ApiError;
use crate::http::extract::ApiQuery;
use crate::http::wire;
use crate::service::{addresses, leaderboard};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_leaderboard))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Which {
    /// The span of time; this week unless given.
    #[serde(default)]
    period: Period,
}

/// The board of a period, with the calling member's surroundings.
#[utoipa::path(
    get,
    path = "/leaderboard",
    tag = "leaderboard",
    extensions(("x-permission" = json!("member"))),
    params(Which),
    responses((status = 200, body = Leaderboard)),
)]
async fn show_leaderboard(
    app: State<App>,
    member: Member,
    which: ApiQuery<Which>,
) -> Result<Json<Leaderboard>, ApiError> {
    let Member(actor) = member;
    let period = wire::leaderboard::period_rule(which.0.period);
    let (organization, me) = (&actor.organization, actor.member.id);
    let board = leaderboard::board_with_movement(&app, organization, me, period).await?;
    let page_url = addresses::board_url(&app, me);
    Ok(Json(wire::leaderboard::leaderboard(board, page_url)))
}

#[cfg(test)]
mod tests;
