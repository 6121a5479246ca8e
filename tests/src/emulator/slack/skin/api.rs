//! One call of the Web API: faults first, then decoding, token, scope, rate, and the method itself.
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::{Skin, methods};
use crate::emulator::slack::check::{Refusal, arguments, scopes};
use crate::emulator::slack::ids::{ChannelId, TeamId};
use crate::emulator::slack::model::{Installation, Workspace};
use crate::emulator::slack::state::Chat;
use crate::emulator::slack::state::faults::FaultKind;
use crate::emulator::slack::state::journal::{Call, Rule};
use crate::emulator::slack::state::rates::TooMany;
use crate::recorder::{self, Kind};

/// Longer than any client waits.
const HANG: Duration = Duration::from_mins(2);

/// Who calls: the app as installed somewhere, or the app itself.
#[derive(Clone, Debug)]
pub(super) enum Caller {
    /// With a bot token.
    Bot(Box<(Workspace, Installation)>),
    /// With the app-level token.
    App,
}

enum Outcome {
    Done(Value),
    Refused(Refusal),
    TooMany(TooMany),
}

/// Answers one call.
pub(super) async fn call(
    State(skin): State<Skin>,
    Path(method): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let fault = skin.chat.change(|state| state.faults.take(&method));
    let given = given_arguments(&headers, query.as_deref(), &body);
    match fault {
        None => answer(&skin, &method, &headers, given),
        Some(FaultKind::AnswerLost) => {
            answer(&skin, &method, &headers, given);
            hang().await
        }
        Some(FaultKind::Timeout) => hang().await,
        Some(FaultKind::ServerError) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "<html>server error</html>",
        )
            .into_response(),
        Some(FaultKind::Reset) => {
            let broken = futures::stream::once(async {
                Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
            });
            Body::from_stream(broken).into_response()
        }
        Some(FaultKind::TooMany(seconds)) => {
            if let (Some(seconds), Ok((arguments, _))) = (seconds, &given) {
                let channel = arguments
                    .get("channel")
                    .and_then(Value::as_str)
                    .map(ChannelId::from);
                let channel = channel.filter(|_| method == "chat.postMessage");
                let until = Instant::now() + Duration::from_secs(seconds);
                skin.chat
                    .change(|state| state.rates.tell(&method, channel.as_ref(), until));
            }
            too_many(seconds)
        }
    }
}

/// Waits until the client has surely given up.
async fn hang() -> Response {
    let never = std::future::pending::<()>();
    let _elapsed = tokio::time::timeout(HANG, never).await;
    StatusCode::GATEWAY_TIMEOUT.into_response()
}

fn answer(skin: &Skin, method: &str, headers: &HeaderMap, given: Given) -> Response {
    let caller = caller(&skin.chat, method, headers, given.as_ref().ok());
    let (team, granted) = match &caller {
        Ok(Caller::Bot(bot)) => (Some(bot.0.id.clone()), Some(granted(&bot.1))),
        Ok(Caller::App) | Err(_) => (None, None),
    };
    let mut arguments = given
        .as_ref()
        .map(|(found, _)| found.clone())
        .unwrap_or_default();
    arguments.remove("token");
    let outcome = match perform(skin, method, caller, given, &mut arguments) {
        Ok(outcome) => outcome,
        Err(refusal) => Outcome::Refused(refusal),
    };
    note(&skin.chat, team, method, arguments, &outcome);
    let mut response = match outcome {
        Outcome::Done(mut fields) => {
            if let Some(fields) = fields.as_object_mut() {
                fields.insert("ok".to_owned(), json!(true));
            }
            axum::Json(fields).into_response()
        }
        Outcome::Refused(refusal) => axum::Json(refusal_body(method, &refusal)).into_response(),
        Outcome::TooMany(limit) => too_many(Some(limit.retry_after_seconds)),
    };
    // What the token was granted, as Slack says it with every answer.
    if let Some(granted) = granted.and_then(|granted| HeaderValue::from_str(&granted).ok()) {
        response.headers_mut().insert("x-oauth-scopes", granted);
    }
    response
}

fn granted(app: &Installation) -> String {
    app.scopes.iter().cloned().collect::<Vec<_>>().join(",")
}

fn perform(
    skin: &Skin,
    method: &str,
    caller: Result<Caller, Refusal>,
    given: Given,
    arguments: &mut Map<String, Value>,
) -> Result<Outcome, Refusal> {
    let known = arguments::of(method).ok_or_else(|| {
        Refusal::fault(
            "unknown_method",
            Rule::UnknownMethod,
            vec![method.to_owned()],
        )
    })?;
    let caller = caller?;
    let (given, came_as_json) = given?;
    *arguments = arguments::decode(known, given, came_as_json)?;
    check_scopes(method, &caller)?;
    let limit = skin.chat.change(|state| {
        let channel = arguments
            .get("channel")
            .and_then(Value::as_str)
            .map(ChannelId::from);
        let channel = channel.filter(|_| method == "chat.postMessage");
        let team = match &caller {
            Caller::Bot(bot) => bot.0.id.clone(),
            Caller::App => TeamId::from("app"),
        };
        let limits = state.limits.clone();
        state
            .rates
            .admit(&limits, &team, (method, channel.as_ref()), Instant::now())
    });
    let outcome = match limit {
        Err(limit) => Ok(Outcome::TooMany(limit)),
        Ok(()) => methods::run(skin, &caller, method, arguments).map(Outcome::Done),
    };
    if !matches!(&outcome, Err(refusal) if refusal.rule.is_some()) {
        let body = Value::Object(arguments.clone());
        recorder::record("slack", Kind::Call, method, &body);
    }
    outcome
}

fn note(
    chat: &Chat,
    team: Option<TeamId>,
    method: &str,
    arguments: Map<String, Value>,
    outcome: &Outcome,
) {
    let at = chat.now();
    chat.change(|state| {
        let error = match outcome {
            Outcome::Done(_) => None,
            Outcome::Refused(refusal) => {
                if let Some(rule) = refusal.rule {
                    let particulars = refusal.messages.join("; ");
                    let detail = format!("{method}: {} {particulars}", refusal.error);
                    state.journal.blame(at, rule, detail);
                }
                Some(refusal.error.clone())
            }
            Outcome::TooMany(limit) => {
                if limit.was_told {
                    state
                        .journal
                        .blame(at, Rule::CalledBeforeRetryAfter, method);
                }
                Some("ratelimited".to_owned())
            }
        };
        let call = Call {
            at,
            team,
            method: method.to_owned(),
            arguments,
            error,
        };
        state.journal.calls.push(call);
    });
}

fn refusal_body(method: &str, refusal: &Refusal) -> Value {
    let mut body = json!({ "ok": false, "error": refusal.error });
    if let Some(fields) = body.as_object_mut() {
        if !refusal.messages.is_empty() {
            let messages = json!({ "messages": refusal.messages });
            fields.insert("response_metadata".to_owned(), messages);
        }
        if let Some((needed, provided)) = &refusal.scopes {
            fields.insert("needed".to_owned(), json!(needed));
            fields.insert("provided".to_owned(), json!(provided));
        }
        if refusal.error == "unknown_method" {
            fields.insert("req_method".to_owned(), json!(method));
        }
    }
    body
}

fn too_many(seconds: Option<u64>) -> Response {
    let body = axum::Json(json!({ "ok": false, "error": "ratelimited" }));
    let mut response = (StatusCode::TOO_MANY_REQUESTS, body).into_response();
    if let Some(seconds) = seconds {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn check_scopes(method: &str, caller: &Caller) -> Result<(), Refusal> {
    let Caller::Bot(bot) = caller else {
        return Ok(());
    };
    let needed = scopes::required_scopes(method).unwrap_or_default();
    // Where the scope depends on the kind of channel, any will do here and the method decides.
    let granted = needed.is_empty() || needed.iter().any(|scope| bot.1.scopes.contains(*scope));
    if granted {
        Ok(())
    } else {
        Err(missing_scope(method, &needed.join(","), &bot.1))
    }
}

/// The refusal for a scope that was not granted.
pub(super) fn missing_scope(method: &str, needed: &str, app: &Installation) -> Refusal {
    let messages = vec![format!("{method} needs {needed}")];
    let mut refusal = Refusal::fault("missing_scope", Rule::MissingScope, messages);
    let provided: Vec<&str> = app.scopes.iter().map(String::as_str).collect();
    refusal.scopes = Some((needed.to_owned(), provided.join(",")));
    refusal
}

fn caller(
    chat: &Chat,
    method: &str,
    headers: &HeaderMap,
    given: Option<&(Map<String, Value>, bool)>,
) -> Result<Caller, Refusal> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|value| value.strip_prefix("Bearer "));
    let argument = given
        .and_then(|(found, _)| found.get("token"))
        .and_then(Value::as_str);
    let token = bearer
        .or(argument)
        .ok_or_else(|| Refusal::plain("not_authed"))?;
    if method == "apps.connections.open" {
        return match token {
            token if token == chat.app().app_token => Ok(Caller::App),
            token if token.starts_with("xapp-") => Err(Refusal::plain("invalid_auth")),
            _ => Err(Refusal::plain("not_allowed_token_type")),
        };
    }
    chat.read(|state| match state.installed(token) {
        Some((_, app)) if app.revoked => Err(Refusal::plain("token_revoked")),
        Some((workspace, app)) => Ok(Caller::Bot(Box::new((workspace.clone(), app.clone())))),
        None if token == chat.app().app_token => Err(Refusal::plain("not_allowed_token_type")),
        None => Err(Refusal::plain("invalid_auth")),
    })
}

type Given = Result<(Map<String, Value>, bool), Refusal>;

/// Collects query and body, and tells whether the body was JSON.
fn given_arguments(headers: &HeaderMap, query: Option<&str>, body: &Bytes) -> Given {
    let pairs = |text: &[u8]| {
        url::form_urlencoded::parse(text)
            .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
            .collect::<Map<String, Value>>()
    };
    let mut given = pairs(query.unwrap_or_default().as_bytes());
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if body.is_empty() {
        return Ok((given, false));
    }
    match kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
    {
        "application/json" => match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => {
                given.extend(fields);
                Ok((given, true))
            }
            Ok(_) => Err(Refusal::fault(
                "json_not_object",
                Rule::WrongArgument,
                Vec::new(),
            )),
            Err(_) => Err(Refusal::fault(
                "invalid_json",
                Rule::WrongArgument,
                Vec::new(),
            )),
        },
        "application/x-www-form-urlencoded" => {
            given.extend(pairs(body));
            Ok((given, false))
        }
        _ => Err(Refusal::fault(
            "invalid_post_type",
            Rule::WrongArgument,
            Vec::new(),
        )),
    }
}
