//! The library: how much there is, when it goes out, steps of many posts at once, and the filters
//! that members keep.

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::ids::SavedViewId;
use server_api::audience::{AudienceSize, MeasureAudience};
use server_api::library::{
    Calendar, CalendarPeriod, PostCounts, SaveView, SavedView, SavedViews, StepsTaken, TakeSteps,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::{audiences, broadcasts, posts, saved_views};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(count_posts))
        .routes(routes!(show_calendar))
        .routes(routes!(take_steps))
        .routes(routes!(measure_audience))
        .routes(routes!(list_views, save_view))
        .routes(routes!(delete_view))
}

/// How many posts there are in each state, and how many reviews wait too long.
#[utoipa::path(
    get,
    path = "/post-counts",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    responses((status = 200, body = PostCounts)),
)]
async fn count_posts(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
) -> Result<Json<PostCounts>, ApiError> {
    let counts = posts::count_posts(&app, &allowed.actor).await?;
    Ok(Json(wire::library::counts(&counts)))
}

/// Posts that went or are to go live in a period, in the order of their times.
#[utoipa::path(
    get,
    path = "/calendar",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(CalendarPeriod),
    responses((status = 200, body = Calendar)),
)]
async fn show_calendar(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiQuery(period): ApiQuery<CalendarPeriod>,
) -> Result<Json<Calendar>, ApiError> {
    let period = (
        wire::posts::micros(period.from),
        wire::posts::micros(period.until),
    );
    let calendar = posts::show_calendar(&app, &allowed.actor, period).await?;
    Ok(Json(wire::library::calendar(calendar)))
}

/// Takes a step with each of many posts. What one is refused does not hold up the others; what
/// can be taken back is told as steps.
#[utoipa::path(
    post,
    path = "/post-steps",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = TakeSteps,
    responses((status = 200, body = StepsTaken)),
)]
async fn take_steps(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<TakeSteps>,
) -> Result<Json<StepsTaken>, ApiError> {
    let steps = wire::library::steps(form);
    let done = posts::act_on_posts(&app, &allowed.actor, steps).await?;
    Ok(Json(wire::library::taken(done)))
}

/// How many an audience reaches today.
#[utoipa::path(
    post,
    path = "/audience-size",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = MeasureAudience,
    responses((status = 200, body = AudienceSize)),
)]
async fn measure_audience(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<MeasureAudience>,
) -> Result<Json<AudienceSize>, ApiError> {
    let audience = form.audience.map(wire::audience::audience_row);
    let (actor, topics) = (&allowed.actor, form.topics.as_slice());
    let takes = broadcasts::estimate(&app, actor, (audience.as_ref(), topics)).await?;
    let size = audiences::measure(&app, actor, (audience, topics)).await?;
    Ok(Json(wire::audience::size(size, takes)))
}

/// The filters that the caller keeps, by name.
#[utoipa::path(
    get,
    path = "/views",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    responses((status = 200, body = SavedViews)),
)]
async fn list_views(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
) -> Result<Json<SavedViews>, ApiError> {
    let rows = saved_views::list_views(&app, &allowed.actor).await?;
    let items = rows.into_iter().map(wire::library::view).collect();
    Ok(Json(SavedViews { items }))
}

/// Keeps a filter under a name; one of the same name is replaced.
#[utoipa::path(
    put,
    path = "/views",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    request_body = SaveView,
    responses((status = 200, body = SavedView)),
)]
async fn save_view(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiJson(form): ApiJson<SaveView>,
) -> Result<Json<SavedView>, ApiError> {
    let view = (form.name.as_str(), form.query.as_str());
    let row = saved_views::save_view(&app, &allowed.actor, view).await?;
    Ok(Json(wire::library::view(row)))
}

/// Forgets one of the caller's filters.
#[utoipa::path(
    delete,
    path = "/views/{view}",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(("view" = Uuid, Path, description = "The filter.")),
    responses((status = 204, description = "It is gone.")),
)]
async fn delete_view(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    saved_views::delete_view(&app, &allowed.actor, SavedViewId(id)).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
