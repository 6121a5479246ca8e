//! What the organization settles for itself.

use axum::extract::State;
use axum::http::HeaderMap;
use entity::organization;
use server_api::settings::{Settings, UpdateSettings};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageOrganization, ReadPosts};
use crate::http::error::ApiError;
use crate::http::etag::{Tagged, expected};
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service::settings;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_settings, update_settings))
}

/// What the organization settled for itself.
#[utoipa::path(
    get,
    path = "/settings",
    tag = "organization",
    extensions(("x-permission" = json!("read_posts"))),
    responses((status = 200, body = Settings)),
)]
async fn show_settings(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
) -> Result<Tagged<Settings>, ApiError> {
    let row = settings::show_settings(&app, &allowed.actor).await?;
    Ok(tagged(row))
}

/// Changes what is given; with `If-Match`, only the version that it names. Points change from now
/// on: what was earned stays.
#[utoipa::path(
    patch,
    path = "/settings",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    request_body = UpdateSettings,
    responses((status = 200, body = Settings)),
)]
async fn update_settings(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    headers: HeaderMap,
    ApiJson(form): ApiJson<UpdateSettings>,
) -> Result<Tagged<Settings>, ApiError> {
    let change = wire::settings::change(form);
    let expected = expected(&headers)?;
    let row = settings::update_settings(&app, &allowed.actor, expected, change).await?;
    Ok(tagged(row))
}

fn tagged(row: organization::Model) -> Tagged<Settings> {
    Tagged {
        version: row.settings_version,
        body: wire::settings::settings(row),
    }
}

#[cfg(test)]
mod tests;
