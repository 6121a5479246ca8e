//! What the forms of the chat window do. Each answers with a redirect: back to the conversation, or on
//! to the address behind a link button.
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

use super::Inspector;
use super::chat::{not_found, person};
use super::dialog::SEPARATOR;
use super::home::Tab;
use crate::emulator::slack::ids::{ChannelId, Ts};
use crate::emulator::slack::person::{Person, PersonError};

pub(super) fn router() -> Router<Inspector> {
    Router::new()
        .route("/chat/{user}/{channel}/say", post(say))
        .route("/chat/{user}/{channel}/press", post(press))
        .route("/chat/{user}/{channel}/dialog", post(submit))
        .route("/chat/{user}/{channel}/dialog/close", post(close))
}

#[derive(Deserialize)]
struct Line {
    line: String,
}

#[derive(Deserialize)]
struct Pressed {
    ts: String,
    block: String,
    action: String,
    option: Option<String>,
}

type At = Path<(String, String)>;

fn back(user: &str, channel: &str) -> Response {
    Redirect::to(&format!("/chat/{user}/{channel}")).into_response()
}

/// What went wrong, in a sentence; the conversation itself is on the screen already.
fn explain(error: &PersonError) -> Response {
    let words = match error {
        PersonError::Nobody { .. } => "The app is not installed in this workspace.",
        PersonError::NoChannel(_) => "This conversation does not exist.",
        PersonError::NothingThere { .. } => "That is no longer there; the message has changed.",
        PersonError::InVain { .. } => "The app did not answer.",
        PersonError::NoDialog { .. } => "The dialog is closed already.",
    };
    (StatusCode::CONFLICT, words).into_response()
}

async fn say(
    State(inspector): State<Inspector>,
    Path((user, channel)): At,
    Form(line): Form<Line>,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let line = line.line.trim();
    if line.is_empty() {
        return back(&user, &channel);
    }
    match person.types(line, channel.as_str()) {
        Ok(_) => back(&user, &channel),
        Err(error) => explain(&error),
    }
}

async fn press(
    State(inspector): State<Inspector>,
    Path((user, channel)): At,
    Form(pressed): Form<Pressed>,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let ids = (pressed.block.as_str(), pressed.action.as_str());
    let option = pressed.option.as_deref();
    let pressed = match Tab::of(&channel) {
        Tab::Home => person.presses_on_home(ids, option),
        Tab::Messages => {
            let place = (&ChannelId::from(channel.as_str()), &Ts::from(&*pressed.ts));
            person.presses(place, ids, option)
        }
    };
    match pressed {
        Ok(press) => match press.opens {
            Some(url) => Redirect::to(&url).into_response(),
            None => back(&user, &channel),
        },
        Err(error) => explain(&error),
    }
}

fn fill(person: &Person, fields: Vec<(String, String)>) -> Result<(), PersonError> {
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        if let Some(ids) = name.split_once(SEPARATOR) {
            person.enters(ids, &value)?;
        }
    }
    Ok(())
}

async fn submit(
    State(inspector): State<Inspector>,
    Path((user, channel)): At,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let filled = fill(&person, fields);
    let submitted = match filled {
        Ok(()) => person.submits().await,
        Err(error) => Err(error),
    };
    match submitted {
        Ok(()) => back(&user, &channel),
        Err(error) => explain(&error),
    }
}

async fn close(State(inspector): State<Inspector>, Path((user, channel)): At) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    match person.closes_dialog() {
        Ok(()) => back(&user, &channel),
        Err(error) => explain(&error),
    }
}
