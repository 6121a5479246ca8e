//! What the parts need on the internal listener: installations and leases.

use axum::Json;
use axum::extract::State;
use chrono::TimeDelta;
use serde::Deserialize;
use server_api::enums::Platform;
use server_api::installation::{InstallationList, NoteRemoval};
use server_api::lease::{AcquireLease, Lease};
use server_api::problem::Code;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Bot;
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::members::leaving;
use crate::service::{installations, leases};

/// Letters of a lease's name and of its holder, at most.
const MAX_NAME: usize = 100;
/// Letters of a platform's id of a user, at most.
const MAX_USER: usize = 32;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_installations))
        .routes(routes!(revoke_installation))
        .routes(routes!(note_removal))
        .routes(routes!(acquire_lease))
}

/// Which installations are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfPlatform {
    /// The platform; a part sees its own only.
    platform: Platform,
}

/// The installations of the part's platform, tokens opened.
#[utoipa::path(
    get,
    path = "/installations",
    tag = "parts",
    extensions(("x-permission" = json!("bot"))),
    params(OfPlatform),
    responses((status = 200, body = InstallationList)),
)]
async fn list_installations(
    app: State<App>,
    bot: Bot,
    ApiQuery(query): ApiQuery<OfPlatform>,
) -> Result<Json<InstallationList>, ApiError> {
    if wire::enums::platform_row(query.platform) != bot.platform {
        return Err(ApiError::new(Code::Forbidden).detail("this token serves another platform"));
    }
    installations::note_seen(&app, bot.platform).await?;
    let opened = installations::of_platform(&app, bot.platform).await?;
    let items = opened
        .into_iter()
        .map(wire::operations::installation)
        .collect();
    Ok(Json(InstallationList { items }))
}

/// The platform took the app away.
#[utoipa::path(
    post,
    path = "/installations/{installation}/revoke",
    tag = "parts",
    extensions(("x-permission" = json!("bot"))),
    params(("installation" = Uuid, Path, description = "The installation.")),
    responses((status = 200)),
)]
async fn revoke_installation(
    app: State<App>,
    bot: Bot,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<()>, ApiError> {
    installations::revoke(&app, bot.platform, entity::ids::InstallationId(id)).await?;
    Ok(Json(()))
}

/// The platform says that an account was removed from the workspace: whose it was is a leaver,
/// unless another workspace of the organization on that platform has them or nobody else is an
/// owner. Again nothing changes.
#[utoipa::path(
    post,
    path = "/installations/{installation}/removals",
    tag = "parts",
    extensions(("x-permission" = json!("bot"))),
    params(("installation" = Uuid, Path, description = "The installation.")),
    request_body = NoteRemoval,
    responses((status = 200)),
)]
async fn note_removal(
    app: State<App>,
    bot: Bot,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<NoteRemoval>,
) -> Result<Json<()>, ApiError> {
    let is_id = form.user.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_id || form.user.is_empty() || form.user.len() > MAX_USER {
        return Err(ApiError::field("user", "has 1 to 32 letters and digits"));
    }
    let home = (bot.platform, entity::ids::InstallationId(id));
    leaving::removed_in_chat(&app, home, &form.user).await?;
    Ok(Json(()))
}

/// Takes or prolongs a lease.
#[utoipa::path(
    post,
    path = "/leases/{name}",
    tag = "parts",
    extensions(("x-permission" = json!("bot"))),
    params(("name" = String, Path, description = "What is held.")),
    request_body = AcquireLease,
    responses((status = 200, body = Lease)),
)]
async fn acquire_lease(
    app: State<App>,
    bot: Bot,
    ApiPath(name): ApiPath<String>,
    ApiJson(form): ApiJson<AcquireLease>,
) -> Result<Json<Lease>, ApiError> {
    if form.holder.is_empty() || form.holder.len() > MAX_NAME {
        return Err(ApiError::field("holder", "has 1 to 100 characters"));
    }
    if name.len() > MAX_NAME {
        return Err(ApiError::new(Code::NotFound));
    }
    if !(1..=300).contains(&form.seconds) {
        return Err(ApiError::field("seconds", "is 1 to 300"));
    }
    // A part cannot take what the server or another platform's part holds.
    let name = format!("part:{:?}:{name}", bot.platform).to_lowercase();
    let length = TimeDelta::seconds(i64::from(form.seconds));
    let outcome = leases::acquire(&app, &name, &form.holder, length).await?;
    Ok(Json(wire::operations::lease(&outcome)))
}

#[cfg(test)]
mod tests {
    use entity::enums::Role;
    use serde_json::json;

    use super::*;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn tokens_of_installations_are_for_the_part_of_their_platform_on_the_internal_listener() {
        on_both(async |t: TestApp| {
            let server = t.server().await;
            let owner = t.actor(&[Role::Owner]).await;
            let installation = t.workspace(&owner.organization).await;
            let path = "/installations?platform=slack";
            let list: InstallationList = server.slack(None).get(path).await.json();
            assert_eq!(list.items.len(), 1);
            assert_eq!(list.items[0].external_id, installation.external_id);
            assert!(list.items[0].bot_token.starts_with("xoxb-"));
            assert!(!format!("{list:?}").contains("xoxb-"), "no token in a log");
            let owner = server.member(&t.token(&owner).await);
            assert!(matches!(owner.get(path).await.status, 401 | 403));
            assert_eq!(server.anonymous().get(path).await.status, 401);
            let other = server
                .slack(None)
                .get("/installations?platform=discord")
                .await;
            assert_eq!(other.status, 403);
        })
        .await;
    }

    #[tokio::test]
    async fn a_revoked_installation_is_gone_and_stays_so() {
        on_both(async |t: TestApp| {
            let server = t.server().await;
            let owner = t.actor(&[Role::Owner]).await;
            let installation = t.workspace(&owner.organization).await;
            let slack = server.slack(None);
            let path = format!("/installations/{}/revoke", installation.id);
            for _ in 0..2 {
                assert_eq!(slack.post(&path, &json!(null)).await.status, 200);
            }
            let list: InstallationList = slack.get("/installations?platform=slack").await.json();
            assert!(list.items.is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn a_lease_is_held_by_one_part() {
        on_both(async |t: TestApp| {
            let server = t.server().await;
            let slack = server.slack(None);
            let ask = async |holder: &str, seconds: u32| {
                let form = json!({ "holder": holder, "seconds": seconds });
                slack.post("/leases/gateway", &form).await
            };
            assert!(ask("a", 30).await.json::<Lease>().held);
            assert!(!ask("b", 30).await.json::<Lease>().held);
            assert_eq!(ask("b", 301).await.problem().fields[0].field, "seconds");
            assert_eq!(ask("", 30).await.problem().fields[0].field, "holder");
        })
        .await;
    }
}
