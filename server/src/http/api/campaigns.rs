//! Campaigns.

use axum::Json;
use axum::extract::State;
use entity::ids::CampaignId;
use server_api::campaign::{Campaign, Campaigns, CreateCampaign, UpdateCampaign};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::campaigns;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_campaigns, create_campaign))
        .routes(routes!(show_campaign, update_campaign))
        .routes(routes!(end_campaign))
}

/// The organization's campaigns, by slug.
#[utoipa::path(
    get,
    path = "/campaigns",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    responses((status = 200, body = Campaigns)),
)]
async fn list_campaigns(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
) -> Result<Json<Campaigns>, ApiError> {
    let all = campaigns::list_campaigns(&app, &allowed.actor).await?;
    Ok(Json(wire::plans::campaigns(all)))
}

/// One campaign.
#[utoipa::path(
    get,
    path = "/campaigns/{campaign}",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(("campaign" = Uuid, Path, description = "The campaign.")),
    responses((status = 200, body = Campaign)),
)]
async fn show_campaign(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Campaign>, ApiError> {
    let told = campaigns::show_campaign(&app, &allowed.actor, CampaignId(id)).await?;
    Ok(Json(wire::plans::campaign(told)))
}

/// Makes a campaign. Its slug stays what it is, because links bear it.
#[utoipa::path(
    post,
    path = "/campaigns",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = CreateCampaign,
    responses((status = 200, body = Campaign)),
)]
async fn create_campaign(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<CreateCampaign>,
) -> Result<Json<Campaign>, ApiError> {
    let (slug, plan) = wire::plans::new_campaign(form);
    let told = campaigns::create_campaign(&app, &allowed.actor, slug.as_deref(), plan).await?;
    Ok(Json(wire::plans::campaign(told)))
}

/// Puts a plan in the place of a campaign's.
#[utoipa::path(
    put,
    path = "/campaigns/{campaign}",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("campaign" = Uuid, Path, description = "The campaign.")),
    request_body = UpdateCampaign,
    responses((status = 200, body = Campaign)),
)]
async fn update_campaign(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<UpdateCampaign>,
) -> Result<Json<Campaign>, ApiError> {
    let plan = wire::plans::plan(form);
    let told = campaigns::update_campaign(&app, &allowed.actor, CampaignId(id), plan).await?;
    Ok(Json(wire::plans::campaign(told)))
}

/// Ends a campaign now; one that has ended stays as it ended. Its posts go on until they expire,
/// and no more are handed in.
#[utoipa::path(
    post,
    path = "/campaigns/{campaign}/end",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("campaign" = Uuid, Path, description = "The campaign.")),
    responses((status = 200, body = Campaign)),
)]
async fn end_campaign(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Campaign>, ApiError> {
    let told = campaigns::end_campaign(&app, &allowed.actor, CampaignId(id)).await?;
    Ok(Json(wire::plans::campaign(told)))
}

#[cfg(test)]
mod tests;
