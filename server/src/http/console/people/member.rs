//! A member's page: who they are, what they may do, where they belong, the accounts by which they
//! are known, and how they leave.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use entity::enums::Permission;
use entity::ids::{IdentityId, MemberId, TeamId};
use entity::{identity, member};
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::roles::{RoleTick, ticked, ticks};
use super::{TeamChoice, branches, choices, shown_standing, team_of};
use crate::app::App;
use crate::domain::people::standing;
use crate::domain::permission;
use crate::http::auth::permissions::{ManageMembers, ReadMembers};
use crate::http::console::door::{Console, Door, InPath};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::named;
use crate::http::console::page::{Answer, OrPage};
use crate::http::console::toast::Toast;
use crate::service::login_links::Issued;
use crate::service::members::change::{self, Details};
use crate::service::members::{self, MemberError, Seen, leaving};
use crate::service::retention;

#[derive(Template)]
#[template(path = "console/member.html")]
pub(super) struct MemberPage {
    frame: Frame,
    member: member::Model,
    /// The page's own path.
    path: String,
    standing: (String, &'static str),
    team: Option<String>,
    team_id: String,
    roles: Vec<RoleTick>,
    /// The names of the roles that they hold.
    held: Vec<String>,
    teams: Vec<TeamChoice>,
    accounts: Vec<Account>,
    fields: Fields,
    faults: Faults,
    /// What was just issued for them, to be handed on.
    issued: Handed,
    /// Whether a role of theirs opens more of the console than its beginning.
    opens_console: bool,
    may_manage: bool,
    /// Whether who leaves is erased at once.
    forgets: bool,
    /// What was typed to erase them.
    typed: String,
    /// What the log says of them, for who may read it.
    log: Option<String>,
}

/// An account on a chat.
struct Account {
    id: IdentityId,
    platform: String,
    name: String,
    workspace: String,
    since: DateTime<Utc>,
}

/// What was just issued.
#[derive(Default)]
pub(super) struct Handed {
    pub(super) code: Option<(String, DateTime<Utc>)>,
    pub(super) link: Option<Issued>,
}

/// What a page of a member has to say beside the member.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) fields: Option<Fields>,
    pub(super) faults: Faults,
    pub(super) issued: Handed,
    pub(super) typed: String,
}

/// Shows a member.
pub async fn show(
    console: Console<ReadMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
) -> Answer {
    let page = shown(&app, &console, MemberId(id), Beside::default()).await?;
    Ok(console.page(&page))
}

pub(super) async fn shown<P: Door>(
    app: &App,
    console: &Console<P>,
    id: MemberId,
    beside: Beside,
) -> Result<MemberPage, Response> {
    let found = members::show(app, &console.actor, id).await;
    let (seen, accounts) = found.map_err(|error| page_of(console, error))?;
    let (look, actor, member) = (&console.look, &console.actor, seen.member);
    let filled = || {
        Fields::of([
            ("display_name", member.display_name.clone()),
            ("email", member.email.clone().unwrap_or_default()),
        ])
    };
    let held = member.roles.0.iter();
    Ok(MemberPage {
        path: console.path(&format!("people/{id}")),
        standing: shown_standing(look, standing(&member)),
        team: seen.team,
        team_id: member.team_id.map(|id| id.to_string()).unwrap_or_default(),
        roles: ticks(console, &member.roles.0),
        held: held.map(|role| look.say(named::held::key(*role))).collect(),
        teams: choices(&branches(app, console).await?),
        accounts: accounts
            .into_iter()
            .map(|one| account(console, one))
            .collect(),
        fields: beside.fields.unwrap_or_else(filled),
        faults: beside.faults,
        issued: beside.issued,
        opens_console: !permission::granted_by_all(&member.roles.0).is_empty(),
        may_manage: actor.require(Permission::ManageMembers).is_ok(),
        forgets: retention::forgets_leavers(app, actor)
            .await
            .or_page(console)?,
        typed: beside.typed,
        log: (actor.require(Permission::ReadAudit).is_ok())
            .then(|| console.path(&format!("audit?subject=member%3A{id}"))),
        frame: console.frame_of(member.display_name.clone()),
        member,
    })
}

fn account<P: Door>(console: &Console<P>, row: identity::Model) -> Account {
    Account {
        id: row.id,
        platform: console.look.say(named::platform::key(row.platform)),
        name: row.account_name.unwrap_or(row.user_ref),
        workspace: row.workspace_ref,
        since: row.created_at,
    }
}

/// Changes name and address.
pub async fn rename(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let text = |name| fields.given(name).map(str::to_owned);
    let details = Details {
        display_name: text("display_name"),
        // Who has none may be left without one.
        email: text("email").filter(|typed| !typed.trim().is_empty()),
    };
    let done = change::update(&app, &console.actor, MemberId(id), details).await;
    let toast = Toast::of("toast-member-saved");
    settle(
        &app,
        &console,
        (MemberId(id), done),
        (fields, toast, "roles"),
    )
    .await
}

/// Gives exactly the roles that were ticked.
pub async fn set_roles(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let before = seen(&app, &console, MemberId(id)).await?.member.roles.0;
    let words = before
        .into_iter()
        .map(|role| ("role", named::held::word(role)));
    let query = Serializer::new(String::new()).extend_pairs(words).finish();
    let undo = console.path(&format!("people/{id}/roles/undo?{query}"));
    let done = change::set_roles(&app, &console.actor, MemberId(id), ticked(&fields)).await;
    let toast = Toast::of("toast-roles").undo(undo);
    settle(
        &app,
        &console,
        (MemberId(id), done),
        (fields, toast, "roles"),
    )
    .await
}

/// Gives the roles that they held before.
pub async fn undo_roles(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let done = change::set_roles(&app, &console.actor, MemberId(id), ticked(&asked)).await;
    let toast = Toast::of("toast-undone");
    settle(
        &app,
        &console,
        (MemberId(id), done),
        (asked, toast, "roles"),
    )
    .await
}

/// Puts the member into the chosen team.
pub async fn set_team(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let before = seen(&app, &console, MemberId(id)).await?.member.team_id;
    let before = before
        .map(|team: TeamId| team.to_string())
        .unwrap_or_default();
    let undo = console.path(&format!("people/{id}/team/undo?team={before}"));
    let done = change::set_team(&app, &console.actor, MemberId(id), team_of(&fields)).await;
    let toast = Toast::of("toast-team").undo(undo);
    settle(
        &app,
        &console,
        (MemberId(id), done),
        (fields, toast, "roles"),
    )
    .await
}

/// Puts the member back into the team before.
pub async fn undo_team(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let done = change::set_team(&app, &console.actor, MemberId(id), team_of(&asked)).await;
    let toast = Toast::of("toast-undone");
    settle(
        &app,
        &console,
        (MemberId(id), done),
        (asked, toast, "roles"),
    )
    .await
}

/// The member left.
pub async fn leave(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let done = leaving::mark_left(&app, &console.actor, MemberId(id)).await;
    if done
        .as_ref()
        .is_ok_and(|seen| seen.member.erased_at.is_some())
    {
        return Ok(console.go("people", Some(Toast::of("toast-member-erased"))));
    }
    let toast = Toast::of("toast-member-left");
    settle(
        &app,
        &console,
        (MemberId(id), done),
        (fields, toast, "leave"),
    )
    .await
}

/// The member is there again.
pub async fn bring_back(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let done = leaving::bring_back(&app, &console.actor, MemberId(id)).await;
    let toast = Toast::of("toast-member-back");
    settle(
        &app,
        &console,
        (MemberId(id), done),
        (fields, toast, "roles"),
    )
    .await
}

async fn seen(app: &App, console: &Console<ManageMembers>, id: MemberId) -> Result<Seen, Response> {
    let found = members::show(app, &console.actor, id).await;
    let (seen, _) = found.map_err(|error| page_of(console, error))?;
    Ok(seen)
}

/// On to the member's page, or to the form once more with what is wrong; `place` is where it is
/// said that nobody else is an owner.
async fn settle(
    app: &App,
    console: &Console<ManageMembers>,
    (id, done): (MemberId, Result<Seen, MemberError>),
    (fields, toast, place): (Fields, Toast, &str),
) -> Answer {
    let Err(error) = done else {
        return Ok(console.go(&format!("people/{id}"), Some(toast)));
    };
    let look = &console.look;
    let faults = match error {
        MemberError::Invalid(faults) => Faults::of(&faults, |fault| {
            look.say(match fault.field.as_str() {
                "email" => "email-fault",
                "team_id" => "team-fault",
                _ => "name-fault",
            })
        }),
        MemberError::AddressTaken => Faults::none().and("email", look.say("member-address-taken")),
        MemberError::LastOwner => Faults::none().and(place, look.say("member-last-owner")),
        MemberError::ByAnothersWord => Faults::none().and(place, look.say("leave-by-another")),
        MemberError::Forbidden(_)
        | MemberError::NotFound
        | MemberError::MemberLeft
        | MemberError::Store(_) => return Err(page_of(console, error)),
    };
    let beside = Beside {
        fields: fields.given("display_name").is_some().then_some(fields),
        faults,
        issued: Handed::default(),
        typed: String::new(),
    };
    let page = shown(app, console, id, beside).await?;
    Ok(console.again(&page))
}

fn page_of<P: Door>(console: &Console<P>, error: MemberError) -> Response {
    match error {
        MemberError::Forbidden(_) => console.forbidden(),
        MemberError::NotFound => console.not_found(),
        MemberError::Store(error) => console.failed(&error),
        MemberError::MemberLeft
        | MemberError::Invalid(_)
        | MemberError::AddressTaken
        | MemberError::LastOwner
        | MemberError::ByAnothersWord => console.changed(),
    }
}
