//! Files of members: tried line by line, confirmed, taken over.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::NoContent;
use entity::enums::ImportKind;
use entity::ids::CsvImportId;
use server_api::import::{Import, ImportLines, ImportLinesQuery};
use server_api::page::{Page, PageQuery};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::ManageMembers;
use crate::http::error::ApiError;
use crate::http::extract::{self, ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::imports;

/// A file may be so long.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// What the lines of these files are.
const KIND: ImportKind = ImportKind::Members;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_member_imports))
        .routes(routes!(upload_member_import).layer(DefaultBodyLimit::max(MAX_BYTES)))
        .routes(routes!(show_member_import, discard_member_import))
        .routes(routes!(list_member_import_lines))
        .routes(routes!(confirm_member_import))
}

/// Files of members that came within the last days, newest first.
#[utoipa::path(
    get,
    path = "/member-imports",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(PageQuery),
    responses((status = 200, body = Page<Import>)),
)]
async fn list_member_imports(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    paging: Paging,
) -> Result<Json<Page<Import>>, ApiError> {
    let slice = imports::list(&app, &allowed.actor, KIND, paging).await?;
    Ok(Json(wire::page(slice, wire::imports::import)))
}

/// Takes a CSV file of members and tries it; nothing of it is written until it is confirmed.
///
/// Columns are `email`, `name`, `team`, `roles` and `language`; an empty cell changes nothing of
/// a member who is known.
/// A long file is tried by a worker: its state says `checking` meanwhile.
#[utoipa::path(
    post,
    path = "/member-imports",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Import)),
)]
async fn upload_member_import(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    request: Request,
) -> Result<Json<Import>, ApiError> {
    let file = extract::body(request, &app).await?;
    let row = imports::upload(&app, &allowed.actor, KIND, file.to_vec()).await?;
    Ok(Json(wire::imports::import(row)))
}

/// One of them.
#[utoipa::path(
    get,
    path = "/member-imports/{import}",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("import" = Uuid, Path, description = "The import.")),
    responses((status = 200, body = Import)),
)]
async fn show_member_import(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Import>, ApiError> {
    let row = imports::show(&app, &allowed.actor, (KIND, CsvImportId(id))).await?;
    Ok(Json(wire::imports::import(row)))
}

/// What its lines do or did, in their order.
#[utoipa::path(
    get,
    path = "/member-imports/{import}/lines",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("import" = Uuid, Path, description = "The import."), ImportLinesQuery),
    responses((status = 200, body = ImportLines)),
)]
async fn list_member_import_lines(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
    ApiQuery(query): ApiQuery<ImportLinesQuery>,
) -> Result<Json<ImportLines>, ApiError> {
    let wanted = wire::imports::wanted(&query)?;
    let import = (KIND, CsvImportId(id));
    let rows = imports::lines(&app, &allowed.actor, import, wanted).await?;
    Ok(Json(wire::imports::lines(rows, wanted)))
}

/// Takes over what was tried; again changes nothing.
///
/// A worker goes on with a long file: `seen` of `total` lines are done.
#[utoipa::path(
    post,
    path = "/member-imports/{import}/confirm",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("import" = Uuid, Path, description = "The import.")),
    responses((status = 200, body = Import)),
)]
async fn confirm_member_import(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Import>, ApiError> {
    let row = imports::confirm(&app, &allowed.actor, (KIND, CsvImportId(id))).await?;
    Ok(Json(wire::imports::import(row)))
}

/// Forgets one that is not being taken over; what it did stays.
#[utoipa::path(
    delete,
    path = "/member-imports/{import}",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("import" = Uuid, Path, description = "The import.")),
    responses((status = 204)),
)]
async fn discard_member_import(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    imports::discard(&app, &allowed.actor, (KIND, CsvImportId(id))).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
