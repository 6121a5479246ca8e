//! Members of the organization.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use serde::Deserialize;
use server_api::member::{CreateMember, ImportReport, Member};
use server_api::page::{Page, PageQuery};
use utoipa::IntoParams;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageMembers, ReadMembers};
use crate::http::error::ApiError;
use crate::http::extract::{self, ApiJson, ApiQuery};
use crate::http::wire;
use crate::service::members;

/// A list of members may be so long: some hundred thousand rows.
const MAX_IMPORT_BYTES: usize = 16 * 1024 * 1024;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_members, create_member))
        .routes(routes!(import_members).layer(DefaultBodyLimit::max(MAX_IMPORT_BYTES)))
}

/// Which members are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Only the one with this e-mail address.
    email: Option<String>,
}

/// The members, also those who left.
#[utoipa::path(
    get,
    path = "/members",
    tag = "members",
    extensions(("x-permission" = json!("read_members"))),
    params(Which, PageQuery),
    responses((status = 200, body = Page<Member>)),
)]
async fn list_members(
    State(app): State<App>,
    allowed: Allowed<ReadMembers>,
    which: ApiQuery<Which>,
    paging: Paging,
) -> Result<Json<Page<Member>>, ApiError> {
    let slice = match &which.0.email {
        Some(email) => members::by_email(&app, &allowed.actor, email).await?,
        None => members::list(&app, &allowed.actor, paging).await?,
    };
    Ok(Json(wire::page(slice, wire::member::member)))
}

/// Adds a member.
#[utoipa::path(
    post,
    path = "/members",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    request_body = CreateMember,
    responses((status = 200, body = Member)),
)]
async fn create_member(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiJson(form): ApiJson<CreateMember>,
) -> Result<Json<Member>, ApiError> {
    let form = wire::member::new_member(form);
    let seen = members::create(&app, &allowed.actor, form).await?;
    Ok(Json(wire::member::member(seen)))
}

/// Adds and changes the members that a CSV file lists.
#[utoipa::path(
    post,
    path = "/members/import",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportReport)),
)]
async fn import_members(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    request: Request,
) -> Result<Json<ImportReport>, ApiError> {
    let file: Bytes = extract::body(request, &app).await?;
    let report = members::import::import(&app, &allowed.actor, &file).await?;
    Ok(Json(wire::member::import_report(report)))
}

#[cfg(test)]
mod tests;
