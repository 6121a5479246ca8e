//! Posts: writing, reviewing, publishing, withdrawing.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use entity::ids::PostId;
use serde::Deserialize;
use server_api::enums::PostState;
use server_api::page::Page;
use server_api::post::{ApprovePost, CreatePost, Post, RejectPost, WithdrawPost};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{PublishPosts, ReadPosts, ReviewPosts, WritePosts};
use crate::http::error::ApiError;
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

/// Which posts are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListPosts {
    /// Only those in this state.
    #[serde(default)]
    state: Option<PostState>,
}

/// A post with its version as entity tag.
struct Tagged(PostDetail);

impl IntoResponse for Tagged {
    fn into_response(self) -> Response {
        let tag = format!("\"{}\"", self.0.post.version);
        let mut response = Json(wire::posts::post(self.0)).into_response();
        if let Ok(value) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(header::ETAG, value);
        }
        response
    }
}

/// The version that `If-Match` names; none if any will do.
fn expected(headers: &HeaderMap) -> Result<Option<i64>, ApiError> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    text.trim_matches('"')
        .parse()
        .map(Some)
        .map_err(|_| ApiError::field("if-match", "is the entity tag of a post"))
}

/// Posts of one state or of all, newest first.
#[utoipa::path(
    get,
    path = "/posts",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(ListPosts, server_api::page::PageQuery),
    responses((status = 200, body = Page<Post>)),
)]
async fn list_posts(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiQuery(query): ApiQuery<ListPosts>,
    paging: Paging,
) -> Result<Json<Page<Post>>, ApiError> {
    let state = query.state.map(wire::enums::post_state_row);
    let slice = posts::list_posts(&app, &allowed.actor, state, paging).await?;
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
) -> Result<Tagged, ApiError> {
    let draft = wire::posts::draft(form);
    Ok(Tagged(
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
) -> Result<Tagged, ApiError> {
    Ok(Tagged(
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
) -> Result<Tagged, ApiError> {
    let draft = wire::posts::draft(form);
    let expected = expected(&headers)?;
    let detail = posts::update_post(&app, &allowed.actor, PostId(id), expected, draft).await?;
    Ok(Tagged(detail))
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
) -> Result<Tagged, ApiError> {
    Ok(Tagged(
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
) -> Result<Tagged, ApiError> {
    let publish_at = form.publish_at.map(wire::posts::micros);
    let detail = posts::approve_post(&app, &allowed.actor, PostId(id), publish_at).await?;
    Ok(Tagged(detail))
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
) -> Result<Tagged, ApiError> {
    let detail = posts::reject_post(&app, &allowed.actor, PostId(id), &form.note).await?;
    Ok(Tagged(detail))
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
) -> Result<Tagged, ApiError> {
    Ok(Tagged(
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
) -> Result<Tagged, ApiError> {
    let url = form.url.as_deref();
    let detail = posts::withdraw_post(&app, &allowed.actor, PostId(id), url).await?;
    Ok(Tagged(detail))
}

#[cfg(test)]
mod tests;
