//! What surrounds every request, outermost first: its id and span, panics,
//! security headers, the time limit, cross-site requests, the size of bodies.

mod guard;
pub mod idempotency;
mod observe;
pub mod request_id;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::{Extension, Router, middleware};
use server_api::problem::Code;

use super::api;
use super::auth::Listener;
use super::error::ApiError;
use super::openapi;
use crate::app::App;

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
