//! `Idempotency-Key`: the same request asked again gets the same answer, once worked out.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use entity::idempotency_record::Model;
use entity::ids::OrganizationId;
use server_api::problem::{Code, MEDIA_TYPE};
use tracing::Instrument;

use super::{MAX_BODY_BYTES, guard, request_id};
use crate::app::App;
use crate::http::auth::{IDEMPOTENCY_KEY, Member};
use crate::http::error::ApiError;
use crate::http::extract;
use crate::service::Failure;
use crate::service::idempotency::{self, IdempotencyError, Turn};

/// A key may be so long.
const MAX_KEY: usize = 255;

/// How often, and how far apart, what became of a request is tried to be written down: until
/// its key is given up anyway.
const ATTEMPTS: usize = 120;
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// Header of an answer that was worked out earlier.
const REPLAYED: &str = "idempotency-replayed";

/// Answers a change that bears a key once per token, actor and operation.
/// Reading, and what no member asks for, passes: it is repeatable by itself.
pub async fn answer_once(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let is_change =
        [Method::POST, Method::PUT, Method::PATCH, Method::DELETE].contains(request.method());
    let Some(key) = request.headers().get(IDEMPOTENCY_KEY).filter(|_| is_change) else {
        return Ok(next.run(request).await);
    };
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=MAX_KEY).contains(&key.len()))
        .ok_or_else(|| ApiError::field(IDEMPOTENCY_KEY, format!("is 1 to {MAX_KEY} letters")))?
        .to_owned();
    let (mut parts, body) = request.into_parts();
    let Member(actor) = match Member::from_request_parts(&mut parts, &app).await {
        Ok(member) => member,
        // Answered without its key it could be done twice.
        Err(error) if error.code() == Code::Unavailable => return Err(error),
        Err(_) => return Ok(next.run(Request::from_parts(parts, body)).await),
    };
    let path = parts
        .extensions
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str);
    let scope = format!(
        "{:?} {} {} {} {}",
        parts.headers.get(header::AUTHORIZATION),
        actor.member.id,
        parts.method,
        path,
        parts.uri.path()
    );
    let head = parts.clone();
    let asked = Asked {
        organization: actor.organization.id,
        scope,
        key,
        body: extract::body(Request::from_parts(parts, body), &app).await?,
    };
    let id = request_id::current().unwrap_or_default();
    let answering = answer(app, asked, head, next);
    tokio::spawn(request_id::under(id, answering).in_current_span())
        .await
        .map_err(ApiError::internal)?
}

/// A request that bears a key.
struct Asked {
    organization: OrganizationId,
    scope: String,
    key: String,
    body: Bytes,
}

/// Answers in a task of its own, from taking the key on: whoever asked may leave before the
/// answer is there, and finds it under the same key.
async fn answer(app: App, asked: Asked, head: Parts, next: Next) -> Result<Response, ApiError> {
    let request = idempotency::Request {
        organization: asked.organization,
        scope: &asked.scope,
        key: &asked.key,
        body: &asked.body,
    };
    match idempotency::begin(&app, &request).await {
        Ok(Turn::Answered { status, body }) => replay(status, body),
        Ok(Turn::Answer(turn)) => {
            let request = Request::from_parts(head, Body::from(asked.body));
            let response = idempotency::under(&turn, guard::catch_panics(request, next)).await;
            remember(&app, *turn, response).await
        }
        Err(IdempotencyError::Unsure { turn, cause }) => {
            write_down(&app, *turn, Outcome::Nothing).await;
            Err(cause.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// What became of a request.
#[derive(Clone, Debug)]
enum Outcome {
    /// It was answered so.
    Answered { status: i64, body: String },
    /// Nothing, and it may come again.
    Nothing,
}

async fn remember(app: &App, turn: Model, response: Response) -> Result<Response, ApiError> {
    let status = response.status();
    if status.is_server_error() {
        write_down(app, turn, Outcome::Nothing).await;
        return Ok(response);
    }
    let (head, body) = response.into_parts();
    let body = to_bytes(body, MAX_BODY_BYTES)
        .await
        .map_err(ApiError::internal)?;
    let outcome = Outcome::Answered {
        status: i64::from(status.as_u16()),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    write_down(app, turn, outcome).await;
    Ok(Response::from_parts(head, Body::from(body)))
}

/// Writes down what became of a request. What was done is done, also where the database left
/// in between: then the answer goes out, and a task writes it down once the database is back,
/// so that whoever comes again is not kept waiting, nor answered by doing it twice.
async fn write_down(app: &App, turn: Model, outcome: Outcome) {
    let Err(cause) = try_to_write(app, &turn, &outcome).await else {
        return;
    };
    tracing::warn!(%cause, "what became of a request waits to be written down");
    let app = app.clone();
    let again = async move {
        for _ in 0..ATTEMPTS {
            rest().await;
            if try_to_write(&app, &turn, &outcome).await.is_ok() {
                return;
            }
        }
        tracing::error!("what became of a request could not be written down");
    };
    tokio::spawn(again.in_current_span());
}

async fn try_to_write(app: &App, turn: &Model, outcome: &Outcome) -> Result<(), Failure> {
    match outcome {
        Outcome::Answered { status, body } => {
            idempotency::finish(app, turn.clone(), *status, body).await
        }
        Outcome::Nothing => idempotency::give_up(app, turn).await,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a database comes back in real time"
)]
async fn rest() {
    tokio::time::sleep(BETWEEN_ATTEMPTS).await;
}

fn replay(status: i64, body: String) -> Result<Response, ApiError> {
    let status = u16::try_from(status).map_err(ApiError::internal)?;
    let media = if status < 400 {
        "application/json"
    } else {
        MEDIA_TYPE
    };
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media)
        .header(REPLAYED, HeaderValue::from_static("true"))
        .body(Body::from(body))
        .map(IntoResponse::into_response)
        .map_err(ApiError::internal)
}
