//! Introducing chat accounts.

use axum::Json;
use axum::extract::State;
use server_api::identity::{Introduced, Introduction};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::BotFor;
use crate::http::error::ApiError;
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service::identities;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(introduce))
}

/// Introduces the chat account of `On-Behalf-Of`; again gives the same member.
#[utoipa::path(
    put,
    path = "/identity",
    tag = "identity",
    extensions(("x-permission" = json!("bot"))),
    request_body = Introduction,
    responses((status = 200, body = Introduced)),
)]
async fn introduce(
    State(app): State<App>,
    BotFor(account): BotFor,
    ApiJson(form): ApiJson<Introduction>,
) -> Result<Json<Introduced>, ApiError> {
    let introduction = wire::identity::introduction(form);
    let introduced = identities::introduce(&app, &account, &introduction).await?;
    Ok(Json(wire::identity::introduced(&introduced)))
}
