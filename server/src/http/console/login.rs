//! Logging in by address and password; and forms that came when nobody was logged in any more,
//! which are carried along and sent again after.

use askama::Template;
use axum::extract::{RawPathParams, RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header;
use axum::response::Response;
use entity::organization;
use secrecy::SecretString;
use url::form_urlencoded;

use super::cookies;
use super::form::Fields;
use super::look::Look;
use super::page::{self, Answer, Kind};
use crate::app::App;
use crate::domain::login::onward;
use crate::http::public::visit::Visit;
use crate::service::actor::Actor;
use crate::service::logins::{self, Asked, LogInError};
use crate::service::openid::{self, Provider};
use crate::service::sessions::{self, Browser};

/// What is typed in a chat for a link that lets in.
const COMMAND: &str = "/chorus console";

#[derive(Template)]
#[template(path = "console/login.html")]
struct LogInPage<'a> {
    frame: &'a Look,
    organization: &'a organization::Model,
    /// Where it goes on.
    next: String,
    /// The form that waits to be sent again.
    waiting: Waiting,
    /// The address, as it was typed.
    email: String,
    /// What is wrong.
    fault: Option<String>,
    /// Whether a browser would keep the session at all.
    is_reachable: bool,
    /// Other ways in: where they begin, and what is on their button.
    providers: Vec<(String, String)>,
    command: &'static str,
    /// Where who is logged in may go without what waits, which is not theirs.
    home: Option<String>,
}

/// A form that came when nobody was logged in any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    /// Its fields, as they came.
    pub(super) typed: Option<String>,
    /// Whose browser it came from, as a tag; none where that is not known.
    pub(super) whose: Option<String>,
}

impl Waiting {
    /// What the log-in page carried.
    fn of(fields: &Fields) -> Self {
        let given = |name| fields.given(name).filter(|text| !text.is_empty());
        Self {
            typed: fields.given("typed").map(str::to_owned),
            whose: given("whose").map(str::to_owned),
        }
    }
}

/// A form that is sent once more.
#[derive(Template)]
#[template(path = "console/resume.html")]
struct ResumePage<'a> {
    frame: &'a Look,
    action: String,
    fields: Fields,
    /// Whether it is known to be its member's, so that a script may send it.
    is_known: bool,
}

impl<'a> LogInPage<'a> {
    /// The page as it is opened, to go on at `next`.
    async fn new(
        app: &App,
        (look, house): (&'a Look, &'a organization::Model),
        next: String,
        waiting: Waiting,
    ) -> Self {
        // Where the database cannot tell, the password is still a way in.
        let offered = openid::offered(app, house).await.unwrap_or_default();
        // What waits stays in this window; another one, in which one logs in, has nothing to send.
        let onward = match waiting.typed {
            Some(_) => format!("/o/{}/", house.slug),
            None => next.clone(),
        };
        let encoded: String = form_urlencoded::byte_serialize(onward.as_bytes()).collect();
        let providers = offered.into_iter().map(|provider| {
            let path = format!("/o/{}/login/{}", house.slug, provider.name());
            let name = match provider {
                Provider::Oidc => app.config.oidc.name.as_str(),
                Provider::Slack => "Slack",
            };
            let label = look.with("openid-with", "name", name);
            (format!("{path}?next={encoded}"), label)
        });
        Self {
            providers: providers.collect(),
            frame: look,
            organization: house,
            next,
            waiting,
            email: String::new(),
            fault: None,
            is_reachable: cookies::would_be_kept(app),
            command: COMMAND,
            home: None,
        }
    }
}

/// The log-in page.
pub async fn show(
    State(app): State<App>,
    params: RawPathParams,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Answer {
    let (look, house) = house(&app, &params, &visit).await?;
    let query = query.unwrap_or_default();
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next");
    let next = onward(&house.slug, next.as_ref().map(|(_, next)| next.as_ref()));
    let shown = LogInPage::new(&app, (&look, &house), next, Waiting::default()).await;
    Ok(page::page(Kind::Good, &shown))
}

/// The log-in page in the place of one whose form came too late.
pub(super) async fn interrupted(
    app: &App,
    (look, house): (&Look, &organization::Model),
    asked: &str,
    waiting: Waiting,
) -> Response {
    let next = onward(&house.slug, Some(asked));
    let key = if waiting.typed.is_some() {
        "session-ended-kept"
    } else {
        "session-ended"
    };
    let mut shown = LogInPage::new(app, (look, house), next, waiting).await;
    shown.fault = Some(look.say(key));
    page::page(Kind::LogIn, &shown)
}

/// Logs a member in.
pub async fn log_in(
    State(app): State<App>,
    params: RawPathParams,
    visit: Visit,
    fields: Fields,
) -> Answer {
    let (look, house) = house(&app, &params, &visit).await?;
    if fields.is_on("again") {
        return logged_in_elsewhere(&app, (&look, &house), &visit, &fields).await;
    }
    let asked = Asked {
        slug: &house.slug,
        email: fields.text("email"),
        password: SecretString::from(fields.text("password").to_owned()),
        address: visit.address(),
        browser: Browser {
            user_agent: visit.user_agent(),
            before: cookies::session(&app, visit.headers()),
        },
    };
    match logins::log_in(&app, asked).await {
        Ok(begun) => {
            let answer = go_on(&app, &visit, &begun.actor, &fields).await;
            Ok(cookies::begin(&app, answer, &begun))
        }
        Err(LogInError::Wrong) => {
            let fault = look.say("log-in-wrong");
            Ok(again(&app, (&look, &house), &fields, (Kind::Faulty, fault)).await)
        }
        Err(LogInError::TooMany { retry_after }) => {
            let fault = look.count("log-in-too-many", minutes_of(retry_after));
            let mut answer = again(&app, (&look, &house), &fields, (Kind::TooMany, fault)).await;
            let seconds = HeaderValue::from(retry_after);
            answer.headers_mut().insert(header::RETRY_AFTER, seconds);
            Ok(answer)
        }
        Err(LogInError::Password(cause)) => {
            tracing::error!(%cause, "nobody can log in: {cause}");
            Err(page::notice(&look, Kind::Broken, None))
        }
        Err(LogInError::Store(error)) => Err(page::failure(&look, None, &error)),
    }
}

/// Whole minutes that hold so many seconds.
pub(super) fn minutes_of(seconds: i64) -> i64 {
    (seconds + 59) / 60
}

/// Goes on for who logged in by another window, by whatever way there is.
async fn logged_in_elsewhere(
    app: &App,
    (look, house): (&Look, &organization::Model),
    visit: &Visit,
    fields: &Fields,
) -> Answer {
    let found = match cookies::session(app, visit.headers()) {
        Some(token) => sessions::find(app, token).await,
        None => Ok(None),
    };
    let found = found.map_err(|error| page::failure(look, None, &error))?;
    if let Some(found) = found.filter(|found| found.actor.organization.id == house.id) {
        return Ok(go_on(app, visit, &found.actor, fields).await);
    }
    let fault = look.say("session-ended-still");
    Ok(again(app, (look, house), fields, (Kind::LogIn, fault)).await)
}

/// On to where the member wanted; a form that waited is sent again by a press of a button, or
/// by the page's script. What somebody else typed is not sent in their name.
async fn go_on(app: &App, visit: &Visit, actor: &Actor, fields: &Fields) -> Response {
    let house = &actor.organization;
    let next = onward(&house.slug, fields.given("next"));
    let waiting = Waiting::of(fields);
    let Some(typed) = waiting.typed else {
        return page::see_other(&next);
    };
    let look = Look::of_member(visit.headers(), (house, &actor.member), app.now());
    let is_theirs = |tag: &String| cookies::is_whose(app, actor, tag);
    if !waiting.whose.as_ref().is_none_or(is_theirs) {
        let mut shown = LogInPage::new(app, (&look, house), next, Waiting::of(fields)).await;
        shown.fault = Some(look.say("session-ended-other"));
        shown.home = Some(format!("/o/{}/", house.slug));
        return page::page(Kind::Forbidden, &shown);
    }
    let shown = ResumePage {
        frame: &look,
        action: next,
        fields: Fields::read(typed.as_bytes()),
        is_known: waiting.whose.is_some(),
    };
    page::page(Kind::Good, &shown)
}

async fn again(
    app: &App,
    (look, house): (&Look, &organization::Model),
    fields: &Fields,
    (kind, fault): (Kind, String),
) -> Response {
    let next = onward(&house.slug, fields.given("next"));
    let mut shown = LogInPage::new(app, (look, house), next, Waiting::of(fields)).await;
    fields.text("email").clone_into(&mut shown.email);
    shown.fault = Some(fault);
    page::page(kind, &shown)
}

async fn house(
    app: &App,
    params: &RawPathParams,
    visit: &Visit,
) -> Result<(Look, organization::Model), Response> {
    let slug = params.iter().find(|(name, _)| *name == "slug");
    let found = logins::house(app, slug.map_or("", |(_, slug)| slug)).await;
    let headers = visit.headers();
    let found = found.map_err(|error| {
        page::failure(&Look::of_stranger(headers, None, app.now()), None, &error)
    })?;
    let look = Look::of_stranger(headers, found.as_ref(), app.now());
    match found {
        Some(house) => Ok((look, house)),
        None => Err(page::notice(&look, Kind::NotFound, None)),
    }
}

#[cfg(test)]
mod tests;
