//! Broadcasts of posts: how far the messages have come, pausing, resuming and stopping them, and
//! sending some again.

use axum::Json;
use axum::extract::State;
use entity::ids::PostId;
use server_api::broadcast::{Broadcast, ResendUncertain};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{PublishPosts, ReadPosts};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::broadcasts;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(show_broadcast))
        .routes(routes!(pause_broadcast))
        .routes(routes!(resume_broadcast))
        .routes(routes!(stop_broadcast))
        .routes(routes!(retry_broadcast))
        .routes(routes!(resend_uncertain))
}

/// How far the messages about a post have come; before it is live, what to expect.
#[utoipa::path(
    get,
    path = "/posts/{post}/broadcast",
    tag = "posts",
    extensions(("x-permission" = json!("read_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Broadcast)),
)]
async fn show_broadcast(
    app: State<App>,
    allowed: Allowed<ReadPosts>,
    post: ApiPath<Uuid>,
) -> Result<Json<Broadcast>, ApiError> {
    let seen = broadcasts::look(&app, &allowed.actor, PostId(post.0)).await?;
    Ok(Json(wire::broadcasts::broadcast(seen)))
}

/// Lets the messages about a post that are not out yet wait.
#[utoipa::path(
    post,
    path = "/posts/{post}/broadcast/pause",
    tag = "posts",
    extensions(("x-permission" = json!("publish_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Broadcast)),
)]
async fn pause_broadcast(
    app: State<App>,
    allowed: Allowed<PublishPosts>,
    post: ApiPath<Uuid>,
) -> Result<Json<Broadcast>, ApiError> {
    let seen = broadcasts::pause(&app, &allowed.actor, PostId(post.0)).await?;
    Ok(Json(wire::broadcasts::broadcast(seen)))
}

/// Lets the messages that wait go out.
#[utoipa::path(
    post,
    path = "/posts/{post}/broadcast/resume",
    tag = "posts",
    extensions(("x-permission" = json!("publish_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Broadcast)),
)]
async fn resume_broadcast(
    app: State<App>,
    allowed: Allowed<PublishPosts>,
    post: ApiPath<Uuid>,
) -> Result<Json<Broadcast>, ApiError> {
    let seen = broadcasts::resume(&app, &allowed.actor, PostId(post.0)).await?;
    Ok(Json(wire::broadcasts::broadcast(seen)))
}

/// The messages that are not out yet never go out; the post stays live.
#[utoipa::path(
    post,
    path = "/posts/{post}/broadcast/stop",
    tag = "posts",
    extensions(("x-permission" = json!("publish_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Broadcast)),
)]
async fn stop_broadcast(
    app: State<App>,
    allowed: Allowed<PublishPosts>,
    post: ApiPath<Uuid>,
) -> Result<Json<Broadcast>, ApiError> {
    let seen = broadcasts::stop(&app, &allowed.actor, PostId(post.0)).await?;
    Ok(Json(wire::broadcasts::broadcast(seen)))
}

/// Tries again the messages about a live post that a platform refused, but not those of people
/// who are gone or take no messages.
#[utoipa::path(
    post,
    path = "/posts/{post}/broadcast/retry",
    tag = "posts",
    extensions(("x-permission" = json!("publish_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = Broadcast)),
)]
async fn retry_broadcast(
    app: State<App>,
    allowed: Allowed<PublishPosts>,
    post: ApiPath<Uuid>,
) -> Result<Json<Broadcast>, ApiError> {
    let seen = broadcasts::retry(&app, &allowed.actor, PostId(post.0)).await?;
    Ok(Json(wire::broadcasts::broadcast(seen)))
}

/// Sends again the messages about a live post of which it is not known whether they arrived: some
/// may arrive twice. The caller names how many it has seen.
#[utoipa::path(
    post,
    path = "/posts/{post}/broadcast/resend",
    tag = "posts",
    extensions(("x-permission" = json!("publish_posts"))),
    params(("post" = Uuid, Path, description = "The post.")),
    request_body = ResendUncertain,
    responses((status = 200, body = Broadcast)),
)]
async fn resend_uncertain(
    app: State<App>,
    allowed: Allowed<PublishPosts>,
    post: ApiPath<Uuid>,
    ApiJson(form): ApiJson<ResendUncertain>,
) -> Result<Json<Broadcast>, ApiError> {
    let seen = broadcasts::resend(&app, &allowed.actor, PostId(post.0), form.count).await?;
    Ok(Json(wire::broadcasts::broadcast(seen)))
}

#[cfg(test)]
mod tests {
    use entity::enums::Role;
    use serde_json::{Value, json};
    use server_api::broadcast::{Broadcast, BroadcastStage};
    use server_api::problem::Code;

    use crate::domain::delivery::Outcome;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn what_was_refused_is_tried_again_and_what_is_uncertain_by_who_names_how_many() {
        on_both(async |t: TestApp| {
            let owner = t.actor(&[Role::Owner]).await;
            t.workspace(&owner.organization).await;
            let server = t.server().await;
            let session = server.member(&t.token(&owner).await);
            let post = t.published_post(&owner.organization, "News").await;
            t.work().await;
            let path = format!("/posts/{}/broadcast", post.id);
            let (retry, resend) = (format!("{path}/retry"), format!("{path}/resend"));
            let refused = Outcome::Failed("not_in_channel".to_owned());
            t.settle(&t.claim().await[0], refused).await;
            let seen: Broadcast = session.get(&path).await.json();
            assert_eq!((seen.stage, seen.retriable), (BroadcastStage::Over, 1));
            let again: Broadcast = session.post(&retry, &Value::Null).await.json();
            let told = (again.stage, again.channels.to_go);
            assert_eq!(told, (BroadcastStage::Running, 1));
            let unknown = Outcome::Uncertain("history_unreadable".to_owned());
            t.settle(&t.claim().await[0], unknown).await;
            for body in [json!({}), json!({"count": "one"}), json!({"count": 2})] {
                let answer = session.post(&resend, &body).await;
                let problem = answer.problem();
                let told = (problem.status, problem.code);
                assert_eq!(told, (422, Code::InvalidField), "{body}");
            }
            let again: Broadcast = session.post(&resend, &json!({"count": 1})).await.json();
            let told = (again.channels.uncertain, again.channels.to_go);
            assert_eq!(told, (0, 1));
            let stop = format!("{path}/stop");
            assert_eq!(session.post(&stop, &Value::Null).await.status, 200);
            let late = session.post(&retry, &Value::Null).await.problem();
            assert_eq!((late.status, late.code), (409, Code::WrongState));
        })
        .await;
    }
}
