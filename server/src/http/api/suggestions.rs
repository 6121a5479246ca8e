//! What a member is suggested, and the silent "not for me".

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::ids::PostId;
use server_api::suggestion::SuggestionList;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::error::ApiError;
use crate::http::extract::ApiPath;
use crate::http::wire;
use crate::service::suggestions;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_suggestions))
        .routes(routes!(dismiss_post, undo_dismissal))
}

/// Live posts that the caller has neither shared nor declined, best first.
#[utoipa::path(
    get,
    path = "/me/suggestions",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    responses((status = 200, body = SuggestionList)),
)]
async fn list_suggestions(
    State(app): State<App>,
    Member(actor): Member,
) -> Result<Json<SuggestionList>, ApiError> {
    let cards = suggestions::list_suggestions(&app, &actor).await?;
    Ok(Json(SuggestionList {
        items: cards
            .into_iter()
            .map(wire::suggestions::suggestion)
            .collect(),
    }))
}

/// Takes a post out of the caller's suggestions. Nobody is told.
#[utoipa::path(
    put,
    path = "/me/posts/{post}/dismissal",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 204, description = "It is no longer suggested.")),
)]
async fn dismiss_post(
    State(app): State<App>,
    Member(actor): Member,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    suggestions::dismiss(&app, &actor, PostId(id)).await?;
    Ok(NoContent)
}

/// Puts a post back among the caller's suggestions.
#[utoipa::path(
    delete,
    path = "/me/posts/{post}/dismissal",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 204, description = "It may be suggested again.")),
)]
async fn undo_dismissal(
    State(app): State<App>,
    Member(actor): Member,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    suggestions::undo_dismissal(&app, &actor, PostId(id)).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
