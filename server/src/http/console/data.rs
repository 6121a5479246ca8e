//! The data of who is logged in: all of it as a file, and how it is erased. After that there is
//! nobody to show a page of the console to, so the last one stands outside.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::cookies;
use super::door::{Anyone, Console, Door};
use super::form::{Faults, Fields};
use super::frame::Frame;
use super::look::Look;
use super::page::{self, Answer, Kind};
use crate::app::App;
use crate::http::export;
use crate::service::exports::{self, ExportError};
use crate::service::members::erasure::{self, EraseError};

#[derive(Template)]
#[template(path = "console/data.html")]
struct DataPage {
    frame: Frame,
    name: String,
    /// Whether the log-in is by the word of somebody else, who may be who is here.
    by_another: bool,
    fields: Fields,
    faults: Faults,
}

#[derive(Template)]
#[template(path = "console/notice.html")]
struct GoodbyePage<'a> {
    frame: &'a Look,
    title: String,
    text: String,
    onward: Option<(String, String)>,
}

/// Shows what there is to do.
pub async fn show(console: Console<Anyone>) -> Answer {
    let page = shown(&console, (Fields::default(), Faults::none()));
    Ok(console.page(&page))
}

fn shown(console: &Console<Anyone>, (fields, faults): (Fields, Faults)) -> DataPage {
    DataPage {
        frame: console.frame("data-title"),
        name: console.actor.member.display_name.clone(),
        by_another: console.actor.issuer.is_some(),
        fields,
        faults,
    }
}

/// All that is known of the member, as a file.
pub async fn export(console: Console<Anyone>, State(app): State<App>) -> Answer {
    let export = exports::export_me(&app, &console.actor).await;
    let export = export.map_err(|error| not_exported(&console, error))?;
    Ok(export::file(&app, export))
}

/// Why a file is not handed out, as a page.
pub(super) fn not_exported<P: Door>(console: &Console<P>, error: ExportError) -> Response {
    match error {
        ExportError::Forbidden(_) => console.forbidden(),
        ExportError::NotFound => console.not_found(),
        ExportError::Store(error) => console.failed(&error),
    }
}

/// Erases the member, and ends with a plain page.
pub async fn erase(console: Console<Anyone>, State(app): State<App>, fields: Fields) -> Answer {
    match erasure::erase_me(&app, &console.actor, fields.text("name")).await {
        Ok(()) => {
            let slug = &console.actor.organization.slug;
            let gone = page::see_other(&format!("/o/{slug}/goodbye"));
            Ok(cookies::end(&app, gone))
        }
        Err(error) => {
            let faults = not_erased(&console, error)?;
            Ok(console.again(&shown(&console, (fields, faults))))
        }
    }
}

/// Why somebody is not erased: at the field, or as a page.
#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
pub(super) fn not_erased<P: Door>(
    console: &Console<P>,
    error: EraseError,
) -> Result<Faults, Response> {
    let key = match error {
        EraseError::NotMeant => "erase-not-meant",
        EraseError::LastOwner => "erase-last-owner",
        EraseError::ByAnothersWord => "erase-by-another",
        EraseError::Forbidden(_) => return Err(console.forbidden()),
        EraseError::NotFound => return Err(console.not_found()),
        EraseError::Store(error) => return Err(console.failed(&error)),
    };
    Ok(Faults::none().and("name", console.look.say(key)))
}

/// What is seen by who was erased.
pub async fn goodbye(State(app): State<App>, headers: HeaderMap) -> Response {
    let look = Look::of_stranger(&headers, None, app.now());
    let page_of_goodbye = GoodbyePage {
        title: look.say("goodbye-title"),
        text: look.say("goodbye-text"),
        onward: None,
        frame: &look,
    };
    page::page(Kind::Good, &page_of_goodbye)
}

#[cfg(test)]
mod tests;
