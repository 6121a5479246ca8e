//! Teams: what audiences may name, and the tree that they make.

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::ids::TeamId;
use server_api::audience::{Team, Teams};
use server_api::team::{CreateTeam, MoveTeam, RenameTeam, TeamTree};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageMembers, ReadMembers, ReadPosts};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::{audiences, teams};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_teams, create_team))
        .routes(routes!(show_team_tree))
        .routes(routes!(rename_team, remove_team))
        .routes(routes!(move_team))
}

/// The organization's teams, by name: what an audience may name.
#[utoipa::path(
    get,
    path = "/teams",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    responses((status = 200, body = Teams)),
)]
async fn list_teams(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
) -> Result<Json<Teams>, ApiError> {
    let rows = audiences::list_teams(&app, &allowed.actor).await?;
    Ok(Json(wire::audience::teams(rows)))
}

/// The organization's teams, each before those below it, with how many members each has.
#[utoipa::path(
    get,
    path = "/team-tree",
    tag = "members",
    extensions(("x-permission" = json!("read_members"))),
    responses((status = 200, body = TeamTree)),
)]
async fn show_team_tree(
    State(app): State<App>,
    allowed: Allowed<ReadMembers>,
) -> Result<Json<TeamTree>, ApiError> {
    let tree = teams::show_tree(&app, &allowed.actor).await?;
    Ok(Json(wire::plans::tree(tree)))
}

/// Makes a team, on another or at the root.
#[utoipa::path(
    post,
    path = "/teams",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    request_body = CreateTeam,
    responses((status = 200, body = Team)),
)]
async fn create_team(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiJson(form): ApiJson<CreateTeam>,
) -> Result<Json<Team>, ApiError> {
    let parent = form.parent_id.map(|id| TeamId(id.0));
    let team = teams::create_team(&app, &allowed.actor, (&form.name, parent)).await?;
    Ok(Json(wire::plans::team(team)))
}

/// Gives a team another name.
#[utoipa::path(
    patch,
    path = "/teams/{team}",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("team" = Uuid, Path, description = "The team.")),
    request_body = RenameTeam,
    responses((status = 200, body = Team)),
)]
async fn rename_team(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<RenameTeam>,
) -> Result<Json<Team>, ApiError> {
    let team = teams::rename_team(&app, &allowed.actor, TeamId(id), &form.name).await?;
    Ok(Json(wire::plans::team(team)))
}

/// Hangs a team on another or on the root, with everything below it. It cannot hang on itself, nor
/// on a team below it.
#[utoipa::path(
    put,
    path = "/teams/{team}/parent",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("team" = Uuid, Path, description = "The team.")),
    request_body = MoveTeam,
    responses((status = 200, body = Team)),
)]
async fn move_team(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<MoveTeam>,
) -> Result<Json<Team>, ApiError> {
    let parent = form.parent_id.map(|id| TeamId(id.0));
    let team = teams::move_team(&app, &allowed.actor, TeamId(id), parent).await?;
    Ok(Json(wire::plans::team(team)))
}

/// Takes away a team to which nobody belongs and on which no team hangs.
#[utoipa::path(
    delete,
    path = "/teams/{team}",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("team" = Uuid, Path, description = "The team.")),
    responses((status = 204, description = "It is gone.")),
)]
async fn remove_team(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    teams::remove_team(&app, &allowed.actor, TeamId(id)).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
