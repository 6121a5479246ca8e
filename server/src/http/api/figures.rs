//! Group figures of posts.

use axum::Json;
use axum::extract::State;
use entity::ids::PostId;
use server_api::post::PostFigures;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::ReadFigures;
use crate::http::error::ApiError;
use crate::http::extract::ApiPath;
use crate::http::wire;
use crate::service::figures;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show_post_figures))
}

/// What a post did: raw, filtered and counted, never by person.
#[utoipa::path(
    get,
    path = "/posts/{post}/figures",
    tag = "posts",
    extensions(("x-permission" = json!("read_figures"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = PostFigures)),
)]
async fn show_post_figures(
    app: State<App>,
    allowed: Allowed<ReadFigures>,
    post: ApiPath<Uuid>,
) -> Result<Json<PostFigures>, ApiError> {
    let figures = figures::of_post(&app, &allowed.actor, PostId(post.0)).await?;
    Ok(Json(wire::figures::figures(figures)))
}

#[cfg(test)]
mod tests;
