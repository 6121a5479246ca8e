//! The tree of teams: grown, bent and pruned.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::enums::Permission;
use entity::ids::TeamId;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::{TeamChoice, branches, choices};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::http::auth::permissions::{ManageMembers, ReadMembers};
use crate::http::console::door::{Console, Door, InPath};
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::page::Answer;
use crate::http::console::toast::Toast;
use crate::service::teams::{self, Branch, TeamError};

/// A tree is set in as far as this.
const DEEPEST: usize = 5;

#[derive(Template)]
#[template(path = "console/teams.html")]
struct TeamsPage {
    frame: Frame,
    rows: Vec<Row>,
    choices: Vec<TeamChoice>,
    fields: Fields,
    faults: Faults,
    /// Whether a form is shown again that is not the one of a new team.
    is_old: bool,
    may_manage: bool,
}

/// A team of the tree.
struct Row {
    id: TeamId,
    name: String,
    /// The name in its form.
    typed: String,
    /// Whether its form is shown again.
    is_faulty: bool,
    /// The names of those above it, and its own.
    whole: String,
    depth: usize,
    members: i64,
    people_path: String,
    /// The team above, by its name, as its form has it.
    above: String,
    is_empty: bool,
}

/// Shows the tree.
pub async fn show(console: Console<ReadMembers>, State(app): State<App>) -> Answer {
    let page = shown(&app, &console, None, (Fields::default(), Faults::none())).await?;
    Ok(console.page(&page))
}

async fn shown<P: Door>(
    app: &App,
    console: &Console<P>,
    at_fault: Option<TeamId>,
    (fields, faults): (Fields, Faults),
) -> Result<TeamsPage, Response> {
    let branches = branches(app, console).await?;
    let names = choices(&branches);
    let rows = branches.iter().zip(&names).map(|(one, name)| {
        let row = row(console, (one, name), &branches);
        let is_faulty = at_fault == Some(row.id);
        let typed = |field, kept: &str| {
            let typed = fields.given(field).filter(|_| is_faulty);
            typed.unwrap_or(kept).to_owned()
        };
        Row {
            typed: typed("name", &row.name),
            above: typed("above", &row.above),
            is_faulty,
            ..row
        }
    });
    Ok(TeamsPage {
        rows: rows.collect(),
        choices: names,
        fields,
        faults,
        is_old: at_fault.is_some(),
        may_manage: console.actor.require(Permission::ManageMembers).is_ok(),
        frame: console.frame("teams-title"),
    })
}

fn row<P: Door>(
    console: &Console<P>,
    (branch, name): (&Branch, &TeamChoice),
    all: &[Branch],
) -> Row {
    let team = &branch.team;
    let mut below = all.iter().filter(|one| one.team.parent_id == Some(team.id));
    let above = |one: &&Branch| team.parent_id == Some(one.team.id);
    let above = all.iter().find(above).map(|one| one.team.name.clone());
    Row {
        id: team.id,
        name: team.name.clone(),
        typed: String::new(),
        is_faulty: false,
        whole: name.name.clone(),
        depth: branch.depth.min(DEEPEST),
        members: branch.members,
        people_path: console.path(&format!("people?team={}", team.id)),
        above: above.unwrap_or_default(),
        is_empty: branch.members == 0 && below.next().is_none(),
    }
}

/// The team above that a form names, if it does.
fn parent_of(fields: &Fields) -> Option<TeamId> {
    fields.text("parent").parse::<Uuid>().ok().map(TeamId)
}

/// Makes a team.
pub async fn create(
    console: Console<ManageMembers>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let wanted = (fields.text("name"), parent_of(&fields));
    match teams::create_team(&app, &console.actor, wanted).await {
        Ok(_) => Ok(console.go("people/teams", Some(Toast::of("toast-team-made")))),
        Err(error) => again(&app, &console, None, (fields, error)).await,
    }
}

/// Gives a team the name and the place that were chosen.
pub async fn change(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    let all = branches(&app, &console).await?;
    let before = all.iter().find(|one| one.team.id == TeamId(id));
    let Some(before) = before.map(|one| &one.team) else {
        return Err(console.not_found());
    };
    let above = all.iter().find(|one| Some(one.team.id) == before.parent_id);
    let query = Serializer::new(String::new())
        .append_pair("name", &before.name)
        .append_pair("above", above.map_or("", |one| &one.team.name))
        .finish();
    let undo = console.path(&format!("people/teams/{id}/undo?{query}"));
    let toast = Toast::of("toast-team-saved").undo(undo);
    place(&app, &console, (TeamId(id), &all), (fields, toast)).await
}

/// Gives a team the name and the place that it had.
pub async fn undo(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Fields::read(query.unwrap_or_default().as_bytes());
    let all = branches(&app, &console).await?;
    let toast = Toast::of("toast-undone");
    place(&app, &console, (TeamId(id), &all), (asked, toast)).await
}

async fn place(
    app: &App,
    console: &Console<ManageMembers>,
    (id, all): (TeamId, &[Branch]),
    (fields, toast): (Fields, Toast),
) -> Answer {
    let above = fields.text("above").trim();
    let named = all.iter().find(|one| one.team.name == above);
    let parent = match (above, named) {
        ("", _) => Ok(None),
        (_, Some(one)) => Ok(Some(one.team.id)),
        (_, None) => Err(TeamError::from(Fault::new("parent_id", "is no team"))),
    };
    // The name first: it is refused more often, and then the team stays where it is.
    let done = match parent {
        Ok(parent) => {
            let named = teams::rename_team(app, &console.actor, id, fields.text("name")).await;
            match named {
                Ok(_) => teams::move_team(app, &console.actor, id, parent).await,
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(console.go("people/teams", Some(toast))),
        Err(error) => again(app, console, Some(id), (fields, error)).await,
    }
}

/// Takes an empty team away.
pub async fn remove(
    console: Console<ManageMembers>,
    State(app): State<App>,
    InPath(id): InPath<Uuid>,
    fields: Fields,
) -> Answer {
    match teams::remove_team(&app, &console.actor, TeamId(id)).await {
        Ok(()) => Ok(console.go("people/teams", Some(Toast::of("toast-team-removed")))),
        // A second click.
        Err(TeamError::NotFound) => Ok(console.go("people/teams", None)),
        Err(error) => again(&app, &console, Some(TeamId(id)), (fields, error)).await,
    }
}

/// The tree once more, with what is wrong at a team's form.
async fn again(
    app: &App,
    console: &Console<ManageMembers>,
    at_fault: Option<TeamId>,
    (fields, error): (Fields, TeamError),
) -> Answer {
    let look = &console.look;
    let faults = match error {
        TeamError::Forbidden(_) => return Err(console.forbidden()),
        TeamError::NotFound => return Err(console.not_found()),
        TeamError::Store(cause) => return Err(console.failed(&cause)),
        TeamError::Invalid(faults) => Faults::of(&faults, |fault: &Fault| {
            look.say(match fault.field.as_str() {
                "parent_id" => "team-place-fault",
                _ => "team-name-fault",
            })
        }),
        TeamError::NameTaken => Faults::none().and("name", look.say("team-name-taken")),
        TeamError::NotEmpty => Faults::none().and("name", look.say("team-not-empty")),
        TeamError::Meant => Faults::none().and("name", look.say("team-meant")),
    };
    let page = shown(app, console, at_fault, (fields, faults)).await?;
    Ok(console.again(&page))
}
