//! Inviting people by their addresses, and what became of it. Links into the console are shown in
//! the answer, once.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use entity::enums::Platform;

use super::letter::{Letter, letter};
use super::roles::{RoleTick, ticked, ticks};
use super::{TeamChoice, branches, choices, team_of};
use crate::app::App;
use crate::domain::fault::Fault;
use crate::domain::people::{INVITED_AT_ONCE, Standing, standing, typed};
use crate::http::auth::permissions::ManageMembers;
use crate::http::console::door::Console;
use crate::http::console::form::{Faults, Fields};
use crate::http::console::frame::Frame;
use crate::http::console::page::{Answer, OrPage};
use crate::service::login_links::Issued;
use crate::service::members::invite as people;
use crate::service::members::invite::{Invitation, InvitePeopleError, Invited, Outcome};

#[derive(Template)]
#[template(path = "console/invite.html")]
struct InvitePage {
    frame: Frame,
    fields: Fields,
    faults: Faults,
    roles: Vec<RoleTick>,
    teams: Vec<TeamChoice>,
    /// What became of those who were invited just now.
    told: Vec<Told>,
    /// Whether links are among it.
    has_links: bool,
    /// Whether invitations are among it.
    has_letters: bool,
}

/// What became of one address.
struct Told {
    email: String,
    /// The member's page, if there is one.
    path: Option<String>,
    outcome: String,
    tone: &'static str,
    link: Option<Issued>,
    letter: Option<Letter>,
}

/// Shows the form.
pub async fn show(console: Console<ManageMembers>, State(app): State<App>) -> Answer {
    let page = shown(&app, &console, Fields::default(), Faults::none()).await?;
    Ok(console.page(&page))
}

async fn shown(
    app: &App,
    console: &Console<ManageMembers>,
    fields: Fields,
    faults: Faults,
) -> Result<InvitePage, Response> {
    Ok(InvitePage {
        roles: ticks(console, &ticked(&fields)),
        teams: choices(&branches(app, console).await?),
        told: Vec::new(),
        has_links: false,
        has_letters: false,
        frame: console.frame("invite-title"),
        fields,
        faults,
    })
}

/// Invites those who were typed.
pub async fn invite(
    console: Console<ManageMembers>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let wanted = Invitation {
        people: typed(fields.text("people")),
        team: team_of(&fields),
        roles: ticked(&fields),
        language: None,
    };
    let invited = match people::invite_people(&app, &console.actor, wanted).await {
        Ok(invited) => invited,
        Err(InvitePeopleError::Forbidden(_)) => return Err(console.forbidden()),
        Err(InvitePeopleError::Store(error)) => return Err(console.failed(&error)),
        Err(InvitePeopleError::Invalid(faults)) => {
            let faults = Faults::of(&faults, |fault| sentence(&console, &fields, fault));
            let page = shown(&app, &console, fields, faults).await?;
            return Ok(console.again(&page));
        }
    };
    // What was refused stays where it can be mended.
    let left = left_over(&invited);
    let faults = if left.is_empty() {
        Faults::none()
    } else {
        Faults::none().and("people", console.look.say("invite-refused"))
    };
    let mut kept: Vec<(String, String)> = (fields.iter())
        .filter(|(name, _)| *name != "people")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    kept.push(("people".to_owned(), left));
    let page = shown(&app, &console, Fields::from(kept), faults).await?;
    let chats = people::chats_to_join(&app, &console.actor).await;
    let chats = chats.or_page(&console)?;
    let told: Vec<Told> = (invited.into_iter())
        .map(|one| told(&console, one, &chats))
        .collect();
    let page = InvitePage {
        has_links: told.iter().any(|one| one.link.is_some()),
        has_letters: told.iter().any(|one| one.letter.is_some()),
        told,
        ..page
    };
    Ok(if page.faults.is_empty() {
        console.page(&page)
    } else {
        console.again(&page)
    })
}

fn sentence(console: &Console<ManageMembers>, fields: &Fields, fault: &Fault) -> String {
    match fault.field.as_str() {
        "team_id" => console.look.say("team-fault"),
        _ if typed(fields.text("people")).is_empty() => console.look.say("invite-nobody"),
        _ => console.look.count("invite-too-many", INVITED_AT_ONCE),
    }
}

/// The addresses that were refused, one a line.
fn left_over(invited: &[Invited]) -> String {
    let refused = invited.iter().filter(|one| match one.outcome {
        Outcome::Refused(_) => true,
        Outcome::Added(..) | Outcome::Known(_) => false,
    });
    let lines: Vec<&str> = refused.map(|one| one.email.as_str()).collect();
    lines.join("\n")
}

fn told(console: &Console<ManageMembers>, one: Invited, chats: &[Platform]) -> Told {
    let look = &console.look;
    let house = &console.actor.organization;
    let path = |id| Some(console.path(&format!("people/{id}")));
    match one.outcome {
        Outcome::Added(seen, link) => Told {
            email: one.email,
            path: path(seen.member.id),
            outcome: look.say("invite-added"),
            tone: "success",
            link,
            letter: letter(house, &seen.member, chats),
        },
        Outcome::Known(seen) => Told {
            email: one.email,
            path: path(seen.member.id),
            outcome: match standing(&seen.member) {
                Standing::Left => look.say("invite-left"),
                Standing::Invited | Standing::Joined => look.say("invite-known"),
            },
            tone: "quiet",
            link: None,
            letter: letter(house, &seen.member, chats),
        },
        Outcome::Refused(_) => Told {
            email: one.email,
            path: None,
            outcome: look.say("invite-not"),
            tone: "danger",
            link: None,
            letter: None,
        },
    }
}
