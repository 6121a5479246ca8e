//! Posts: writing, reviewing, publishing, withdrawing.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use entity::ids::PostId;
use server_api::library::PostQuery;
use server_api::page::Page;
use server_api::post::{ApprovePost, CreatePost, Post, RejectPost, WithdrawPost};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{PublishPosts, ReadPosts, ReviewPosts, WritePosts};
use crate::http::error::ApiError;
use crate::http::etag::{Tagged, expected};
use crate::http::extract::{ApiJson, ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::posts::{self, PostDetail};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_posts, create_post))
        .routes(routes!(show_post, update_post))
        .routes(routes!(submit_post))
        .routes(routes!(approve_post))
        .routes(routes!(reject_post))
        .routes(routes!(publish_post))
        .routes(routes!(withdraw_post))
}

/// A post with its version as entity tag.
pub(super) fn tagged(detail: PostDetail) -> Tagged<Post> {
    Tagged {
        version: detail.post.version,
        body: wire::posts::post(detail),
    }
}

/// Posts that are looked for, newest first unless asked otherwise.
#[utoipa::path(
    get,
    path = "/posts",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(PostQuery, server_api::page::PageQuery),
    responses((status = 200, body = Page<Post>)),
)]
async fn list_posts(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiQuery(query): ApiQuery<PostQuery>,
    paging: Paging,
) -> Result<Json<Page<Post>>, ApiError> {
    let wanted = wire::library::library(query);
    let slice = posts::list_posts(&app, &allowed.actor, &wanted, paging).await?;
    Ok(Json(wire::page(slice, wire::posts::post)))
}

/// Writes a draft.
#[utoipa::path(
    post,
    path = "/posts",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = CreatePost,
    responses((status = 200, body = Post)),
)]
async fn create_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<CreatePost>,
) -> Result<Tagged<Post>, ApiError> {
    let draft = wire::posts::draft(form);
    Ok(tagged(
        posts::create_post(&app, &allowed.actor, draft).await?,
    ))
}

/// One post.
#[utoipa::path(
    get,
    path = "/posts/{post}",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Post)),
)]
async fn show_post(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Tagged<Post>, ApiError> {
    Ok(tagged(
        posts::show_post(&app, &allowed.actor, PostId(id)).await?,
    ))
}

/// Replaces what a draft says; with `If-Match`, only the version that it names.
#[utoipa::path(
    put,
    path = "/posts/{post}",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(
        ("post" = Uuid, Path, description = "The post."),
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    request_body = CreatePost,
    responses((status = 200, body = Post)),
)]
async fn update_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
    headers: HeaderMap,
    ApiJson(form): ApiJson<CreatePost>,
) -> Result<Tagged<Post>, ApiError> {
    let draft = wire::posts::draft(form);
    let expected = expected(&headers)?;
    let detail = posts::update_post(&app, &allowed.actor, PostId(id), expected, draft).await?;
    Ok(tagged(detail))
}

/// Hands a draft to the approvers.
#[utoipa::path(
    post,
    path = "/posts/{post}/submit",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Post)),
)]
async fn submit_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Tagged<Post>, ApiError> {
    Ok(tagged(
        posts::submit_post(&app, &allowed.actor, PostId(id)).await?,
    ))
}

/// Approves a post: it goes live at its time or at once. A draft needs `write_posts`, too.
#[utoipa::path(
    post,
    path = "/posts/{post}/approve",
    tag = "posts",
    extensions(("x-permission" = json!("review_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    request_body = ApprovePost,
    responses((status = 200, body = Post)),
)]
async fn approve_post(
    State(app): State<App>,
    allowed: Allowed<ReviewPosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<ApprovePost>,
) -> Result<Tagged<Post>, ApiError> {
    let publish_at = form.publish_at.map(wire::posts::micros);
    let (actor, id) = (&allowed.actor, PostId(id));
    let detail = posts::approve_post(&app, actor, id, publish_at, form.version).await?;
    Ok(tagged(detail))
}

/// Sends a post back to its author with a note.
#[utoipa::path(
    post,
    path = "/posts/{post}/reject",
    tag = "posts",
    extensions(("x-permission" = json!("review_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    request_body = RejectPost,
    responses((status = 200, body = Post)),
)]
async fn reject_post(
    State(app): State<App>,
    allowed: Allowed<ReviewPosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<RejectPost>,
) -> Result<Tagged<Post>, ApiError> {
    let (actor, id) = (&allowed.actor, PostId(id));
    let detail = posts::reject_post(&app, actor, id, &form.note, form.version).await?;
    Ok(tagged(detail))
}

/// Makes a scheduled post live now.
#[utoipa::path(
    post,
    path = "/posts/{post}/publish",
    tag = "posts",
    extensions(("x-permission" = json!("publish_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Post)),
)]
async fn publish_post(
    State(app): State<App>,
    allowed: Allowed<PublishPosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Tagged<Post>, ApiError> {
    Ok(tagged(
        posts::publish_post(&app, &allowed.actor, PostId(id)).await?,
    ))
}

/// Takes a post back everywhere.
#[utoipa::path(
    post,
    path = "/posts/{post}/withdraw",
    tag = "posts",
    extensions(("x-permission" = json!("publish_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    request_body = WithdrawPost,
    responses((status = 200, body = Post)),
)]
async fn withdraw_post(
    State(app): State<App>,
    allowed: Allowed<PublishPosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<WithdrawPost>,
) -> Result<Tagged<Post>, ApiError> {
    let url = form.url.as_deref();
    let detail = posts::withdraw_post(&app, &allowed.actor, PostId(id), url).await?;
    Ok(tagged(detail))
}

#[cfg(test)]
mod tests;
