//! A draft as it will stand, and what a page says of itself.

use axum::Json;
use axum::extract::State;
use server_api::post::CreatePost;
use server_api::preview::{PostPreview, Unfurl, Unfurled};
use server_api::suggestion::Suggestion;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::WritePosts;
use crate::http::error::ApiError;
use crate::http::extract::ApiJson;
use crate::http::wire;
use crate::service::{previews, unfurl};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(preview_post))
        .routes(routes!(unfurl_page))
}

/// Shows what an unsaved draft will be on each network and on the cards in the chats.
#[utoipa::path(
    post,
    path = "/post-preview",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = CreatePost,
    responses((status = 200, body = PostPreview)),
)]
async fn preview_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<CreatePost>,
) -> Result<Json<PostPreview>, ApiError> {
    let draft = wire::posts::draft(form);
    let preview = previews::preview(&app, &allowed.actor, (draft, None)).await?;
    let draw = |post: &Suggestion, language| previews::drawn(&app, post, language);
    Ok(Json(wire::previews::preview(preview, draw)))
}

/// Fetches a page and reads what it says of itself.
#[utoipa::path(
    post,
    path = "/unfurl",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = Unfurl,
    responses((status = 200, body = Unfurled)),
)]
async fn unfurl_page(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<Unfurl>,
) -> Result<Json<Unfurled>, ApiError> {
    let page = unfurl::unfurl(&app, &allowed.actor, &form.url).await?;
    Ok(Json(wire::previews::unfurled(page)))
}

#[cfg(test)]
mod tests;
