//! `/l/{code}`: a short link that a reader follows.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::page::{failure, notice};
use super::visit::{InPath, Visit};
use super::words::{Notice, Words};
use crate::app::App;
use crate::http::middleware;
use crate::ingest::{self, Outcome, Target};

/// Stores the hit, then sends the reader on.
pub async fn follow(State(app): State<App>, InPath(code): InPath, request: Request) -> Response {
    let method = request.method().clone();
    middleware::lightly(&app, method, answer(&app, &code, request)).await
}

async fn answer(app: &App, code: &str, request: Request) -> Response {
    let visit = Visit::of(app, request.into_parts().0);
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
    (
        StatusCode::FOUND,
        [
            (header::LOCATION, location),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("private, no-cache"),
            ),
            (
                header::REFERRER_POLICY,
                HeaderValue::from_static("strict-origin-when-cross-origin"),
            ),
        ],
    )
        .into_response()
}

#[cfg(test)]
mod tests;
