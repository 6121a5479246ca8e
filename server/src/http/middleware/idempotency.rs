//! `Idempotency-Key`: the same request asked again gets the same answer, once worked out.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use server_api::problem::MEDIA_TYPE;

use super::MAX_BODY_BYTES;
use crate::app::App;
use crate::http::auth::{IDEMPOTENCY_KEY, Member};
use crate::http::error::ApiError;
use crate::http::extract;
use crate::service::idempotency::{self, Turn};

/// A key may be so long.
const MAX_KEY: usize = 255;

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
    let Ok(Member(actor)) = Member::from_request_parts(&mut parts, &app).await else {
        return Ok(next.run(Request::from_parts(parts, body)).await);
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
    let organization = actor.organization.id;
    let head = parts.clone();
    let body = extract::body(Request::from_parts(parts, body), &app).await?;
    let asked = idempotency::Request {
        organization,
        scope: &scope,
        key: &key,
        body: &body,
    };
    match idempotency::begin(&app, &asked).await? {
        Turn::Answered { status, body } => replay(status, body),
        Turn::Answer(turn) => {
            let request = Request::from_parts(head, Body::from(body.clone()));
            let response = next.run(request).await;
            remember(&app, *turn, response).await
        }
    }
}

async fn remember(
    app: &App,
    turn: entity::idempotency_record::Model,
    response: Response,
) -> Result<Response, ApiError> {
    let status = response.status();
    if status.is_server_error() {
        idempotency::give_up(app, &turn).await?;
        return Ok(response);
    }
    let (head, body) = response.into_parts();
    let body = to_bytes(body, MAX_BODY_BYTES)
        .await
        .map_err(ApiError::internal)?;
    let text = String::from_utf8_lossy(&body).into_owned();
    idempotency::finish(app, turn, i64::from(status.as_u16()), &text).await?;
    Ok(Response::from_parts(head, Body::from(body)))
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
