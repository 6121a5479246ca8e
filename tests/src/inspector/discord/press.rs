//! What the forms of Discord's window do. Each answers with a redirect back to the conversation.
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

use super::{not_found, person};
use crate::emulator::discord::ids::{ChannelId, MessageId};
use crate::emulator::discord::person::{Person, PersonError};
use crate::inspector::Inspector;

pub(super) fn router() -> Router<Inspector> {
    Router::new()
        .route("/discord/{user}/{channel}/say", post(say))
        .route("/discord/{user}/{channel}/press", post(press))
        .route("/discord/{user}/{channel}/dialog", post(submit))
        .route("/discord/{user}/{channel}/dialog/close", post(close))
}

#[derive(Deserialize)]
struct Line {
    line: String,
}

type At = Path<(String, String)>;
type Fields = Form<Vec<(String, String)>>;

/// Back to the conversation, or what went wrong in a sentence; the rest is on the screen already.
fn outcome<T>(done: Result<T, PersonError>, user: &str, channel: &str) -> Response {
    let Err(error) = done else {
        return Redirect::to(&format!("/discord/{user}/{channel}")).into_response();
    };
    let words = match error {
        PersonError::Nobody(_) => "Nobody of this name is here.".to_owned(),
        PersonError::NoChannel(_) => "This conversation does not exist.".to_owned(),
        PersonError::NoCommand { known, .. } if known.is_empty() => {
            "No command can be used here yet.".to_owned()
        }
        PersonError::NoCommand { known, .. } => format!("No such command. There are {known}."),
        PersonError::Refused { what } => format!("Discord does not send {what}."),
        PersonError::NothingThere { .. } => {
            "That is no longer there; the message has changed.".to_owned()
        }
        PersonError::InVain { .. } => "The app did not answer.".to_owned(),
        PersonError::NoDialog { .. } => "The dialog is closed already.".to_owned(),
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
    let said = if line.is_empty() {
        Ok(None)
    } else {
        person.types(line, channel.as_str())
    };
    outcome(said, &user, &channel)
}

async fn press(
    State(inspector): State<Inspector>,
    Path((user, channel)): At,
    Form(fields): Fields,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let all = |name: &str| -> Vec<&str> {
        let of_name = fields.iter().filter(|(known, _)| known == name);
        of_name.map(|(_, value)| value.as_str()).collect()
    };
    let one = |name: &str| all(name).first().copied().unwrap_or_default();
    let place = (
        &ChannelId::from(channel.as_str()),
        &MessageId::from(one("message")),
    );
    let pressed = person.presses(place, one("action"), &all("option"));
    outcome(pressed, &user, &channel)
}

fn fill(person: &Person, fields: &[(String, String)]) -> Result<(), PersonError> {
    let dialog = person.dialog();
    let inputs = dialog.iter().flat_map(|dialog| &dialog.inputs);
    for input in inputs {
        let entered = fields.iter().find(|(name, _)| *name == input.custom_id);
        let takes_text = input.component.get("options").is_none();
        if let Some((name, value)) = entered.filter(|(_, value)| takes_text || !value.is_empty()) {
            // Browsers send two signs for each line's end, and Discord's clients one.
            person.enters(name, &value.replace("\r\n", "\n"))?;
        }
    }
    Ok(())
}

async fn submit(
    State(inspector): State<Inspector>,
    Path((user, channel)): At,
    Form(fields): Fields,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let submitted = match fill(&person, &fields) {
        Ok(()) => person.submits().await,
        Err(error) => Err(error),
    };
    outcome(submitted, &user, &channel)
}

async fn close(State(inspector): State<Inspector>, Path((user, channel)): At) -> Response {
    match person(&inspector, &user) {
        Some(person) => outcome(person.closes_dialog(), &user, &channel),
        None => not_found(),
    }
}
