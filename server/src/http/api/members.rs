//! Members of the organization.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::NoContent;
use entity::ids::{IdentityId, MemberId, TeamId};
use server_api::console::ConsoleLink;
use server_api::member::{
    CreateMember, ImportReport, InvitePeople, Member, MemberDetail, MemberQuery, PeopleInvited,
    SetRoles, SetTeam, UpdateMember,
};
use server_api::page::{Page, PageQuery};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::App;
use crate::domain::page::Paging;
use crate::http::auth::Allowed;
use crate::http::auth::permissions::{ManageMembers, ReadMembers};
use crate::http::error::ApiError;
use crate::http::extract::{self, ApiJson, ApiPath, ApiQuery};
use crate::http::wire;
use crate::service::members::{self, change, invite, leaving};
use crate::service::{login_links, pairing};

/// A list of members may be so long: some hundred thousand rows.
const MAX_IMPORT_BYTES: usize = 16 * 1024 * 1024;

/// The operations of this resource.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_members, create_member))
        .routes(routes!(invite_people))
        .routes(routes!(show_member, update_member))
        .routes(routes!(set_member_roles))
        .routes(routes!(set_member_team))
        .routes(routes!(mark_member_left))
        .routes(routes!(bring_member_back))
        .routes(routes!(invite_to_console))
        .routes(routes!(unpair_member))
        .routes(routes!(import_members).layer(DefaultBodyLimit::max(MAX_IMPORT_BYTES)))
}

/// The members who are wanted, also those who left. Nobody is found by what they did or did not
/// do, and who has not joined only by who may manage members.
#[utoipa::path(
    get,
    path = "/members",
    tag = "members",
    extensions(("x-permission" = json!("read_members"))),
    params(MemberQuery, PageQuery),
    responses((status = 200, body = Page<Member>)),
)]
async fn list_members(
    State(app): State<App>,
    allowed: Allowed<ReadMembers>,
    ApiQuery(query): ApiQuery<MemberQuery>,
    paging: Paging,
) -> Result<Json<Page<Member>>, ApiError> {
    let slice = if let Some(email) = &query.email {
        members::by_email(&app, &allowed.actor, email).await?
    } else {
        let wanted = wire::member::wanted(query);
        members::list(&app, &allowed.actor, wanted, paging).await?
    };
    Ok(Json(wire::page(slice, wire::member::member)))
}

/// Adds a member.
#[utoipa::path(
    post,
    path = "/members",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    request_body = CreateMember,
    responses((status = 200, body = Member)),
)]
async fn create_member(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiJson(form): ApiJson<CreateMember>,
) -> Result<Json<Member>, ApiError> {
    let form = wire::member::new_member(form);
    let seen = members::create(&app, &allowed.actor, form).await?;
    Ok(Json(wire::member::member(seen)))
}

/// Adds and changes the members that a CSV file of at most 500 lines lists. A longer one is for
/// `/member-imports`, which also tells what it would do before it does so.
#[utoipa::path(
    post,
    path = "/members/import",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportReport)),
)]
async fn import_members(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    request: Request,
) -> Result<Json<ImportReport>, ApiError> {
    let file: Bytes = extract::body(request, &app).await?;
    let report = members::import::import(&app, &allowed.actor, &file).await?;
    Ok(Json(wire::member::import_report(report)))
}

/// Invites people by their addresses, each for themselves: one that is refused does not hold up
/// the others, and nobody is added twice. Who gets a role that opens the console gets a link that
/// logs in once, for there is no mail that could bring it.
#[utoipa::path(
    post,
    path = "/invitations",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    request_body = InvitePeople,
    responses((status = 200, body = PeopleInvited)),
)]
async fn invite_people(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiJson(form): ApiJson<InvitePeople>,
) -> Result<Json<PeopleInvited>, ApiError> {
    let wanted = wire::member::invitation(form);
    let invited = invite::invite_people(&app, &allowed.actor, wanted).await?;
    Ok(Json(wire::member::invited(invited)))
}

/// One member, and the accounts by which they are known in chats. Who has not joined is there for
/// who may manage members alone.
#[utoipa::path(
    get,
    path = "/members/{member}",
    tag = "members",
    extensions(("x-permission" = json!("read_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    responses((status = 200, body = MemberDetail)),
)]
async fn show_member(
    State(app): State<App>,
    allowed: Allowed<ReadMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<MemberDetail>, ApiError> {
    let shown = members::show(&app, &allowed.actor, MemberId(id)).await?;
    Ok(Json(wire::member::detail(shown)))
}

/// Changes what a member is called and where they are reached, unless they may do more than the
/// caller.
#[utoipa::path(
    patch,
    path = "/members/{member}",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    request_body = UpdateMember,
    responses((status = 200, body = Member)),
)]
async fn update_member(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<UpdateMember>,
) -> Result<Json<Member>, ApiError> {
    let details = wire::member::details(form);
    let seen = change::update(&app, &allowed.actor, MemberId(id), details).await?;
    Ok(Json(wire::member::member(seen)))
}

/// Gives a member these roles and no others. Nobody gives or takes what they do not hold, and the
/// last owner stays one.
#[utoipa::path(
    put,
    path = "/members/{member}/roles",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    request_body = SetRoles,
    responses((status = 200, body = Member)),
)]
async fn set_member_roles(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<SetRoles>,
) -> Result<Json<Member>, ApiError> {
    let roles = form.roles.into_iter().map(wire::enums::role_row).collect();
    let seen = change::set_roles(&app, &allowed.actor, MemberId(id), roles).await?;
    Ok(Json(wire::member::member(seen)))
}

/// Puts a member into a team, or into none.
#[utoipa::path(
    put,
    path = "/members/{member}/team",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    request_body = SetTeam,
    responses((status = 200, body = Member)),
)]
async fn set_member_team(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
    ApiJson(form): ApiJson<SetTeam>,
) -> Result<Json<Member>, ApiError> {
    let team = form.team_id.map(|id| TeamId(id.0));
    let seen = change::set_team(&app, &allowed.actor, MemberId(id), team).await?;
    Ok(Json(wire::member::member(seen)))
}

/// A member left: their sessions end, their tokens are destroyed, nothing more is sent to them,
/// and what they shared stays. Again it changes nothing.
#[utoipa::path(
    post,
    path = "/members/{member}/leave",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    responses((status = 200, body = Member)),
)]
async fn mark_member_left(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Member>, ApiError> {
    let seen = leaving::mark_left(&app, &allowed.actor, MemberId(id)).await?;
    Ok(Json(wire::member::member(seen)))
}

/// A member who left is there again, as who they were; what was destroyed stays destroyed.
#[utoipa::path(
    post,
    path = "/members/{member}/return",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    responses((status = 200, body = Member)),
)]
async fn bring_member_back(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Member>, ApiError> {
    let seen = leaving::bring_back(&app, &allowed.actor, MemberId(id)).await?;
    Ok(Json(wire::member::member(seen)))
}

/// Issues a link that logs a member in to the console once, to be handed to them: who may do more
/// than the caller is refused. It counts a day; earlier ones stop to count.
#[utoipa::path(
    post,
    path = "/members/{member}/console-link",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(("member" = Uuid, Path, description = "The member.")),
    responses((status = 200, body = ConsoleLink)),
)]
async fn invite_to_console(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<ConsoleLink>, ApiError> {
    let issued = login_links::invite(&app, &allowed.actor, MemberId(id)).await?;
    Ok(Json(wire::member::console_link(issued)))
}

/// Takes a chat account off a member; one that is gone already is not found. The only way to know
/// the member stays.
#[utoipa::path(
    delete,
    path = "/members/{member}/identities/{identity}",
    tag = "members",
    extensions(("x-permission" = json!("manage_members"))),
    params(
        ("member" = Uuid, Path, description = "The member."),
        ("identity" = Uuid, Path, description = "The account."),
    ),
    responses((status = 204, description = "It is the member's no more.")),
)]
async fn unpair_member(
    State(app): State<App>,
    allowed: Allowed<ManageMembers>,
    ApiPath((member, identity)): ApiPath<(Uuid, Uuid)>,
) -> Result<NoContent, ApiError> {
    let which = (MemberId(member), IdentityId(identity));
    pairing::unpair_member(&app, &allowed.actor, which).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests;
