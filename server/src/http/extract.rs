//! Extractors of bodies, paths and queries that refuse with problem details.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use server_api::page::{DEFAULT_LIMIT, MAX_LIMIT, PageQuery};
use server_api::problem::Code;
use uuid::Uuid;

use super::error::ApiError;
use crate::app::App;
use crate::domain::page::Paging;

/// A JSON body.
#[derive(Clone, Copy, Debug)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for ApiJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/json"));
        if !is_json {
            return Err(ApiError::new(Code::MalformedBody)
                .detail("send JSON, with `Content-Type: application/json`"));
        }
        let body = body(request, app).await?;
        parse(&body).map(Self)
    }
}

/// The body, or the problem that it is too large or broke off.
pub async fn body(request: Request, app: &App) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, app)
        .await
        .map_err(|rejection: BytesRejection| {
            // Read from the rejection: the length may be declared or found while reading.
            if rejection.body_text().contains("length limit") {
                ApiError::new(Code::BodyTooLarge)
            } else {
                ApiError::new(Code::MalformedBody).detail("the body broke off")
            }
        })
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let mut source = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let field = error.path().to_string();
        let cause = error.into_inner();
        if cause.is_data() {
            ApiError::field(field, cause.to_string())
        } else {
            ApiError::new(Code::MalformedBody).detail(cause.to_string())
        }
    })?;
    source
        .end()
        .map_err(|cause| ApiError::new(Code::MalformedBody).detail(cause.to_string()))?;
    Ok(value)
}

/// Parameters in the path; what is no id names nothing.
#[derive(Clone, Copy, Debug)]
pub struct ApiPath<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Path::from_request_parts(parts, app)
            .await
            .map(|Path(value)| Self(value))
            .map_err(|_| ApiError::new(Code::NotFound))
    }
}

/// Parameters after the question mark.
#[derive(Clone, Copy, Debug)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for ApiQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Query::from_request_parts(parts, app)
            .await
            .map(|Query(value)| Self(value))
            .map_err(|rejection| ApiError::field("query", rejection.body_text()))
    }
}

impl FromRequestParts<App> for Paging {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let ApiQuery(query) = ApiQuery::<PageQuery>::from_request_parts(parts, app).await?;
        let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(ApiError::field("limit", format!("is 1 to {MAX_LIMIT}")));
        }
        Ok(Self {
            after: query.cursor.as_deref().map(position).transpose()?,
            limit,
        })
    }
}

/// The cursor of the page that begins after a row.
pub fn cursor(row: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(row.as_bytes())
}

fn position(cursor: &str) -> Result<Uuid, ApiError> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| Uuid::from_slice(&bytes).ok())
        .ok_or_else(|| ApiError::field("cursor", "is the `next` of a page before"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_row_and_anything_else_nowhere() {
        let row = Uuid::from_u128(42);
        assert_eq!(position(&cursor(row)).ok(), Some(row));
        for forged in ["", "x", "AAAA", "!!!"] {
            assert!(position(forged).is_err(), "{forged}");
        }
    }

    #[test]
    fn an_invalid_field_is_told_from_a_malformed_body() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Form {
            #[expect(dead_code, reason = "only parsing is of interest")]
            count: u32,
        }
        assert_eq!(
            parse::<Form>(br#"{"count":"x"}"#)
                .map_err(|e| e.code())
                .err(),
            Some(Code::InvalidField)
        );
        for text in ["", "{", "{\"count\":1} x"] {
            assert_eq!(
                parse::<Form>(text.as_bytes()).map_err(|e| e.code()).err(),
                Some(Code::MalformedBody),
                "{text}"
            );
        }
    }
}
