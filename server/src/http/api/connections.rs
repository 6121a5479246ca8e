//! Connections to chats: how they are, ending them, and their channels.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use entity::ids::{ChannelId, InstallationId};
use server_api::connection::{
    AddChannel, ChannelTopics, Connection, Connections, SentTest, SetChannelTopics,
};
use server_api::organization::Channel;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageOrganization, ReadPosts};
use crate::http::error::ApiError;
use crate::http::etag::{Tagged, expected};
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::channels::{self, Routes};
use crate::service::connections;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_connections))
        .routes(routes!(disconnect_chat))
        .routes(routes!(add_channel))
        .routes(routes!(pause_channel))
        .routes(routes!(resume_channel))
        .routes(routes!(test_channel))
        .routes(routes!(show_channel_topics, set_channel_topics))
}

/// The workspaces and guilds of the organization, and how they are; of single people it says
/// nothing.
#[utoipa::path(
    get,
    path = "/connections",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    responses((status = 200, body = Connections)),
)]
async fn list_connections(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
) -> Result<Json<Connections>, ApiError> {
    let all = connections::list_connections(&app, &allowed.actor).await?;
    let items = all.into_iter().map(wire::connections::connection);
    Ok(Json(Connections {
        items: items.collect(),
    }))
}

/// Takes the bot out of a workspace or guild: its token is destroyed at once, and what waits for it
/// ends. Members keep what they have.
#[utoipa::path(
    post,
    path = "/connections/{installation}/disconnect",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(("installation" = Uuid, Path, description = "The workspace or guild.")),
    responses((status = 200, body = Connection)),
)]
async fn disconnect_chat(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Connection>, ApiError> {
    let told = connections::disconnect(&app, &allowed.actor, InstallationId(id)).await?;
    Ok(Json(wire::connections::connection(told)))
}

/// Adds a channel; one that is there already gets posts again.
#[utoipa::path(
    post,
    path = "/connections/{installation}/channels",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(("installation" = Uuid, Path, description = "The workspace or guild.")),
    request_body = AddChannel,
    responses((status = 200, body = Channel)),
)]
async fn add_channel(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<AddChannel>,
) -> Result<Json<Channel>, ApiError> {
    let wanted = wire::connections::new_channel(InstallationId(id), form);
    let row = channels::add_channel(&app, &allowed.actor, wanted).await?;
    Ok(Json(wire::organization::channel(row)))
}

/// Lets a channel rest: it gets nothing until it is resumed.
#[utoipa::path(
    post,
    path = "/channels/{channel}/pause",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(("channel" = Uuid, Path, description = "The channel.")),
    responses((status = 200, body = Channel)),
)]
async fn pause_channel(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Channel>, ApiError> {
    let row = channels::pause_channel(&app, &allowed.actor, ChannelId(id)).await?;
    Ok(Json(wire::organization::channel(row)))
}

/// Lets a channel get posts again: those that go out from now on.
#[utoipa::path(
    post,
    path = "/channels/{channel}/resume",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(("channel" = Uuid, Path, description = "The channel.")),
    responses((status = 200, body = Channel)),
)]
async fn resume_channel(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Channel>, ApiError> {
    let row = channels::resume_channel(&app, &allowed.actor, ChannelId(id)).await?;
    Ok(Json(wire::organization::channel(row)))
}

/// Sends a test message to a channel; what becomes of it stands in its connection.
#[utoipa::path(
    post,
    path = "/channels/{channel}/test",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(("channel" = Uuid, Path, description = "The channel.")),
    responses((status = 200, body = SentTest)),
)]
async fn test_channel(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<SentTest>, ApiError> {
    let sent = channels::test_channel(&app, &allowed.actor, ChannelId(id)).await?;
    let now = (sent, Duration::ZERO);
    let test = channels::follow_test(&app, &allowed.actor, now).await?;
    Ok(Json(wire::connections::sent_test(sent, test)))
}

/// Which topics a channel gets.
#[utoipa::path(
    get,
    path = "/channels/{channel}/topics",
    tag = "organization",
    extensions(("x-permission" = json!("read_posts"))),
    params(("channel" = Uuid, Path, description = "The channel.")),
    responses((status = 200, body = ChannelTopics)),
)]
async fn show_channel_topics(
    State(app): State<App>,
    allowed: Allowed<ReadPosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Tagged<ChannelTopics>, ApiError> {
    let routes = channels::show_topics(&app, &allowed.actor, ChannelId(id)).await?;
    Ok(tagged(routes))
}

/// Lets a channel get posts of every topic, or of some only; with `If-Match`, only over the version
/// that it names.
#[utoipa::path(
    put,
    path = "/channels/{channel}/topics",
    tag = "organization",
    extensions(("x-permission" = json!("manage_organization"))),
    params(
        ("channel" = Uuid, Path, description = "The channel."),
        ("if-match" = Option<String>, Header, description = "Entity tag of the version read."),
    ),
    request_body = SetChannelTopics,
    responses((status = 200, body = ChannelTopics)),
)]
async fn set_channel_topics(
    State(app): State<App>,
    allowed: Allowed<ManageOrganization>,
    ApiPath(id): ApiPath<Uuid>,
    headers: HeaderMap,
    ApiJson(form): ApiJson<SetChannelTopics>,
) -> Result<Tagged<ChannelTopics>, ApiError> {
    let wanted = wire::connections::wanted_topics(form);
    let which = (ChannelId(id), expected(&headers)?);
    let routes = channels::set_topics(&app, &allowed.actor, which, wanted).await?;
    Ok(tagged(routes))
}

fn tagged(routes: Routes) -> Tagged<ChannelTopics> {
    Tagged {
        version: routes.channel.version,
        body: wire::connections::channel_topics(routes),
    }
}

#[cfg(test)]
mod tests;
