//! People: found by name, role, team and how far they have come; never by what they did or did not
//! do. Below it a member's own page, invitations, and the tree of teams.

mod accounts;
mod data;
mod invite;
mod letter;
mod member;
mod roles;
mod teams;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::enums::{Permission, Role};
use entity::ids::TeamId;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::door::{Console, Door};
use super::form::Fields;
use super::frame::Frame;
use super::guarded::{Pages, get, post};
use super::look::Look;
use super::named;
use super::page::{Answer, OrPage};
use crate::app::App;
use crate::domain::page::Paging;
use crate::domain::people::{Standing, Wanted, standing};
use crate::http::auth::permissions::ReadMembers;
use crate::http::extract::{cursor, position};
use crate::service::members::{self, Seen};
use crate::service::teams::{self as tree, Branch};

/// People of one page.
const LIMIT: u64 = 50;
/// What may be looked for, in the order of the form.
const FILTERS: [&str; 5] = ["q", "standing", "role", "team", "cursor"];

/// The pages of people.
pub(super) fn router() -> Pages {
    Pages::default()
        .route("/o/{slug}/people", get(show))
        .route(
            "/o/{slug}/people/invite",
            get(invite::show).post(invite::invite),
        )
        .route(
            "/o/{slug}/people/teams",
            get(teams::show).post(teams::create),
        )
        .route("/o/{slug}/people/teams/{team}", post(teams::change))
        .route("/o/{slug}/people/teams/{team}/undo", post(teams::undo))
        .route("/o/{slug}/people/teams/{team}/remove", post(teams::remove))
        .route(
            "/o/{slug}/people/{member}",
            get(member::show).post(member::rename),
        )
        .route("/o/{slug}/people/{member}/roles", post(member::set_roles))
        .route(
            "/o/{slug}/people/{member}/roles/undo",
            post(member::undo_roles),
        )
        .route("/o/{slug}/people/{member}/team", post(member::set_team))
        .route(
            "/o/{slug}/people/{member}/team/undo",
            post(member::undo_team),
        )
        .route("/o/{slug}/people/{member}/pairing", post(accounts::pair))
        .route("/o/{slug}/people/{member}/unpair", post(accounts::unpair))
        .route("/o/{slug}/people/{member}/link", post(accounts::link))
        .route("/o/{slug}/people/{member}/leave", post(member::leave))
        .route("/o/{slug}/people/{member}/return", post(member::bring_back))
        .route("/o/{slug}/people/{member}/export", post(data::export))
        .route("/o/{slug}/people/{member}/erase", post(data::erase))
}

#[derive(Template)]
#[template(path = "console/people.html")]
struct PeoplePage {
    frame: Frame,
    fields: Fields,
    tabs: Vec<Tab>,
    roles: Vec<(&'static str, String)>,
    teams: Vec<TeamChoice>,
    rows: Vec<Row>,
    /// The page after this one.
    next: Option<String>,
    is_filtered: bool,
    /// Whether the only one there is is the one who looks.
    is_alone: bool,
    may_manage: bool,
}

/// How far people have come, and those who came so far.
struct Tab {
    name: String,
    path: String,
    is_here: bool,
}

/// A team to choose, under the names of those above it.
struct TeamChoice {
    id: String,
    name: String,
}

/// A member as the list shows them.
struct Row {
    path: String,
    name: String,
    email: String,
    team: String,
    roles: String,
    standing: String,
    tone: &'static str,
}

/// Shows the list.
pub async fn show(
    console: Console<ReadMembers>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let paging = Paging {
        after: position(fields.text("cursor")).ok(),
        limit: LIMIT,
    };
    let found = members::list(&app, &console.actor, wanted(&fields), paging).await;
    let slice = found.or_page(&console)?;
    let branches = branches(&app, &console).await?;
    let (look, path) = (&console.look, console.path("people"));
    let may_manage = console.actor.require(Permission::ManageMembers).is_ok();
    let is_filtered = FILTERS.iter().any(|name| !fields.text(name).is_empty());
    let rows: Vec<Row> = slice.items.iter().map(|one| row(&console, one)).collect();
    let next = slice.next.map(|row| {
        let cursor = cursor(row);
        address(&path, &fields, ("cursor", &cursor))
    });
    let page = PeoplePage {
        tabs: tabs(look, (&path, &fields), may_manage),
        roles: role_names(look),
        teams: choices(&branches),
        // Who does not look after members is not shown everybody.
        is_alone: may_manage && !is_filtered && next.is_none() && rows.len() == 1,
        rows,
        next,
        is_filtered,
        may_manage,
        frame: console.frame("people-title"),
        fields,
    };
    Ok(console.page(&page))
}

/// What the address asks for; what it cannot ask for is left out.
fn wanted(fields: &Fields) -> Wanted {
    let search = fields.text("q").trim();
    Wanted {
        search: (!search.is_empty()).then(|| search.to_owned()),
        role: named::held::read(fields.text("role")),
        teams: team_of(fields).map(|team| vec![team]),
        standing: named::standing::read(fields.text("standing")),
        hidden_from: None,
    }
}

/// The team that a form names, if it does.
fn team_of(fields: &Fields) -> Option<TeamId> {
    fields.text("team").parse::<Uuid>().ok().map(TeamId)
}

/// The address of the list with one part of what is looked for changed; a page is one of a list.
fn address(path: &str, fields: &Fields, changed: (&str, &str)) -> String {
    let mut query = Serializer::new(String::new());
    for name in FILTERS {
        let value = match changed {
            (other, value) if other == name => value,
            _ if name == "cursor" => "",
            _ => fields.text(name),
        };
        if !value.trim().is_empty() {
            query.append_pair(name, value.trim());
        }
    }
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// Who has not joined is listed for who looks after members alone.
fn tabs(look: &Look, (path, fields): (&str, &Fields), may_manage: bool) -> Vec<Tab> {
    let tab = |word: &str, name: String| Tab {
        name,
        path: address(path, fields, ("standing", word)),
        is_here: fields.text("standing") == word,
    };
    let all = tab("", look.say("people-all"));
    let offered = named::standing::ALL
        .iter()
        .filter(|one| may_manage || **one != Standing::Invited);
    let others = offered.map(|one| {
        tab(
            named::standing::word(*one),
            look.say(named::standing::key(*one)),
        )
    });
    std::iter::once(all).chain(others).collect()
}

/// Every role, as a word and a name.
fn role_names(look: &Look) -> Vec<(&'static str, String)> {
    let role = |one: &Role| (named::held::word(*one), look.say(named::held::key(*one)));
    named::held::ALL.iter().map(role).collect()
}

/// The teams to choose from, each under the names of those above it.
fn choices(branches: &[Branch]) -> Vec<TeamChoice> {
    let mut above: Vec<&str> = Vec::new();
    let mut all = Vec::with_capacity(branches.len());
    for branch in branches {
        above.truncate(branch.depth);
        above.push(&branch.team.name);
        all.push(TeamChoice {
            id: branch.team.id.to_string(),
            name: above.join(" › "),
        });
    }
    all
}

fn row<P: Door>(console: &Console<P>, seen: &Seen) -> Row {
    let (member, look) = (&seen.member, &console.look);
    let roles: Vec<String> = member
        .roles
        .0
        .iter()
        .map(|role| look.say(named::held::key(*role)))
        .collect();
    let (standing, tone) = shown_standing(look, standing(member));
    Row {
        path: console.path(&format!("people/{}", member.id)),
        name: member.display_name.clone(),
        email: member.email.clone().unwrap_or_default(),
        team: seen.team.clone().unwrap_or_default(),
        roles: roles.join(", "),
        standing,
        tone,
    }
}

/// How far somebody has come, in words and in a tone.
fn shown_standing(look: &Look, standing: Standing) -> (String, &'static str) {
    let tone = match standing {
        Standing::Joined => "success",
        Standing::Invited => "",
        Standing::Left => "quiet",
    };
    (look.say(named::standing::key(standing)), tone)
}

/// The tree of teams, for who may look at members.
async fn branches<P: Door>(app: &App, console: &Console<P>) -> Result<Vec<Branch>, Response> {
    tree::show_tree(app, &console.actor).await.or_page(console)
}

#[cfg(test)]
mod tests;
