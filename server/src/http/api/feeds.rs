//! Feeds and what came of their items.

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::enums::Language;
use entity::ids::FeedId;
use server_api::cadence::{Cadence, CadenceQuery};
use server_api::feed::{CreateFeed, Feed, FeedItem, FeedPreview, FeedRun, UpdateFeed};
use server_api::page::{Page, PageQuery};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::ManageFeeds;
use crate::http::console::words::Words;
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::actor::Actor;
use crate::service::cadences::read_cadence;
use crate::service::feeds;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_feeds, create_feed))
        .routes(routes!(preview_feed))
        .routes(routes!(show_cadence))
        .routes(routes!(show_feed, update_feed, remove_feed))
        .routes(routes!(run_feed))
        .routes(routes!(list_feed_items))
}

/// The feeds that the organization follows, newest first.
#[utoipa::path(
    get,
    path = "/feeds",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    params(PageQuery),
    responses((status = 200, body = Page<Feed>)),
)]
async fn list_feeds(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    paging: Paging,
) -> Result<Json<Page<Feed>>, ApiError> {
    let slice = feeds::list_feeds(&app, &allowed.actor, paging).await?;
    Ok(Json(wire::page(slice, wire::feeds::feed)))
}

/// Follows a feed and plans its first import for now.
///
/// With `auto_publish` the first import publishes the three newest items; the
/// rest waits as drafts, so that adding a feed does not flood the channels.
#[utoipa::path(
    post,
    path = "/feeds",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    request_body = CreateFeed,
    responses((status = 200, body = Feed)),
)]
async fn create_feed(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiJson(form): ApiJson<CreateFeed>,
) -> Result<Json<Feed>, ApiError> {
    let form = wire::feeds::new_feed(form);
    let detail = feeds::create_feed(&app, &allowed.actor, form).await?;
    Ok(Json(wire::feeds::feed(detail)))
}

/// What a feed holds and what would become of it, before it is followed; nothing is written.
///
/// The newest ten items are shown, each as the post that it would become.
#[utoipa::path(
    post,
    path = "/feed-preview",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    request_body = CreateFeed,
    responses((status = 200, body = FeedPreview)),
)]
async fn preview_feed(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiJson(form): ApiJson<CreateFeed>,
) -> Result<Json<FeedPreview>, ApiError> {
    let form = wire::feeds::new_feed(form);
    let preview = feeds::preview_feed(&app, &allowed.actor, form).await?;
    let words = words(&allowed.actor, None);
    Ok(Json(wire::feeds::preview(preview, words)))
}

/// What five POSIX cron fields mean in plain words, and when they fire next in the
/// organization's zone.
#[utoipa::path(
    get,
    path = "/cadence",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    params(CadenceQuery),
    responses((status = 200, body = Cadence)),
)]
async fn show_cadence(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiQuery(query): ApiQuery<CadenceQuery>,
) -> Result<Json<Cadence>, ApiError> {
    let cron = query.cron.as_deref().unwrap_or(feeds::DEFAULT_CRON);
    let rhythm = read_cadence(&app, &allowed.actor, cron)?;
    let language = query.language.map(wire::enums::language_row);
    let words = words(&allowed.actor, language);
    Ok(Json(wire::feeds::rhythm(rhythm, words)))
}

/// The words of a language; of the member's own where none is asked for.
fn words(actor: &Actor, language: Option<Language>) -> &'static Words {
    let own = actor.member.language;
    let language = language.or(own).unwrap_or(actor.organization.language);
    Words::of(language)
}

/// One feed.
#[utoipa::path(
    get,
    path = "/feeds/{feed}",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    params(("feed" = Uuid, Path, description = "The feed.")),
    responses((status = 200, body = Feed)),
)]
async fn show_feed(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Feed>, ApiError> {
    let detail = feeds::show_feed(&app, &allowed.actor, FeedId(id)).await?;
    Ok(Json(wire::feeds::feed(detail)))
}

/// Follows a feed no more; its posts stay.
#[utoipa::path(
    delete,
    path = "/feeds/{feed}",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    params(("feed" = Uuid, Path, description = "The feed.")),
    responses((status = 204)),
)]
async fn remove_feed(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    feeds::remove_feed(&app, &allowed.actor, FeedId(id)).await?;
    Ok(NoContent)
}

/// Changes a feed; what is absent stays.
#[utoipa::path(
    patch,
    path = "/feeds/{feed}",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    params(("feed" = Uuid, Path, description = "The feed.")),
    request_body = UpdateFeed,
    responses((status = 200, body = Feed)),
)]
async fn update_feed(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<UpdateFeed>,
) -> Result<Json<Feed>, ApiError> {
    let change = wire::feeds::change(form);
    let detail = feeds::update_feed(&app, &allowed.actor, FeedId(id), change).await?;
    Ok(Json(wire::feeds::feed(detail)))
}

/// Imports a feed now and says what came of it.
#[utoipa::path(
    post,
    path = "/feeds/{feed}/run",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    params(("feed" = Uuid, Path, description = "The feed.")),
    responses((status = 200, body = FeedRun)),
)]
async fn run_feed(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<FeedRun>, ApiError> {
    let run = feeds::run_feed(&app, &allowed.actor, FeedId(id)).await?;
    Ok(Json(wire::feeds::run(run)))
}

/// What was seen in a feed, newest first.
#[utoipa::path(
    get,
    path = "/feeds/{feed}/items",
    tag = "feeds",
    extensions(("x-permission" = json!("manage_feeds"))),
    params(("feed" = Uuid, Path, description = "The feed."), PageQuery),
    responses((status = 200, body = Page<FeedItem>)),
)]
async fn list_feed_items(
    State(app): State<App>,
    allowed: Allowed<ManageFeeds>,
    ApiPath(id): ApiPath<Uuid>,
    paging: Paging,
) -> Result<Json<Page<FeedItem>>, ApiError> {
    let slice = feeds::list_feed_items(&app, &allowed.actor, FeedId(id), paging).await?;
    Ok(Json(wire::page(slice, wire::feeds::feed_item)))
}

#[cfg(test)]
mod tests;
