//! Ways into the web console.

use axum::Json;
use axum::extract::State;
use server_api::console::ConsoleLink;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::error::ApiError;
use crate::http::wire;
use crate::service::login_links;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(issue_console_link))
}

/// Issues a link that logs the calling member in to the web console. It counts ten minutes and
/// once; earlier ones stop to count. Looking at it does not use it up.
#[utoipa::path(
    post,
    path = "/me/console-link",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    responses((status = 200, body = ConsoleLink)),
)]
async fn issue_console_link(
    State(app): State<App>,
    member: Member,
) -> Result<Json<ConsoleLink>, ApiError> {
    let issued = login_links::issue(&app, &member.0).await?;
    Ok(Json(wire::member::console_link(issued)))
}

#[cfg(test)]
mod tests;
