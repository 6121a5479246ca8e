//! Pictures that curators upload.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use server_api::media::{Media, MediaQuery};
use server_api::page::{Page, PageQuery};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::app::App;
use crate::domain::page::Paging;
use crate::domain::picture::BYTES;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::http::error::ApiError;
use crate::http::extract::{self, ApiQuery};
use crate::http::wire;
use crate::service::media;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_media))
        .routes(routes!(upload_media).layer(DefaultBodyLimit::max(BYTES)))
}

/// The organization's pictures, the newest first.
#[utoipa::path(
    get,
    path = "/media",
    tag = "media",
    extensions(("x-permission" = json!("read_posts"))),
    params(PageQuery),
    responses((status = 200, body = Page<Media>)),
)]
async fn list_media(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    paging: Paging,
) -> Result<Json<Page<Media>>, ApiError> {
    let slice = media::list_media(&app, &allowed.actor, paging).await?;
    Ok(Json(wire::page(slice, |label| {
        wire::media::media(&app, label)
    })))
}

/// Keeps a picture: PNG, JPEG, WebP or the first of a GIF, at most 8 MiB and 50 million pixels.
/// It is written anew without what else the file says; the same file again gives the same
/// picture, under the words that came last.
#[utoipa::path(
    post,
    path = "/media",
    tag = "media",
    extensions(("x-permission" = json!("write_posts"))),
    params(MediaQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Media)),
)]
async fn upload_media(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiQuery(query): ApiQuery<MediaQuery>,
    request: Request,
) -> Result<Json<Media>, ApiError> {
    let file = extract::body(request, &app).await?;
    let label = media::upload(&app, &allowed.actor, &query.alt, file.to_vec()).await?;
    Ok(Json(wire::media::media(&app, label)))
}

#[cfg(test)]
mod tests;
