//! One-time links: looking at one shows a button, or the form of the first start; pressing it
//! uses the link up and logs in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use entity::enums::LoginPurpose;
use secrecy::SecretString;

use super::cookies;
use super::form::{Faults, Fields};
use super::look::Look;
use super::page::{self, Answer, Kind};
use crate::app::App;
use crate::domain::login::{PasswordFault, SHORTEST_PASSWORD};
use crate::http::public::visit::{InPath, Visit};
use crate::service::login_links::{self, EnterError, Form, Seen};
use crate::service::sessions::Browser;

#[derive(Template)]
#[template(path = "console/enter.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each of them is a part of the form that is there or not"
)]
struct EnterPage<'a> {
    frame: &'a Look,
    token: &'a str,
    /// The organization's name; none where it is made here.
    organization: Option<&'a str>,
    /// The member's name.
    member: &'a str,
    /// Whether the form asks for an address.
    asks_email: bool,
    /// Whether the form asks for the owner's name.
    asks_name: bool,
    /// Whether a password can be chosen, which the first start asks for.
    takes_password: bool,
    fields: &'a Fields,
    faults: Faults,
    shortest: usize,
    is_reachable: bool,
}

/// Shows whom the link would let in.
pub async fn show(State(app): State<App>, InPath(token): InPath, visit: Visit) -> Answer {
    let (look, seen) = look(&app, &token, &visit).await?;
    let member = seen.member.as_ref();
    let name = member.map_or("", |member| &member.display_name);
    let fields = Fields::of([("name", name.to_owned())]);
    let shown = shown(&app, (&look, &seen, &token), (&fields, Faults::none()));
    Ok(page::page(Kind::Good, &shown))
}

/// Uses the link up.
pub async fn enter(
    State(app): State<App>,
    InPath(token): InPath,
    visit: Visit,
    fields: Fields,
) -> Answer {
    let (look, seen) = look(&app, &token, &visit).await?;
    let form = Form {
        organization: fields.text("organization").to_owned(),
        name: fields.text("name").to_owned(),
        email: fields.text("email").to_owned(),
        password: fields
            .given("password")
            // Who does not forget leaves it empty.
            .filter(|typed| !typed.is_empty())
            .map(|typed| SecretString::from(typed.to_owned())),
    };
    let browser = Browser {
        user_agent: visit.user_agent(),
        before: cookies::session(&app, visit.headers()),
    };
    match login_links::enter(&app, &token, form, browser).await {
        Ok(begun) => {
            let home = format!("/o/{}/", begun.actor.organization.slug);
            let answer = page::see_other(&home);
            Ok(cookies::begin(&app, answer, &begun))
        }
        Err(error) => {
            let faults = faults(&look, error)?;
            let shown = shown(&app, (&look, &seen, &token), (&fields, faults));
            Ok(page::page(Kind::Faulty, &shown))
        }
    }
}

fn shown<'a>(
    app: &App,
    (look, seen, token): (&'a Look, &'a Seen, &'a str),
    (fields, faults): (&'a Fields, Faults),
) -> EnterPage<'a> {
    let member = seen.member.as_ref();
    let is_first = seen.purpose == LoginPurpose::FirstStart;
    EnterPage {
        frame: look,
        token,
        organization: seen.organization.as_ref().map(|house| house.name.as_str()),
        member: member.map_or("", |member| &member.display_name),
        asks_email: is_first && member.is_none_or(|member| member.email.is_none()),
        asks_name: is_first,
        takes_password: seen.takes_password,
        fields,
        faults,
        shortest: SHORTEST_PASSWORD,
        is_reachable: cookies::would_be_kept(app),
    }
}

async fn look(app: &App, token: &str, visit: &Visit) -> Result<(Look, Seen), Response> {
    let stranger = |house| Look::of_stranger(visit.headers(), house, app.now());
    let seen = login_links::look(app, token).await;
    let seen = seen.map_err(|error| refused(&stranger(None), error))?;
    Ok((stranger(seen.organization.as_ref()), seen))
}

/// What is wrong with the form; a link that is gone and other trouble have pages of their own.
#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
fn faults(look: &Look, error: EnterError) -> Result<Faults, Response> {
    match error {
        EnterError::PasswordFault(fault) => {
            Ok(Faults::none().and("password", password_fault(look, fault)))
        }
        EnterError::Invalid(faults) => Ok(faults.iter().fold(Faults::none(), |all, fault| {
            let (field, key) = match fault.field.as_str() {
                "owner.email" => ("email", "email-fault"),
                "owner.name" => ("name", "name-fault"),
                _ => ("organization", "organization-fault"),
            };
            if all.at(field).is_some() {
                return all;
            }
            all.and(field, look.say(key))
        })),
        EnterError::Gone | EnterError::Password(_) | EnterError::Store(_) => {
            Err(refused(look, error))
        }
    }
}

/// Why a password cannot be chosen, and what would do.
pub(super) fn password_fault(look: &Look, fault: PasswordFault) -> String {
    match fault {
        PasswordFault::TooShort => look.count("password-too-short", SHORTEST_PASSWORD),
        PasswordFault::TooLong => look.say("password-too-long"),
        PasswordFault::Guessable => look.say("password-guessable"),
    }
}

fn refused(look: &Look, error: EnterError) -> Response {
    match error {
        EnterError::Gone | EnterError::Invalid(_) | EnterError::PasswordFault(_) => {
            page::notice(look, Kind::Gone, None)
        }
        EnterError::Password(cause) => {
            tracing::error!(%cause, "nobody can log in: {cause}");
            page::notice(look, Kind::Broken, None)
        }
        EnterError::Store(error) => page::failure(look, None, &error),
    }
}
