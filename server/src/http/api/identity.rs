//! Introducing and pairing chat accounts.

use axum::Json;
use axum::extract::State;
use axum::response::NoContent;
use entity::ids::{IdentityId, MemberId};
use server_api::identity::{Introduced, Introduction, Pair, Paired, PairingCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::permissions::ManageMembers;
use crate::http::auth::{Allowed, BotFor, Member};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::{identities, pairing};

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(introduce))
        .routes(routes!(pair_account))
        .routes(routes!(issue_pairing_code))
        .routes(routes!(unpair_account))
        .routes(routes!(invite_member))
}

/// Introduces the chat account of `On-Behalf-Of`; again gives the same member.
#[utoipa::path(
    put,
    path = "/identity",
    tag = "identity",
    extensions(("x-permission" = json!("bot"))),
    request_body = Introduction,
    responses((status = 200, body = Introduced)),
)]
async fn introduce(
    State(app): State<App>,
    bot: BotFor,
    ApiJson(form): ApiJson<Introduction>,
) -> Result<Json<Introduced>, ApiError> {
    let introduction = wire::identity::introduction(form);
    let introduced = identities::introduce(&app, &bot.account, &introduction).await?;
    Ok(Json(wire::identity::introduced(&introduced)))
}

/// Joins the chat account of `On-Behalf-Of` to the member to whom the code was issued. An
/// account may try five codes an hour; sent again, it gives the same member.
#[utoipa::path(
    post,
    path = "/identity/pairing",
    tag = "identity",
    extensions(("x-permission" = json!("bot"))),
    request_body = Pair,
    responses((status = 200, body = Paired)),
)]
async fn pair_account(
    State(app): State<App>,
    bot: BotFor,
    ApiJson(form): ApiJson<Pair>,
) -> Result<Json<Paired>, ApiError> {
    let introduction = wire::identity::introduction(form.introduction);
    let asked = pairing::Asked {
        code: &form.code,
        introduction: &introduction,
        interaction_id: bot.interaction_id,
    };
    let paired = pairing::pair(&app, &bot.account, &asked).await?;
    Ok(Json(wire::identity::paired(paired)))
}

/// Issues a code by which the calling member joins another chat account to themselves. It
/// counts ten minutes and once; earlier ones stop to count.
#[utoipa::path(
    post,
    path = "/me/pairing-code",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    responses((status = 200, body = PairingCode)),
)]
async fn issue_pairing_code(
    app: State<App>,
    member: Member,
) -> Result<Json<PairingCode>, ApiError> {
    let issued = pairing::issue(&app, &member.0).await?;
    Ok(Json(wire::identity::issued(&issued)))
}

/// Takes a chat account off the calling member; one that is gone already is not found. The only
/// way to know the member stays.
#[utoipa::path(
    delete,
    path = "/me/identities/{identity}",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    params(("identity" = Uuid, Path, description = "The account.")),
    responses((status = 204, description = "It is the member's no more.")),
)]
async fn unpair_account(
    app: State<App>,
    member: Member,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<NoContent, ApiError> {
    pairing::unpair(&app, &member.0, IdentityId(id)).await?;
    Ok(NoContent)
}

/// Issues such a code for another member, to be handed to them: who may do more than the
/// caller is refused.
#[utoipa::path(
    post,
    path = "/members/{member}/pairing-code",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    responses((status = 200, body = PairingCode)),
)]
async fn invite_member(
    app: State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<PairingCode>, ApiError> {
    let issued = pairing::invite(&app, &allowed.actor, MemberId(id)).await?;
    Ok(Json(wire::identity::issued(&issued)))
}

#[cfg(test)]
mod tests;
