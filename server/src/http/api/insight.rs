//! Figures of what the programme did.

use axum::Json;
use axum::extract::State;
use entity::ids::{CampaignId, PostId};
use server_api::insight::{PostInsight, ProgrammeHealth, SpanFigures, SpanQuery, TeamsInsight};
use server_api::page::{Page, PageQuery};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::leaderboard::zone;
use crate::domain::page::Paging;
use crate::domain::span::{Length, Span};
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ReadFigures, ReadTeamFigures};
use crate::http::error::ApiError;
use crate::http::extract::{ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::actor::Actor;
use crate::service::insight::{self, Subject};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_insight))
        .routes(routes!(list_post_insight))
        .routes(routes!(show_post_insight))
        .routes(routes!(show_campaign_insight))
        .routes(routes!(show_team_insight))
        .routes(routes!(show_health))
}

async fn of(
    app: &App,
    actor: &Actor,
    subject: Subject,
    query: &SpanQuery,
) -> Result<Json<SpanFigures>, ApiError> {
    let zone = zone(&actor.organization.time_zone);
    let span = wire::insight::span(query, Span::at(Length::Month, app.now(), zone))?;
    let report = insight::report(app, actor, subject, span).await?;
    Ok(Json(wire::insight::report(report)))
}

/// What the whole programme did in a span, never by person.
#[utoipa::path(
    get,
    path = "/insight",
    tag = "insight",
    extensions(("x-permission" = json!("read_figures"))),
    params(SpanQuery),
    responses((status = 200, body = SpanFigures)),
)]
async fn show_insight(
    State(app): State<App>,
    allowed: Allowed<ReadFigures>,
    ApiQuery(query): ApiQuery<SpanQuery>,
) -> Result<Json<SpanFigures>, ApiError> {
    of(&app, &allowed.actor, Subject::Organization, &query).await
}

/// Posts that went live and what they did since, the newest first.
#[utoipa::path(
    get,
    path = "/insight/posts",
    tag = "insight",
    extensions(("x-permission" = json!("read_figures"))),
    params(PageQuery),
    responses((status = 200, body = Page<PostInsight>)),
)]
async fn list_post_insight(
    State(app): State<App>,
    allowed: Allowed<ReadFigures>,
    paging: Paging,
) -> Result<Json<Page<PostInsight>>, ApiError> {
    let slice = insight::list_posts(&app, &allowed.actor, paging).await?;
    Ok(Json(wire::page(slice, wire::insight::post)))
}

/// What a post did in a span.
#[utoipa::path(
    get,
    path = "/insight/posts/{post}",
    tag = "insight",
    extensions(("x-permission" = json!("read_figures"))),
    params(("post" = Uuid, Path, description = "The post."), SpanQuery),
    responses((status = 200, body = SpanFigures)),
)]
async fn show_post_insight(
    State(app): State<App>,
    allowed: Allowed<ReadFigures>,
    ApiPath(post): ApiPath<Uuid>,
    ApiQuery(query): ApiQuery<SpanQuery>,
) -> Result<Json<SpanFigures>, ApiError> {
    of(&app, &allowed.actor, Subject::Post(PostId(post)), &query).await
}

/// What the posts of a campaign did in a span.
#[utoipa::path(
    get,
    path = "/insight/campaigns/{campaign}",
    tag = "insight",
    extensions(("x-permission" = json!("read_figures"))),
    params(("campaign" = Uuid, Path, description = "The campaign."), SpanQuery),
    responses((status = 200, body = SpanFigures)),
)]
async fn show_campaign_insight(
    State(app): State<App>,
    allowed: Allowed<ReadFigures>,
    ApiPath(campaign): ApiPath<Uuid>,
    ApiQuery(query): ApiQuery<SpanQuery>,
) -> Result<Json<SpanFigures>, ApiError> {
    let subject = Subject::Campaign(CampaignId(campaign));
    of(&app, &allowed.actor, subject, &query).await
}

/// What teams of five active members and more did in a month that is over; the newest one
/// unless another is asked for. Without `read_figures`, only one's own team and those below it.
#[utoipa::path(
    get,
    path = "/insight/teams",
    tag = "insight",
    extensions(("x-permission" = json!("read_team_figures"))),
    params(SpanQuery),
    responses((status = 200, body = TeamsInsight)),
)]
async fn show_team_insight(
    State(app): State<App>,
    allowed: Allowed<ReadTeamFigures>,
    ApiQuery(query): ApiQuery<SpanQuery>,
) -> Result<Json<TeamsInsight>, ApiError> {
    let actor = &allowed.actor;
    let usual = insight::month_before(&app, &actor.organization);
    let month = wire::insight::month(&query, usual)?;
    let report = insight::teams(&app, actor, month).await?;
    Ok(Json(wire::insight::teams(report)))
}

/// How the programme does, and what gives cause for alarm.
#[utoipa::path(
    get,
    path = "/insight/health",
    tag = "insight",
    extensions(("x-permission" = json!("read_figures"))),
    responses((status = 200, body = ProgrammeHealth)),
)]
async fn show_health(
    State(app): State<App>,
    allowed: Allowed<ReadFigures>,
) -> Result<Json<ProgrammeHealth>, ApiError> {
    let health = insight::health(&app, &allowed.actor).await?;
    Ok(Json(wire::insight::health(health)))
}

#[cfg(test)]
mod tests;
