//! One's own sessions of the console, and the password that begins one.
//!
//! All of it takes a token of everything that its member may: a session may all of it, too.

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::ids::SessionId;
use server_api::session::{ChangePassword, Sessions};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::{credentials, sessions};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_sessions, end_sessions))
        .routes(routes!(end_session))
        .routes(routes!(change_password))
}

/// The browsers in which the calling member is logged in to the web console, newest first.
#[utoipa::path(
    get,
    path = "/me/sessions",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    responses((status = 200, body = Sessions)),
)]
async fn list_sessions(State(app): State<App>, member: Member) -> Result<Json<Sessions>, ApiError> {
    let rows = sessions::list(&app, &member.0).await?;
    Ok(Json(wire::session::sessions(rows)))
}

/// Logs one of the calling member's browsers out.
#[utoipa::path(
    delete,
    path = "/me/sessions/{session}",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    params(("session" = Uuid, Path, description = "The session.")),
    responses((status = 204, description = "It lets nobody in any more.")),
)]
async fn end_session(
    State(app): State<App>,
    member: Member,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    sessions::end(&app, &member.0, SessionId(id)).await?;
    Ok(NoContent)
}

/// Logs the calling member out everywhere; where no browser is logged in, none is.
#[utoipa::path(
    delete,
    path = "/me/sessions",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    responses((status = 204, description = "No browser is logged in.")),
)]
async fn end_sessions(State(app): State<App>, member: Member) -> Result<NoContent, ApiError> {
    sessions::end_all(&app, &member.0, None).await?;
    Ok(NoContent)
}

/// Sets the calling member's password, and logs them out everywhere. Who has one tells it, ten
/// times in a quarter of an hour at most, tries in the console included.
#[utoipa::path(
    put,
    path = "/me/password",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    request_body = ChangePassword,
    responses((status = 204, description = "It is the member's password.")),
)]
async fn change_password(
    State(app): State<App>,
    member: Member,
    form: Result<ApiJson<ChangePassword>, ApiError>,
) -> Result<NoContent, ApiError> {
    // Who may not is told so before their words are looked at.
    member.0.require_everything()?;
    let ApiJson(form) = form?;
    let asked = (
        form.current.unwrap_or_default().into(),
        form.password.into(),
    );
    credentials::change(&app, &member.0, asked, None).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
