//! What surrounds every request, outermost first: its id and span, panics,
//! security headers, the time limit, cross-site requests, the size of bodies.

mod guard;
pub mod idempotency;
mod observe;
pub mod request_id;

use std::sync::Arc;
use std::time::Instant;

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, Method, Uri};
use axum::response::Response;
use axum::{Extension, Router, middleware};
use server_api::problem::Code;

use super::api;
use super::auth::Listener;
use super::error::ApiError;
use super::openapi;
use crate::app::App;
use crate::metrics::requests::{self, Answered};

/// A body may be so long, unless its route says otherwise.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Puts everything that all requests share around `routes`.
pub fn around(routes: Router<App>, app: &App, listener: Listener) -> Router {
    let observer = observe::Observer {
        app: app.clone(),
        listener,
        names: Arc::new(openapi::names(&openapi::document())),
    };
    routes
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .with_state(app.clone())
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(guard::cross_site())
        .layer(middleware::from_fn(guard::time_limit))
        .layer(middleware::from_fn(guard::security_headers))
        .layer(middleware::from_fn(guard::catch_panics))
        .layer(middleware::from_fn_with_state(observer, observe::observe))
        .layer(Extension(listener))
}

/// What stands around a short link instead, where each layer would cost as much
/// as the answer: its id, panics and security headers. It has no body, changes
/// nothing by a browser's hand, and waits for nothing without a limit of its own.
pub async fn lightly(
    app: &App,
    method: Method,
    answer: impl Future<Output = Response>,
) -> Response {
    let began = Instant::now();
    let id = app.uuid().simple().to_string();
    let answer = request_id::under(id.clone(), guard::whole(answer));
    let mut response = answer.await;
    if response.status().is_server_error() {
        tracing::error!(request.id = id, "a reader of a short link was not answered");
    }
    app.metrics().requests.answered(Answered {
        listener: Listener::Public.name(),
        method: method.as_str(),
        route: requests::LINK,
        status: response.status().as_u16(),
        took: began.elapsed(),
    });
    guard::add_headers(&mut response);
    if let Ok(value) = HeaderValue::try_from(id) {
        response.headers_mut().insert(&request_id::HEADER, value);
    }
    response
}

async fn unknown(uri: Uri) -> ApiError {
    let detail = if uri.path().starts_with(api::PREFIX) {
        "there is no such operation"
    } else {
        "there is nothing here"
    };
    ApiError::new(Code::NotFound).detail(detail)
}

async fn wrong_method() -> ApiError {
    ApiError::new(Code::MethodNotAllowed)
}
