//! The member in person.

use axum::Json;
use axum::extract::State;
use server_api::me::{Home, Me, UpdateMe};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::error::ApiError;
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_me, update_me))
        .routes(routes!(show_home))
}

/// The calling member: choices, points, figures.
#[utoipa::path(
    get,
    path = "/me",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    responses((status = 200, body = Me)),
)]
async fn show_me(app: State<App>, member: Member) -> Result<Json<Me>, ApiError> {
    let me = service::me::show(&app, &member.0).await?;
    Ok(Json(wire::me::me(me)))
}

/// Changes the calling member's own choices.
#[utoipa::path(
    patch,
    path = "/me",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    request_body = UpdateMe,
    responses((status = 200, body = Me)),
)]
async fn update_me(
    app: State<App>,
    member: Member,
    form: ApiJson<UpdateMe>,
) -> Result<Json<Me>, ApiError> {
    let change = wire::me::change(form.0);
    let me = service::me::update(&app, &member.0, change).await?;
    Ok(Json(wire::me::me(me)))
}

/// All that the calling member's own page shows.
#[utoipa::path(
    get,
    path = "/me/home",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    responses((status = 200, body = Home)),
)]
async fn show_home(app: State<App>, member: Member) -> Result<Json<Home>, ApiError> {
    let home = service::me::home(&app, &member.0).await?;
    Ok(Json(wire::me::home(home)))
}

#[cfg(test)]
mod tests;
