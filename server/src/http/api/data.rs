//! A member's data as a whole: handed out, and erased.

use axum::extract::State;
use axum::response::{NoContent, Response};
use entity::ids::MemberId;
use server_api::export::{EraseMember, MemberExport};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::permissions::ManageMembers;
use crate::http::auth::{Allowed, Member};
use crate::http::error::ApiError;
use crate::http::export::file;
use crate::http::extract::{ApiJson, ApiPath};
use crate::service::exports;
use crate::service::members::erasure;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(export_me))
        .routes(routes!(export_member))
        .routes(routes!(erase_member))
}

/// All that is known of the calling member, as a file. Who came by a link that somebody else handed
/// out gets what that person could hand out.
#[utoipa::path(
    get,
    path = "/me/export",
    tag = "me",
    extensions(("x-permission" = json!("member")), ("x-scopes" = json!("all"))),
    responses((status = 200, body = MemberExport)),
)]
async fn export_me(app: State<App>, member: Member) -> Result<Response, ApiError> {
    let export = exports::export_me(&app, &member.0).await?;
    Ok(file(&app, export))
}

/// What is known of a member and may be handed out to them: without what they chose, dismissed,
/// shared or earned, which is for themselves alone.
#[utoipa::path(
    get,
    path = "/members/{member}/export",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    responses((status = 200, body = MemberExport)),
)]
async fn export_member(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    let export = exports::export_member(&app, &allowed.actor, MemberId(id)).await?;
    Ok(file(&app, export))
}

/// Erases a member for good, unless they may do more than the caller: everything that says who they
/// are is destroyed, what they shared stays without a name, and every sum is what it was. Again it
/// changes nothing.
#[utoipa::path(
    post,
    path = "/members/{member}/erase",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    request_body = EraseMember,
    responses((status = 204, description = "They are erased.")),
)]
async fn erase_member(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<EraseMember>,
) -> Result<NoContent, ApiError> {
    erasure::erase(&app, &allowed.actor, MemberId(id), &form.name).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
