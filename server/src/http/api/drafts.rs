//! Working on a post: saving while somebody writes, former versions, checks, notes, its place in
//! the calendar and in the library.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use entity::ids::PostId;
use server_api::check::Checks;
use server_api::page::{Page, PageQuery};
use server_api::post::{CreatePost, Post, PostTest, ReschedulePost};
use server_api::review::{CreateReviewNote, ReviewNote};
use server_api::version::{ComparedVersion, PostVersions};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::posts::tagged;
use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{CommentPosts, ReadPosts, WritePosts};
use crate::http::error::ApiError;
use crate::http::etag::{Tagged, expected};
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::posts;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(begin_post))
        .routes(routes!(autosave_post))
        .routes(routes!(test_post))
        .routes(routes!(list_versions))
        .routes(routes!(show_version))
        .routes(routes!(restore_version))
        .routes(routes!(check_post))
        .routes(routes!(reschedule_post))
        .routes(routes!(recall_post))
        .routes(routes!(archive_post))
        .routes(routes!(unarchive_post))
        .routes(routes!(list_notes, add_note))
}

/// Writes a draft that is only begun: it may be unfinished.
#[utoipa::path(
    post,
    path = "/post-drafts",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = CreatePost,
    responses((status = 200, body = Post)),
)]
async fn begin_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<CreatePost>,
) -> Result<Tagged<Post>, ApiError> {
    let draft = wire::posts::draft(form);
    let begun = posts::begin_post(&app, &allowed.actor, draft).await?;
    Ok(tagged(begun))
}

/// Sends a post's card to the caller alone, in each chat that knows them, as channels will show
/// it. Asked for twice in a minute, it is sent once.
#[utoipa::path(
    post,
    path = "/posts/{post}/test",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = PostTest)),
)]
async fn test_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<PostTest>, ApiError> {
    let platforms = posts::test_post(&app, &allowed.actor, PostId(id)).await?;
    let platforms = platforms.into_iter().map(wire::enums::platform);
    Ok(Json(PostTest {
        platforms: platforms.collect(),
    }))
}

/// Replaces what a draft says while somebody writes: it may be unfinished. With `If-Match`, only
/// the version that it names.
#[utoipa::path(
    put,
    path = "/posts/{post}/autosave",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(
        ("post" = Uuid, Path, description = "The post."),
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    request_body = CreatePost,
    responses((status = 200, body = Post)),
)]
async fn autosave_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
    headers: HeaderMap,
    ApiJson(form): ApiJson<CreatePost>,
) -> Result<Tagged<Post>, ApiError> {
    let draft = wire::posts::draft(form);
    let expected = expected(&headers)?;
    let saved = posts::autosave_post(&app, &allowed.actor, PostId(id), expected, draft).await?;
    Ok(tagged(saved))
}

/// What a post says now and said before, the newest first: at most fifty former versions.
#[utoipa::path(
    get,
    path = "/posts/{post}/versions",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = PostVersions)),
)]
async fn list_versions(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<PostVersions>, ApiError> {
    let versions = posts::list_versions(&app, &allowed.actor, PostId(id)).await?;
    Ok(Json(wire::content::versions(&versions)))
}

/// A former version, and how what the post says now differs from it.
#[utoipa::path(
    get,
    path = "/posts/{post}/versions/{version}",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(
        ("post" = Uuid, Path, description = "The post."),
        ("version" = i64, Path, description = "The version's number."),
    ),
    responses((status = 200, body = ComparedVersion)),
)]
async fn show_version(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath((id, version)): ApiPath<(Uuid, i64)>,
) -> Result<Json<ComparedVersion>, ApiError> {
    let compared = posts::show_version(&app, &allowed.actor, PostId(id), version).await?;
    Ok(Json(wire::content::compared(compared)))
}

/// Lets a draft say again what it said. With `If-Match`, only the version that it names.
#[utoipa::path(
    post,
    path = "/posts/{post}/versions/{version}/restore",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(
        ("post" = Uuid, Path, description = "The post."),
        ("version" = i64, Path, description = "The version's number."),
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    responses((status = 200, body = Post)),
)]
async fn restore_version(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath((id, version)): ApiPath<(Uuid, i64)>,
    headers: HeaderMap,
) -> Result<Tagged<Post>, ApiError> {
    let expected = expected(&headers)?;
    let id = PostId(id);
    let restored = posts::restore_version(&app, &allowed.actor, id, version, expected).await?;
    Ok(tagged(restored))
}

/// What stands in the way of a post, or ought to be looked at, before it is handed in. Its
/// address is asked whether it answers.
#[utoipa::path(
    get,
    path = "/posts/{post}/checks",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Checks)),
)]
async fn check_post(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Checks>, ApiError> {
    let findings = posts::check_post(&app, &allowed.actor, PostId(id)).await?;
    Ok(Json(wire::content::checks(findings)))
}

/// Moves a post that is not live yet to another time. With `If-Match`, only the version that it
/// names. A scheduled post needs `publish_posts`, too.
#[utoipa::path(
    put,
    path = "/posts/{post}/schedule",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(
        ("post" = Uuid, Path, description = "The post."),
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    request_body = ReschedulePost,
    responses((status = 200, body = Post)),
)]
async fn reschedule_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
    headers: HeaderMap,
    ApiJson(form): ApiJson<ReschedulePost>,
) -> Result<Tagged<Post>, ApiError> {
    let at = wire::posts::micros(form.publish_at);
    let expected = expected(&headers)?;
    let moved = posts::reschedule_post(&app, &allowed.actor, PostId(id), expected, at).await?;
    Ok(tagged(moved))
}

/// Takes a post back from the approvers, to go on writing.
#[utoipa::path(
    post,
    path = "/posts/{post}/recall",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Post)),
)]
async fn recall_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Tagged<Post>, ApiError> {
    let post = posts::recall_post(&app, &allowed.actor, PostId(id)).await?;
    Ok(tagged(post))
}

/// Puts a draft or an expired post out of the library's way.
#[utoipa::path(
    post,
    path = "/posts/{post}/archive",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Post)),
)]
async fn archive_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Tagged<Post>, ApiError> {
    let post = posts::archive_post(&app, &allowed.actor, PostId(id)).await?;
    Ok(tagged(post))
}

/// Brings a post back from there.
#[utoipa::path(
    post,
    path = "/posts/{post}/unarchive",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Post)),
)]
async fn unarchive_post(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Tagged<Post>, ApiError> {
    let post = posts::unarchive_post(&app, &allowed.actor, PostId(id)).await?;
    Ok(tagged(post))
}

/// The history of a post's reviews, the newest first.
#[utoipa::path(
    get,
    path = "/posts/{post}/notes",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(("post" = Uuid, Path, description = "The post."), PageQuery),
    responses((status = 200, body = Page<ReviewNote>)),
)]
async fn list_notes(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath(id): ApiPath<Uuid>,
    paging: Paging,
) -> Result<Json<Page<ReviewNote>>, ApiError> {
    let slice = posts::list_notes(&app, &allowed.actor, PostId(id), paging).await?;
    Ok(Json(wire::page(slice, wire::content::note)))
}

/// Says something about a post to those who write and review it.
#[utoipa::path(
    post,
    path = "/posts/{post}/notes",
    tag = "posts",
    extensions(("x-permission" = json!("comment_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    request_body = CreateReviewNote,
    responses((status = 200, body = ReviewNote)),
)]
async fn add_note(
    State(app): State<App>,
    allowed: Allowed<CommentPosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<CreateReviewNote>,
) -> Result<Json<ReviewNote>, ApiError> {
    let row = posts::add_note(&app, &allowed.actor, PostId(id), &form.text).await?;
    Ok(Json(wire::content::note(row)))
}

#[cfg(test)]
mod tests;
