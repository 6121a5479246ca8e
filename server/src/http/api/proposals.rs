//! Posts that members propose.

use axum::Json;
use axum::extract::State;
use entity::enums::ProposalState;
use entity::ids::ProposalId;
use server_api::page::Page;
use server_api::proposal::{
    DeclineProposal, MyProposal, Proposal, ProposalQuery, ProposalReceipt, Propose,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::page::Paging;
use crate::domain::proposal::source;
use crate::http::auth::permissions::WritePosts;
use crate::http::auth::{Allowed, Member};
use crate::http::error::ApiError;
use crate::http::extract::{ApiJson, ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::proposals;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_my_proposals, propose))
        .routes(routes!(withdraw_proposal))
        .routes(routes!(list_proposals))
        .routes(routes!(show_proposal))
        .routes(routes!(accept_proposal))
        .routes(routes!(decline_proposal))
        .routes(routes!(reopen_proposal))
}

/// What the caller proposed, the newest first.
#[utoipa::path(
    get,
    path = "/me/proposals",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    params(server_api::page::PageQuery),
    responses((status = 200, body = Page<MyProposal>)),
)]
async fn list_my_proposals(
    State(app): State<App>,
    Member(actor): Member,
    paging: Paging,
) -> Result<Json<Page<MyProposal>>, ApiError> {
    let slice = proposals::list_own(&app, &actor, paging).await?;
    Ok(Json(wire::page(slice, wire::proposals::mine)))
}

/// Proposes a page to the comms team. The same page again is the same proposal; where somebody
/// else proposed it, it counts as support of theirs.
#[utoipa::path(
    post,
    path = "/me/proposals",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    request_body = Propose,
    responses((status = 200, body = ProposalReceipt)),
)]
async fn propose(
    State(app): State<App>,
    Member(actor): Member,
    ApiJson(form): ApiJson<Propose>,
) -> Result<Json<ProposalReceipt>, ApiError> {
    let asked_on = actor.account.as_ref().map(|account| account.platform);
    let form = wire::proposals::proposed(form);
    let receipt = proposals::propose(&app, &actor, source(asked_on), &form).await?;
    Ok(Json(wire::proposals::receipt(receipt)))
}

/// Takes back what the caller proposed, until it is decided.
#[utoipa::path(
    post,
    path = "/me/proposals/{proposal}/withdraw",
    tag = "me",
    extensions(("x-permission" = json!("member"))),
    params(("proposal" = Uuid, Path, description = "The proposal.")),
    responses((status = 200, body = MyProposal)),
)]
async fn withdraw_proposal(
    State(app): State<App>,
    Member(actor): Member,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<MyProposal>, ApiError> {
    let own = proposals::withdraw(&app, &actor, ProposalId(id)).await?;
    Ok(Json(wire::proposals::mine(own)))
}

/// Proposals in a state, those that wait unless asked otherwise; the newest first.
#[utoipa::path(
    get,
    path = "/proposals",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(ProposalQuery, server_api::page::PageQuery),
    responses((status = 200, body = Page<Proposal>)),
)]
async fn list_proposals(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiQuery(query): ApiQuery<ProposalQuery>,
    paging: Paging,
) -> Result<Json<Page<Proposal>>, ApiError> {
    let state = query.state.map(wire::enums::proposal_state_row);
    let state = state.unwrap_or(ProposalState::New);
    let slice = proposals::list(&app, &allowed.actor, state, paging).await?;
    Ok(Json(wire::page(slice, wire::proposals::proposal)))
}

/// One proposal.
#[utoipa::path(
    get,
    path = "/proposals/{proposal}",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("proposal" = Uuid, Path, description = "The proposal.")),
    responses((status = 200, body = Proposal)),
)]
async fn show_proposal(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Proposal>, ApiError> {
    let told = proposals::show(&app, &allowed.actor, ProposalId(id)).await?;
    Ok(Json(wire::proposals::proposal(told)))
}

/// Makes a draft of a proposal, of which the caller is the author. Its proposer earns, and hears
/// of it a minute later.
#[utoipa::path(
    post,
    path = "/proposals/{proposal}/accept",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("proposal" = Uuid, Path, description = "The proposal.")),
    responses((status = 200, body = Proposal)),
)]
async fn accept_proposal(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Proposal>, ApiError> {
    let told = proposals::accept(&app, &allowed.actor, ProposalId(id)).await?;
    Ok(Json(wire::proposals::proposal(told)))
}

/// Declines a proposal. Its proposer reads the note a minute later.
#[utoipa::path(
    post,
    path = "/proposals/{proposal}/decline",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("proposal" = Uuid, Path, description = "The proposal.")),
    request_body = DeclineProposal,
    responses((status = 200, body = Proposal)),
)]
async fn decline_proposal(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<DeclineProposal>,
) -> Result<Json<Proposal>, ApiError> {
    let told = proposals::decline(&app, &allowed.actor, ProposalId(id), &form.note).await?;
    Ok(Json(wire::proposals::proposal(told)))
}

/// Takes a decision back within a minute, before the proposer hears of it: the draft goes to the
/// archive, and what was earned is reversed.
#[utoipa::path(
    post,
    path = "/proposals/{proposal}/reopen",
    tag = "posts",
    extensions(("x-permission" = json!("write_posts"))),
    params(("proposal" = Uuid, Path, description = "The proposal.")),
    responses((status = 200, body = Proposal)),
)]
async fn reopen_proposal(
    State(app): State<App>,
    allowed: Allowed<WritePosts>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Proposal>, ApiError> {
    let told = proposals::reopen(&app, &allowed.actor, ProposalId(id)).await?;
    Ok(Json(wire::proposals::proposal(told)))
}

#[cfg(test)]
mod tests;
