//! Connecting a chat: out to its page, and back from it.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use entity::enums::Platform;
use url::form_urlencoded;

use super::{BASE, word};
use crate::app::App;
use crate::http::auth::permissions::ManageOrganization;
use crate::http::console::cookies;
use crate::http::console::door::Console;
use crate::http::console::look::Look;
use crate::http::console::page::{self, Answer, Kind};
use crate::http::console::toast::Toast;
use crate::http::public::visit::Visit;
use crate::service::connections::{self, Back, ConnectError};
use crate::service::sessions::{self, LoggedIn};

/// Why nothing was connected, and the way back.
#[derive(Template)]
#[template(path = "console/connect_refused.html")]
struct RefusedPage<'a> {
    frame: &'a Look,
    text: String,
    /// Where it is begun anew; none where that is not known.
    onward: Option<String>,
}

/// Sends the browser to Slack.
pub async fn begin_slack(console: Console<ManageOrganization>, State(app): State<App>) -> Answer {
    begin(&app, &console, Platform::Slack).await
}

/// Sends the browser to Discord.
pub async fn begin_discord(console: Console<ManageOrganization>, State(app): State<App>) -> Answer {
    begin(&app, &console, Platform::Discord).await
}

async fn begin(app: &App, console: &Console<ManageOrganization>, platform: Platform) -> Answer {
    match connections::begin(app, &console.logged_in, platform).await {
        Ok(sent) => {
            let answer = page::see_other(sent.url.as_str());
            let bound = (word(platform), sent.cookie.as_str());
            Ok(cookies::bind_connection(app, answer, bound))
        }
        Err(error) => {
            let back = console.path(BASE);
            Err(refused(&console.look, Some(back), (platform, &error)))
        }
    }
}

/// Takes back who comes from Slack.
pub async fn finish_slack(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Answer {
    finish(&app, Platform::Slack, (query, visit.headers())).await
}

/// Takes back who comes from Discord.
pub async fn finish_discord(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Answer {
    finish(&app, Platform::Discord, (query, visit.headers())).await
}

async fn finish(
    app: &App,
    platform: Platform,
    (query, headers): (Option<String>, &HeaderMap),
) -> Answer {
    let stranger = Look::of_stranger(headers, None, app.now());
    let found = match cookies::session(app, headers) {
        Some(token) => sessions::find(app, token).await,
        None => Ok(None),
    };
    let found = found.map_err(|error| page::failure(&stranger, None, &error))?;
    let Some(logged_in) = found else {
        let error = ConnectError::NotBegun;
        return Err(refused(&stranger, None, (platform, &error)));
    };
    let (answer, is_taken) = finished(app, &logged_in, (platform, query, headers)).await;
    if is_taken {
        Ok(cookies::unbind_connection(app, answer, word(platform)))
    } else {
        Ok(answer)
    }
}

/// The answer, and whether what the browser was bound by is used up: somebody who is lured here
/// ends no try of theirs that is under way.
async fn finished(
    app: &App,
    logged_in: &LoggedIn,
    (platform, query, headers): (Platform, Option<String>, &HeaderMap),
) -> (Response, bool) {
    let query = query.unwrap_or_default();
    let all: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let given = |wanted: &str| {
        let found = all.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let back = Back {
        cookie: cookies::bound_connection(app, headers, word(platform)).unwrap_or_default(),
        state: given("state").unwrap_or_default(),
        code: given("code").unwrap_or_default(),
        error: given("error"),
    };
    let actor = &logged_in.actor;
    let path = format!("/o/{}/{BASE}", actor.organization.slug);
    match connections::finish(app, logged_in, (platform, back)).await {
        Ok(connected) => {
            let key = if connected.missing.is_empty() {
                "toast-connected"
            } else {
                "toast-connected-with-less"
            };
            let signed = Toast::of(key).sign(app, actor);
            let answer = page::see_other(&format!("{path}?toast={signed}"));
            (answer, true)
        }
        Err(error) => {
            let is_taken = is_taken(&error);
            let whose = (&actor.organization, &actor.member);
            let look = Look::of_member(headers, whose, app.now());
            let answer = refused(&look, Some(path), (platform, &error));
            (answer, is_taken)
        }
    }
}

/// Whether what failed did so with the browser's word taken, as far as that is known.
fn is_taken(error: &ConnectError) -> bool {
    match error {
        ConnectError::Declined
        | ConnectError::Elsewhere
        | ConnectError::Chat(_)
        | ConnectError::NotOffered
        | ConnectError::Unsealable => true,
        ConnectError::NotBegun
        | ConnectError::ByAnothersWord
        | ConnectError::Forbidden(_)
        | ConnectError::NotFound
        | ConnectError::Store(_) => false,
    }
}

/// Says why nothing was connected. The log learns what the chat did.
fn refused(
    look: &Look,
    onward: Option<String>,
    (platform, error): (Platform, &ConnectError),
) -> Response {
    let chat = word(platform);
    let (kind, key) = match error {
        ConnectError::Store(error) => return page::failure(look, None, error),
        ConnectError::Forbidden(_) => return page::notice(look, Kind::Forbidden, None),
        ConnectError::NotFound => return page::notice(look, Kind::NotFound, None),
        ConnectError::NotOffered => (Kind::NotFound, "connect-not-offered"),
        ConnectError::NotBegun => (Kind::Forbidden, "connect-not-begun"),
        ConnectError::Declined => (Kind::Forbidden, "connect-declined"),
        ConnectError::ByAnothersWord => (Kind::Forbidden, "connect-by-another"),
        ConnectError::Elsewhere => {
            tracing::warn!(
                chat,
                "a workspace was not connected: it is another organization's"
            );
            (Kind::Changed, "connect-elsewhere")
        }
        ConnectError::Chat(cause) => {
            tracing::warn!(chat, %cause, "a chat granted nothing: {cause}");
            (Kind::Beyond, "connect-chat")
        }
        ConnectError::Unsealable => (Kind::Broken, "connect-unsealable"),
    };
    let text = look.say(key);
    let refused = RefusedPage {
        frame: look,
        text,
        onward,
    };
    page::page(kind, &refused)
}
