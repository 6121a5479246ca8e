//! One span per request, with its id; no address, no token, no personal data.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument, field, info_span};

use super::request_id;
use crate::app::App;
use crate::http::auth::Listener;
use crate::metrics::requests::Answered;

/// What is needed to name requests.
#[derive(Clone, Debug)]
pub(super) struct Observer {
    pub(super) app: App,
    pub(super) listener: Listener,
    pub(super) names: Arc<HashMap<(String, String), String>>,
}

/// Gives the request an id and a span named after its operation. The path is
/// the template that matched, since the path itself may bear a token.
pub(super) async fn observe(
    State(observer): State<Observer>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let id = observer.app.uuid().simple().to_string();
    let method = request.method().as_str().to_owned();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str)
        .to_owned();
    let key = (method, path);
    let name = observer.names.get(&key).map_or_else(
        || format!("http.{} {}", key.0, key.1),
        |operation| format!("http.{operation}"),
    );
    let span = info_span!(
        "http",
        otel.name = name,
        http.method = key.0,
        http.route = key.1,
        request.id = id,
        http.status = field::Empty
    );
    let recorded = span.clone();
    let mut response = request_id::under(id.clone(), next.run(request))
        .instrument(span)
        .await;
    let status = response.status().as_u16();
    recorded.record("http.status", status);
    observer.app.metrics().requests.answered(Answered {
        listener: observer.listener.name(),
        method: &key.0,
        route: &key.1,
        status,
        took: began.elapsed(),
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(&request_id::HEADER, value);
    }
    response
}
