//! Pictures that curators uploaded, for whoever knows their address: cards in chats show them.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use entity::ids::MediaId;

use super::visit::InPath;
use crate::app::App;
use crate::http::error::ApiError;
use crate::service::media::{self, Size};

/// Nothing in a picture may run or fetch, should a browser take it for something else.
const POLICY: &str = "sandbox; default-src 'none'";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The picture as it is kept.
pub async fn whole(State(app): State<App>, InPath(id): InPath) -> Response {
    serve(&app, &id, Size::Whole).await
}

/// The picture made small.
pub async fn small(State(app): State<App>, InPath(id): InPath) -> Response {
    serve(&app, &id, Size::Small).await
}

async fn serve(app: &App, id: &str, size: Size) -> Response {
    let Ok(id) = id.parse().map(MediaId) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match media::show(app, id, size).await {
        Ok(Some((media_type, bytes))) => shown(&media_type, bytes),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => ApiError::from(error).into_response(),
    }
}

fn shown(media_type: &str, bytes: Vec<u8>) -> Response {
    // Only what we wrote is told; the type is one of two.
    let media_type = match media_type {
        "image/png" => "image/png",
        _ => "image/jpeg",
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CONTENT_DISPOSITION, "inline"),
        (RESOURCE_POLICY, "cross-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
