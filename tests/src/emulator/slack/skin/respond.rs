//! The addresses that interactions carry for answers: five uses within thirty minutes.
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::Skin;
use crate::emulator::slack::check;
use crate::emulator::slack::state::journal::Rule;
use crate::emulator::slack::state::triggers::{ResponseTarget, UsedUp};
use crate::recorder::{self, Kind};

/// Takes an answer.
pub(super) async fn respond(
    State(skin): State<Skin>,
    Path(name): Path<String>,
    body: axum::body::Bytes,
) -> Response {
    let chat = skin.chat;
    let now = chat.now();
    let target = match chat.change(|state| state.keys.use_response(&name, now)) {
        Ok(target) => target,
        Err(used_up) => {
            let (status, words) = match used_up {
                UsedUp::Unknown => (StatusCode::NOT_FOUND, "no_service"),
                UsedUp::Used => (StatusCode::NOT_FOUND, "used_url"),
                UsedUp::Expired => (StatusCode::NOT_FOUND, "expired_url"),
            };
            chat.blame(Rule::ResponseUrl, format!("{words}: {name}"));
            return (status, words).into_response();
        }
    };
    let answer = serde_json::from_slice::<Value>(&body)
        .map_err(|_| vec!["invalid_payload".to_owned()])
        .and_then(|body| {
            let answer = check::answer(&body)?;
            recorder::record("slack", Kind::Answer, "response_url", &body);
            Ok(answer)
        });
    match answer {
        Ok(answer) => {
            chat.change(|state| state.take_answer(&target, answer, now));
            (StatusCode::OK, "ok").into_response()
        }
        Err(problems) => {
            chat.blame(Rule::ResponseUrl, problems.join("; "));
            (StatusCode::BAD_REQUEST, "invalid_payload").into_response()
        }
    }
}

impl crate::emulator::slack::state::State {
    fn take_answer(
        &mut self,
        target: &ResponseTarget,
        answer: check::Answer,
        now: chrono::DateTime<chrono::Utc>,
    ) {
        match &target.source {
            Some(ts) if answer.delete_original => {
                if let Some(message) = self.message_mut(&target.channel, ts) {
                    message.deleted = true;
                }
            }
            Some(ts) if answer.replace_original => {
                self.revise(&target.channel, ts, answer.content, now);
            }
            _ => {
                let only_for = (!answer.in_channel).then(|| target.user.clone());
                self.post_as_app(
                    (&target.team, &target.channel),
                    only_for,
                    answer.content,
                    now,
                );
            }
        }
    }
}
