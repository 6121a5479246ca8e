//! An HTTP address for a platform that signs what it sends: size, stamp and signature are
//! checked in this order, before anything is parsed or kept, and what was taken on before
//! has no effect.
//!
//! A platform's `transport/http.rs` says how it signs and answers: a [`Receiver`].

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum_server::Handle;
use tokio_util::sync::CancellationToken;
use tower_http::limit::RequestBodyLimitLayer;

use crate::clock::{Clock, within};
use crate::metrics::{Counts, Knocked};
use crate::replays::{Replays, is_current};

/// Longest body that is read. Slack's and Discord's largest payload is a modal's or
/// a message's state, some tens of kilobytes.
pub const BODY_LIMIT: usize = 256 * 1024;
/// How long a body may take to arrive: platforms wait three seconds for the answer.
const READ_WITHIN: Duration = Duration::from_secs(3);
/// How long a connection may wait for the whole head of its next request. Longer than proxies
/// keep a connection that rests (60 seconds at most of them): the one who keeps it ends it.
const HEAD_WITHIN: Duration = Duration::from_secs(75);
/// How long answers under way may take when it is time to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// Where a proxy or an orchestrator asks whether this listener is alive.
const HEALTH_PATH: &str = "/healthz";

/// Names of the headers in which a platform puts its seal, in lower case.
#[derive(Clone, Copy, Debug)]
pub struct Seal {
    /// The time of sending, in seconds of the Unix epoch.
    pub stamp: &'static str,
    /// The signature over stamp and body.
    pub signature: &'static str,
}

/// How one platform signs, and how what it sends is answered.
#[async_trait]
pub trait Receiver: Send + Sync + 'static {
    /// Where its seal stands.
    fn seal(&self) -> Seal;

    /// Whether the platform itself signed this: compared in constant time, over the body
    /// as it came.
    fn is_genuine(&self, stamp: &str, signature: &str, body: &[u8]) -> bool;

    /// Answers what is genuine and new.
    async fn answer(&self, headers: &HeaderMap, body: Bytes) -> Response;

    /// Answers what is genuine and was taken on before: with nothing.
    fn answer_again(&self) -> Response {
        StatusCode::OK.into_response()
    }
}

struct Endpoint {
    receiver: Arc<dyn Receiver>,
    clock: Arc<dyn Clock>,
    replays: Replays,
    counts: Counts,
}

/// The routes of a listener whose `path` belongs to `receiver`.
pub fn router(
    path: &str,
    receiver: Arc<dyn Receiver>,
    clock: Arc<dyn Clock>,
    counts: Counts,
) -> Router {
    let endpoint = Arc::new(Endpoint {
        receiver,
        clock,
        replays: Replays::default(),
        counts,
    });
    Router::new()
        .route(path, post(take))
        // Refuses by `Content-Length` before anything is read, else while reading.
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .route(HEALTH_PATH, get(|| async { "ok" }))
        .with_state(endpoint)
}

/// Serves until `shutdown`, then finishes the answers under way.
pub async fn serve(
    listener: &TcpListener,
    routes: Router,
    clock: &dyn Clock,
    shutdown: CancellationToken,
) -> io::Result<()> {
    serve_patiently(HEAD_WITHIN, (listener, routes), clock, shutdown).await
}

async fn serve_patiently(
    patience: Duration,
    (listener, routes): (&TcpListener, Router),
    clock: &dyn Clock,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let handle = Handle::new();
    // HTTP/1 alone: before it is told from HTTP/2, no time is kept.
    let mut server = axum_server::from_tcp(listener.try_clone()?)?
        .handle(handle.clone())
        .http1_only();
    server.http_builder().http1().header_read_timeout(patience);
    let mut serving = tokio::spawn(server.serve(routes.into_make_service()));
    tokio::select! {
        () = shutdown.cancelled() => handle.graceful_shutdown(None),
        ended = &mut serving => return ended.map_err(io::Error::other)?,
    }
    if let Some(ended) = within(clock, LAST_ANSWERS, &mut serving).await {
        return ended.map_err(io::Error::other)?;
    }
    handle.shutdown();
    tracing::warn!("connections were cut that did not end");
    serving.await.map_err(io::Error::other)?
}

async fn take(State(endpoint): State<Arc<Endpoint>>, headers: HeaderMap, body: Body) -> Response {
    let (counts, began) = (&endpoint.counts, endpoint.clock.now());
    let reading = to_bytes(body, BODY_LIMIT);
    let body = match within(endpoint.clock.as_ref(), READ_WITHIN, reading).await {
        Some(Ok(body)) => body,
        Some(Err(error)) => {
            counts.knocked(Knocked::Unread);
            return unread(&error);
        }
        None => {
            counts.knocked(Knocked::Unread);
            return StatusCode::REQUEST_TIMEOUT.into_response();
        }
    };
    let now = endpoint.clock.wall().timestamp();
    let Some(stamp) = endpoint.sealed(&headers, &body, now) else {
        counts.knocked(Knocked::Unsigned);
        tracing::warn!("a request without a good signature was refused");
        return StatusCode::UNAUTHORIZED.into_response();
    };
    if !endpoint.replays.take(stamp, &body, now) {
        counts.knocked(Knocked::Repeated);
        tracing::info!("a request came a second time");
        return endpoint.receiver.answer_again();
    }
    counts.knocked(Knocked::Taken);
    let answer = endpoint.receiver.answer(&headers, body).await;
    let now = endpoint.clock.now();
    counts.acknowledged(now.saturating_duration_since(began));
    answer
}

impl Endpoint {
    /// The stamp of what the platform signed a moment ago.
    fn sealed<'a>(&self, headers: &'a HeaderMap, body: &[u8], now: i64) -> Option<&'a str> {
        let seal = self.receiver.seal();
        let stamp = only(headers, seal.stamp)?;
        let signature = only(headers, seal.signature)?;
        let is_current = stamp.parse().is_ok_and(|stamp| is_current(stamp, now));
        (is_current && self.receiver.is_genuine(stamp, signature, body)).then_some(stamp)
    }
}

/// The value of a header that stands there exactly once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    value.to_str().ok()
}

/// A body that was longer than it may be, or broke off.
fn unread(error: &axum::Error) -> Response {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        }
        cause = error.source();
    }
    StatusCode::BAD_REQUEST.into_response()
}

#[cfg(test)]
mod tests;
