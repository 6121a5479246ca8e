//! Sharing: a member's ways to share a post, and "done".

use axum::Json;
use axum::extract::State;
use entity::ids::PostId;
use server_api::share::{ConfirmShare, ShareChoices, ShareReceipt};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::http::auth::Member;
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath};
use crate::http::wire;
use crate::service::shares;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_share_choices))
        .routes(routes!(confirm_share))
}

/// The calling member's ways to share a post, the preferred networks first.
#[utoipa::path(
    get,
    path = "/me/posts/{post}/choices",
    tag = "shares",
    extensions(("x-permission" = json!("member"))),
    params(("post" = Uuid, Path, description = "The post.")),
    responses((status = 200, body = ShareChoices)),
)]
async fn list_share_choices(
    app: State<App>,
    member: Member,
    post: ApiPath<Uuid>,
) -> Result<Json<ShareChoices>, ApiError> {
    let choices = shares::choices(&app, &member.0, PostId(post.0)).await?;
    Ok(Json(wire::share::own_choices(&member.0, choices)))
}

/// Confirms that the calling member shared a post; again gives the same share.
#[utoipa::path(
    put,
    path = "/me/posts/{post}/share",
    tag = "shares",
    extensions(("x-permission" = json!("member"))),
    params(("post" = Uuid, Path, description = "The post.")),
    request_body = ConfirmShare,
    responses((status = 200, body = ShareReceipt)),
)]
async fn confirm_share(
    app: State<App>,
    member: Member,
    post: ApiPath<Uuid>,
    form: ApiJson<ConfirmShare>,
) -> Result<Json<ShareReceipt>, ApiError> {
    let parties = shares::parties(&app, &member.0, PostId(post.0)).await?;
    let network = wire::enums::network_row(form.0.network);
    let receipt = shares::confirm(&app, &parties, network).await?;
    Ok(Json(wire::share::receipt(receipt)))
}

#[cfg(test)]
mod tests;
