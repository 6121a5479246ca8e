//! Guards around every request.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use server_api::problem::Code;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::http::error::ApiError;

/// An answer takes at most so long: the longest long poll waits 25 seconds.
const TIME_LIMIT: Duration = Duration::from_secs(35);

/// Headers that every answer bears unless it says otherwise.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Turns a panic into a problem, so that the connection and the process go on.
pub(super) async fn catch_panics(request: Request, next: Next) -> Response {
    whole(next.run(request)).await
}

/// The answer, or a problem in its place.
pub(super) async fn whole(answer: impl Future<Output = Response>) -> Response {
    AssertUnwindSafe(answer)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| ApiError::internal("a panic, reported above").into_response())
}

/// Gives up on what takes too long.
pub(super) async fn time_limit(request: Request, next: Next) -> Response {
    tokio::time::timeout(TIME_LIMIT, next.run(request))
        .await
        .unwrap_or_else(|_| {
            ApiError::new(Code::Unavailable)
                .because("the time limit was reached")
                .into_response()
        })
}

/// Adds the security headers that the answer lacks.
pub(super) async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    add_headers(&mut response);
    response
}

/// Adds the security headers that `response` lacks.
pub(super) fn add_headers(response: &mut Response) {
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}

/// How a cross-site request is refused.
type Refuse = fn(ProtectionError) -> Response;

/// Refuses changes that a browser was led to by another site. Clients that are
/// no browsers send neither `Origin` nor `Sec-Fetch-Site`, and pass.
pub(super) fn cross_site() -> CsrfLayer<Refuse> {
    CsrfLayer::new().with_rejection_response(|_| {
        ApiError::new(Code::Forbidden)
            .detail("a request from another site")
            .into_response()
    })
}
