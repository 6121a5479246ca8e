//! `/l/{code}`: a short link that a reader follows.

use std::mem;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::page::{failure, notice};
use super::visit::{InPath, Visit};
use super::words::{Notice, Words};
use crate::app::App;
use crate::http::middleware;
use crate::ingest::{self, Outcome, Target};

/// Room for every header of a redirect, so that it is made once.
const HEADERS: usize = 8;

/// Stores the hit, then sends the reader on, where something in the path is to be decoded first.
pub async fn follow(State(app): State<App>, InPath(code): InPath, request: Request) -> Response {
    answer(&app, &code, request.into_parts().0).await
}

/// Whether somebody follows a link whose code stands in the path as it is.
pub fn is_followed(method: &Method, uri: &Uri) -> bool {
    [Method::GET, Method::HEAD].contains(method) && plain_code(uri).is_some()
}

/// The same for them, with little around it: they are most of all who come.
pub async fn follow_plainly(app: App, mut head: Parts) -> Response {
    let uri = mem::take(&mut head.uri);
    let code = plain_code(&uri).unwrap_or_default();
    let method = head.method.clone();
    // In one place, or each who waits for it would move all of it.
    let answer = Box::pin(answer(&app, code, head));
    middleware::lightly(&app, method, answer).await
}

fn plain_code(uri: &Uri) -> Option<&str> {
    let code = uri.path().strip_prefix("/l/")?;
    let is_plain = code.bytes().all(|letter| letter.is_ascii_alphanumeric());
    (is_plain && !code.is_empty()).then_some(code)
}

async fn answer(app: &App, code: &str, head: Parts) -> Response {
    let visit = Visit::of(app, head);
    let words = || Words::asked_for(visit.headers());
    let figures = &app.metrics().links;
    match ingest::receive(app, code, visit.request(code)).await {
        Ok(Outcome::Known(Target::On(destination))) => {
            figures.sent_on.inc();
            onward(&destination)
        }
        Ok(Outcome::Known(Target::Gone)) => {
            figures.gone.inc();
            notice(words(), Notice::Gone)
        }
        Ok(Outcome::Unknown) => {
            figures.unknown.inc();
            notice(words(), Notice::NoLink)
        }
        Err(error) => {
            figures.failed.inc();
            failure(words(), &error)
        }
    }
}

/// Each following asks us again, or it would not be counted; the page that
/// comes next learns the site where the link stood, as without us.
fn onward(destination: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(destination) else {
        tracing::error!("a stored destination is no header value");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut headers = HeaderMap::with_capacity(HEADERS);
    headers.insert(header::LOCATION, location);
    let answered_anew = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, answered_anew);
    let as_without_us = HeaderValue::from_static("strict-origin-when-cross-origin");
    headers.insert(header::REFERRER_POLICY, as_without_us);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests;
