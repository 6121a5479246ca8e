//! What concerns the member who is logged in: theme, language, password, sessions, logging out.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use entity::enums::Language;
use entity::ids::SessionId;
use entity::session;
use secrecy::SecretString;
use uuid::Uuid;

use super::cookies;
use super::door::{Anyone, Console};
use super::enter::password_fault;
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::login::minutes_of;
use super::look::Theme;
use super::page::{self, Answer, Kind, OrPage};
use super::toast::Toast;
use crate::app::App;
use crate::domain::login::SHORTEST_PASSWORD;
use crate::service::credentials::{self, ChangePasswordError};
use crate::service::me::{self, Change, UpdateMeError};
use crate::service::sessions::{self, EndError};

#[derive(Template)]
#[template(path = "console/you.html")]
struct YouPage {
    frame: Frame,
    email: Option<String>,
    themes: [Theme; 3],
    languages: [(Language, &'static str, &'static str); 2],
    language: Language,
    sessions: Vec<session::Model>,
    this: SessionId,
    has_password: bool,
    faults: Faults,
    shortest: usize,
}

/// Languages by code and by the name that their speakers give them.
const LANGUAGES: [(Language, &str, &str); 2] = [
    (Language::En, "en", "English"),
    (Language::De, "de", "Deutsch"),
];

/// Shows it.
pub async fn show(console: Console<Anyone>, State(app): State<App>) -> Answer {
    let shown = shown(&app, &console, Faults::none()).await?;
    Ok(console.page(&shown))
}

async fn shown(app: &App, console: &Console<Anyone>, faults: Faults) -> Result<YouPage, Response> {
    let actor = &console.actor;
    let own = actor.member.language;
    Ok(YouPage {
        frame: console.frame("you-title"),
        email: actor.member.email.clone(),
        themes: Theme::ALL,
        languages: LANGUAGES,
        language: own.unwrap_or(actor.organization.language),
        sessions: sessions::list(app, actor).await.or_page(console)?,
        this: console.logged_in.session.id,
        has_password: credentials::exists(app, actor).await.or_page(console)?,
        faults,
        shortest: SHORTEST_PASSWORD,
    })
}

/// Has the browser remember a theme.
pub async fn set_theme(
    console: Console<Anyone>,
    State(app): State<App>,
    fields: Fields,
) -> Response {
    let theme = Theme::named(fields.text("theme")).unwrap_or(Theme::System);
    cookies::remember(&app, console.go_to(&console.onward(&fields), None), theme)
}

/// Changes the language in which the member is spoken to, here and in chat.
pub async fn set_language(
    console: Console<Anyone>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let wanted = fields.text("language");
    let Some((language, ..)) = LANGUAGES.into_iter().find(|(_, code, _)| *code == wanted) else {
        return Err(console.not_found());
    };
    let change = Change {
        language: Some(language),
        ..Change::default()
    };
    match me::update(&app, &console.actor, change).await {
        Ok(_) => Ok(console.go_to(&console.onward(&fields), Some(Toast::of("toast-language")))),
        Err(UpdateMeError::Internal(error)) => Err(console.failed(&error)),
        Err(UpdateMeError::Invalid(_) | UpdateMeError::NotFound) => Err(console.not_found()),
    }
}

/// Sets the member's password; other sessions end.
pub async fn set_password(
    console: Console<Anyone>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let look = &console.look;
    let typed = |name| SecretString::from(fields.text(name).to_owned());
    let asked = (typed("current"), typed("password"));
    let kept = Some(console.logged_in.session.id);
    let fault = match credentials::change(&app, &console.actor, asked, kept).await {
        Ok(()) => return Ok(console.go("you", Some(Toast::of("toast-password")))),
        Err(ChangePasswordError::Wrong) => ("current", look.say("password-wrong")),
        Err(ChangePasswordError::TooMany { retry_after }) => (
            "current",
            look.count("log-in-too-many", minutes_of(retry_after)),
        ),
        Err(ChangePasswordError::Forbidden(_)) => return Err(console.forbidden()),
        Err(ChangePasswordError::Fault(fault)) => ("password", password_fault(look, fault)),
        Err(ChangePasswordError::Password(cause)) => {
            tracing::error!(%cause, "a password was not changed: {cause}");
            return Err(page::notice(look, Kind::Broken, Some(&console.path(""))));
        }
        Err(ChangePasswordError::Store(error)) => return Err(console.failed(&error)),
    };
    let faults = Faults::none().and(fault.0, fault.1);
    let shown = shown(&app, &console, faults).await?;
    Ok(console.again(&shown))
}

/// Ends one session.
pub async fn end_session(
    console: Console<Anyone>,
    State(app): State<App>,
    fields: Fields,
) -> Answer {
    let Ok(id) = fields.text("session").parse::<Uuid>() else {
        return Err(console.not_found());
    };
    let ended = sessions::end(&app, &console.actor, SessionId(id)).await;
    over(&console, ended)?;
    Ok(console.go("you", Some(Toast::of("toast-session-ended"))))
}

/// Ends this session.
pub async fn log_out(console: Console<Anyone>, State(app): State<App>) -> Answer {
    let id = console.logged_in.session.id;
    let ended = sessions::end(&app, &console.actor, id).await;
    over(&console, ended)?;
    Ok(cookies::end(&app, console.go("login", None)))
}

/// Ends every session of the member.
pub async fn log_out_everywhere(console: Console<Anyone>, State(app): State<App>) -> Answer {
    let ended = sessions::end_all(&app, &console.actor, None).await;
    over(&console, ended)?;
    Ok(cookies::end(&app, console.go("login", None)))
}

/// What has ended already is as over as what ends now.
#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
fn over<T>(console: &Console<Anyone>, ended: Result<T, EndError>) -> Result<(), Response> {
    match ended {
        Ok(_) | Err(EndError::NotFound) => Ok(()),
        Err(EndError::Forbidden(_)) => Err(console.forbidden()),
        Err(EndError::Internal(error)) => Err(console.failed(&error)),
    }
}
