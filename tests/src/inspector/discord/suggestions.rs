//! What Discord's client offers while somebody types a command.
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{not_found, person};
use crate::emulator::discord::ids::ChannelId;
use crate::inspector::Inspector;

/// How many fit above the line.
const SHOWN: usize = 10;

pub(super) fn router() -> Router<Inspector> {
    Router::new().route("/discord/{user}/{channel}/suggestions", get(suggestions))
}

#[derive(Deserialize)]
struct Typed {
    line: String,
}

async fn suggestions(
    State(inspector): State<Inspector>,
    Path((user, channel)): Path<(String, String)>,
    Query(typed): Query<Typed>,
) -> Response {
    let Some(person) = person(&inspector, &user) else {
        return not_found();
    };
    let found = person
        .completions(&typed.line, &ChannelId::from(channel))
        .await;
    let shown: Vec<Value> = found
        .into_iter()
        .take(SHOWN)
        .map(|one| json!({ "line": one.line, "label": one.label, "about": one.about }))
        .collect();
    Json(shown).into_response()
}
