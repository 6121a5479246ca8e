//! One call of the REST API: faults first, then the client's name, token, rate, body, and the task itself.
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::routes::{Authority, Route, find};
use super::{Skin, tasks};
use crate::emulator::discord::check::Refusal;
use crate::emulator::discord::ids::is_snowflake;
use crate::emulator::discord::state::faults::FaultKind;
use crate::emulator::discord::state::journal::{Call, Rule};
use crate::emulator::discord::state::rates::{Standing, TooMany};
use crate::recorder::{self, Kind};

/// Longer than any client waits.
const HANG: Duration = Duration::from_mins(2);
/// How every client of Discord has to begin its name (discord.com/developers, "User Agent").
const CLIENT: &str = "DiscordBot (";

/// One call, as far as it is known before its body is read.
pub(super) struct Ask {
    pub(super) route: Route,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Value,
}

enum Outcome {
    Done(Option<Value>),
    Refused(Refusal),
    TooMany(TooMany),
}

/// Answers one call.
pub(super) async fn call(
    State(skin): State<Skin>,
    Path(path): Path<String>,
    method: Method,
    RawQuery(query): RawQuery,
    (headers, body): (HeaderMap, Bytes),
) -> Response {
    let Some(route) = find(method.as_str(), &path) else {
        skin.chat
            .blame(Rule::UnknownRoute, format!("{method} /{path}"));
        return refusal(&Refusal::plain(404, 0, "404: Not Found"));
    };
    let query = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    let fault = skin.chat.change(|state| state.faults.take(route.name));
    let ask = Ask {
        route,
        query,
        body: Value::Null,
    };
    match fault {
        None => answer(&skin, ask, &headers, &body),
        Some(FaultKind::AnswerLost) => {
            answer(&skin, ask, &headers, &body);
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
        Some(FaultKind::TooManyUnsaid) => {
            note_invalid(&skin);
            (StatusCode::TOO_MANY_REQUESTS, "error code: 1015").into_response()
        }
        Some(FaultKind::TooMany(wait)) => ordered_to_wait(&skin, &ask.route, wait, false),
        Some(FaultKind::TooManyGlobally(wait)) => ordered_to_wait(&skin, &ask.route, wait, true),
    }
}

/// Waits until the client has surely given up.
async fn hang() -> Response {
    let never = std::future::pending::<()>();
    let _elapsed = tokio::time::timeout(HANG, never).await;
    StatusCode::GATEWAY_TIMEOUT.into_response()
}

fn ordered_to_wait(skin: &Skin, route: &Route, wait: Duration, is_global: bool) -> Response {
    let key = (!is_global).then(|| (route.name, route.about()));
    skin.chat
        .change(|state| state.rates.tell(key, Instant::now() + wait));
    note_invalid(skin);
    too_many(&TooMany {
        retry_after: wait,
        is_global,
        was_told: false,
    })
}

fn note_invalid(skin: &Skin) {
    let now = skin.chat.now();
    skin.chat.change(|state| {
        state.journal.count_invalid(now);
        let count = state.journal.invalid_calls(now);
        if count == state.limits.invalid_limit {
            let detail = format!("{count} refused calls within ten minutes");
            state.journal.blame(now, Rule::Banned, detail);
        }
    });
}

fn answer(skin: &Skin, mut ask: Ask, headers: &HeaderMap, body: &Bytes) -> Response {
    let now = skin.chat.now();
    let is_banned = skin
        .chat
        .read(|state| state.journal.invalid_calls(now) >= state.limits.invalid_limit);
    if is_banned {
        return (StatusCode::TOO_MANY_REQUESTS, "error code: 1015").into_response();
    }
    check_client(skin, &ask.route, headers);
    let (outcome, standing) = if let Err(refusal) = authorise(skin, &ask.route, headers) {
        (Outcome::Refused(refusal), None)
    } else {
        let (standing, admitted) = admit(skin, &ask.route);
        let outcome = match admitted {
            Err(limit) => Outcome::TooMany(limit),
            Ok(()) => match decode(&mut ask, headers, body).and_then(|()| tasks::run(skin, &ask)) {
                Ok(done) => Outcome::Done(done),
                Err(refusal) => Outcome::Refused(refusal),
            },
        };
        (outcome, Some(standing))
    };
    let mut response = match &outcome {
        Outcome::Done(Some(value)) => axum::Json(value).into_response(),
        Outcome::Done(None) => StatusCode::NO_CONTENT.into_response(),
        Outcome::Refused(refused) => refusal(refused),
        Outcome::TooMany(limit) => too_many(limit),
    };
    if let Some(standing) = standing {
        add_standing(response.headers_mut(), &standing, now);
    }
    record(skin, ask, &outcome, response.status());
    response
}

fn check_client(skin: &Skin, route: &Route, headers: &HeaderMap) {
    let client = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !client.starts_with(CLIENT) {
        skin.chat
            .blame(Rule::UserAgent, format!("{}: {client:?}", route.name));
    }
}

fn authorise(skin: &Skin, route: &Route, headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = given.and_then(|value| value.strip_prefix("Bot "));
    let is_right = token == Some(skin.chat.app().bot_token.as_str());
    match route.task.authority() {
        Authority::Token if !is_right => Err(Refusal::plain(401, 0, "401: Unauthorized")),
        Authority::Token | Authority::Path | Authority::None => Ok(()),
    }
}

fn admit(skin: &Skin, route: &Route) -> (Standing, Result<(), TooMany>) {
    let counts_globally = route.task.authority() == Authority::Token;
    // A webhook is its token: all of one app's would share a bucket otherwise.
    let about = match route.task.authority() {
        Authority::Path => route.given.get(1).map_or("", |(_, token)| token),
        Authority::Token | Authority::None => route.about(),
    };
    skin.chat.change(|state| {
        let limits = state.limits.clone();
        state.rates.admit(
            &limits,
            (route.name, about),
            counts_globally,
            Instant::now(),
        )
    })
}

/// Reads the body, and checks that ids in the path are ids.
fn decode(ask: &mut Ask, headers: &HeaderMap, body: &Bytes) -> Result<(), Refusal> {
    for (name, value) in ask
        .route
        .given
        .iter()
        .filter(|(name, _)| name.ends_with("_id"))
    {
        if !is_snowflake(value) {
            let problem = json!({ "_errors": [{
                "code": "NUMBER_TYPE_COERCE", "message": format!("Value \"{value}\" is not snowflake."),
            }] });
            return Err(Refusal::invalid_body(json!({ (*name): problem })));
        }
    }
    if body.is_empty() {
        return Ok(());
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("application/json") {
        let message = "Expected \"Content-Type\" header to be one of {'application/json'}.";
        return Err(Refusal::fault(Rule::InvalidBody, 400, 50035, message));
    }
    ask.body = serde_json::from_slice(body).map_err(|_| {
        Refusal::fault(
            Rule::InvalidBody,
            400,
            50109,
            "The request body contains invalid JSON.",
        )
    })?;
    Ok(())
}

fn record(skin: &Skin, ask: Ask, outcome: &Outcome, status: StatusCode) {
    let at = skin.chat.now();
    let route = &ask.route;
    let path = route
        .given
        .iter()
        .fold(route.template().to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value)
        });
    let call = Call {
        at,
        method: route.name.split(' ').next().unwrap_or_default().to_owned(),
        route: route.template().to_owned(),
        path,
        body: ask.body,
        status: status.as_u16(),
        code: match outcome {
            Outcome::Refused(refusal) => Some(refusal.code),
            Outcome::Done(_) | Outcome::TooMany(_) => None,
        },
    };
    if !matches!(outcome, Outcome::Refused(refusal) if refusal.rule.is_some()) {
        recorder::record("discord", Kind::Call, route.name, &call.body);
    }
    skin.chat.change(|state| {
        match outcome {
            Outcome::Refused(Refusal {
                rule: Some(rule),
                message,
                code,
                errors,
                ..
            }) => {
                let errors = errors.as_ref().map(Value::to_string).unwrap_or_default();
                state.journal.blame(
                    at,
                    *rule,
                    format!("{}: {code} {message} {errors}", route.name),
                );
            }
            Outcome::TooMany(limit) if limit.was_told => {
                state
                    .journal
                    .blame(at, Rule::CalledBeforeRetryAfter, route.name);
            }
            Outcome::Done(_) | Outcome::Refused(_) | Outcome::TooMany(_) => {}
        }
        state.journal.calls.push(call);
    });
    if matches!(status.as_u16(), 401 | 403 | 429) {
        note_invalid(skin);
    }
}

fn refusal(refusal: &Refusal) -> Response {
    let mut body = json!({ "message": refusal.message, "code": refusal.code });
    if let (Some(fields), Some(errors)) = (body.as_object_mut(), &refusal.errors) {
        fields.insert("errors".to_owned(), errors.clone());
    }
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, axum::Json(body)).into_response()
}

fn too_many(limit: &TooMany) -> Response {
    let seconds = limit.retry_after.as_secs_f64();
    let body = axum::Json(json!({
        "message": "You are being rate limited.", "retry_after": seconds, "global": limit.is_global,
    }));
    let mut response = (StatusCode::TOO_MANY_REQUESTS, body).into_response();
    let whole = limit.retry_after.as_secs() + u64::from(limit.retry_after.subsec_nanos() > 0);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, whole.into());
    let scope = if limit.is_global { "global" } else { "user" };
    headers.insert("x-ratelimit-scope", HeaderValue::from_static(scope));
    if limit.is_global {
        headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
    }
    response
}

fn add_standing(headers: &mut HeaderMap, standing: &Standing, now: chrono::DateTime<chrono::Utc>) {
    let after = standing.reset_after.as_secs_f64();
    let at = chrono::TimeDelta::from_std(standing.reset_after).map_or(now, |rest| now + rest);
    let micros = at.timestamp_subsec_millis();
    for (name, value) in [
        ("x-ratelimit-limit", standing.limit.to_string()),
        ("x-ratelimit-remaining", standing.remaining.to_string()),
        (
            "x-ratelimit-reset",
            format!("{}.{micros:03}", at.timestamp()),
        ),
        ("x-ratelimit-reset-after", format!("{after:.3}")),
        ("x-ratelimit-bucket", standing.bucket.clone()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}
