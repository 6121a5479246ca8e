//! Topics.

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::ids::TopicId;
use server_api::topic::{CreateTopic, MergeTopic, Topic, Topics, UpdateTopic};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ReadPosts, WritePosts};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::topics;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_topics, create_topic))
        .routes(routes!(update_topic, remove_topic))
        .routes(routes!(merge_topic))
}

/// What the organization's posts are about, by name: the first 500.
#[utoipa::path(
    get,
    path = "/topics",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    responses((status = 200, body = Topics)),
)]
async fn list_topics(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
) -> Result<Json<Topics>, ApiError> {
    let all = topics::list_topics(&app, &allowed.actor).await?;
    Ok(Json(wire::plans::topics(all)))
}

/// Makes a topic. Posts also make those that they name.
#[utoipa::path(
    post,
    path = "/topics",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    request_body = CreateTopic,
    responses((status = 200, body = Topic)),
)]
async fn create_topic(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiJson(form): ApiJson<CreateTopic>,
) -> Result<Json<Topic>, ApiError> {
    let told = topics::create_topic(&app, &allowed.actor, &form.name).await?;
    Ok(Json(wire::plans::topic(told)))
}

/// Gives a topic another name.
#[utoipa::path(
    patch,
    path = "/topics/{topic}",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("topic" = Uuid, Path, description = "The topic.")),
    request_body = UpdateTopic,
    responses((status = 200, body = Topic)),
)]
async fn update_topic(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<UpdateTopic>,
) -> Result<Json<Topic>, ApiError> {
    let change = wire::plans::topic_change(form);
    let told = topics::update_topic(&app, &allowed.actor, TopicId(id), change).await?;
    Ok(Json(wire::plans::topic(told)))
}

/// Lets everything that is about a topic be about another, and takes the first away; gives the
/// other.
#[utoipa::path(
    post,
    path = "/topics/{topic}/merge",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("topic" = Uuid, Path, description = "The topic that goes.")),
    request_body = MergeTopic,
    responses((status = 200, body = Topic)),
)]
async fn merge_topic(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<MergeTopic>,
) -> Result<Json<Topic>, ApiError> {
    let into = TopicId(form.into.0);
    let told = topics::merge_topic(&app, &allowed.actor, TopicId(id), into).await?;
    Ok(Json(wire::plans::topic(told)))
}

/// Takes away a topic that no post is about.
#[utoipa::path(
    delete,
    path = "/topics/{topic}",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("topic" = Uuid, Path, description = "The topic.")),
    responses((status = 204, description = "It is gone.")),
)]
async fn remove_topic(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    topics::remove_topic(&app, &allowed.actor, TopicId(id)).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
