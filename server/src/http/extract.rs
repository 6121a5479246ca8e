//! Extractors of bodies, paths and queries that refuse with problem details.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde_json::Value;
use server_api::page::{DEFAULT_LIMIT, MAX_LIMIT, PageQuery};
use server_api::problem::Code;
use uuid::Uuid;

use super::error::ApiError;
use crate::app::App;
use crate::domain::page::Paging;
use crate::domain::plain_text::shorten;

/// What is said of a text that Postgres cannot store, whichever database there is.
const NUL: &str = "must not contain NUL";
/// Letters of a reason, at most: it may repeat what was sent.
const REPEATED: usize = 300;

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
    if let Some(field) = with_nul(body) {
        return Err(ApiError::field(field, NUL));
    }
    let mut source = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let field = error.path().to_string();
        let cause = error.into_inner();
        if cause.is_data() {
            ApiError::field(field, shorten(&cause.to_string(), REPEATED))
        } else {
            ApiError::new(Code::MalformedBody).detail(cause.to_string())
        }
    })?;
    source
        .end()
        .map_err(|cause| ApiError::new(Code::MalformedBody).detail(cause.to_string()))?;
    Ok(value)
}

/// The field whose text holds a NUL, if there is one.
fn with_nul(body: &[u8]) -> Option<String> {
    // JSON has one way to write it. Nearly no body does, so it is read twice only then.
    if !body.windows(6).any(|six| six == br"\u0000") {
        return None;
    }
    let value: Value = serde_json::from_slice(body).ok()?;
    path_of_nul(&value)
}

fn path_of_nul(value: &Value) -> Option<String> {
    let (step, inner) = match value {
        Value::String(text) => return text.contains('\0').then(String::new),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| Some((format!("[{at}]"), path_of_nul(item)?)))?,
        Value::Object(fields) => fields
            .iter()
            .find_map(|(name, field)| Some((name.clone(), path_of_nul(field)?)))?,
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    Some(match inner.chars().next() {
        None | Some('[') => step + &inner,
        Some(_) => format!("{step}.{inner}"),
    })
}

/// Whether an address holds a NUL, encoded as it must be.
fn has_nul(encoded: Option<&str>) -> bool {
    encoded.is_some_and(|text| text.contains("%00"))
}

/// Parameters in the path; what is no id names nothing.
#[derive(Clone, Copy, Debug)]
pub struct ApiPath<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        if has_nul(Some(parts.uri.path())) {
            return Err(ApiError::new(Code::NotFound));
        }
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
        if has_nul(parts.uri.query()) {
            return Err(ApiError::field("query", NUL));
        }
        Query::from_request_parts(parts, app)
            .await
            .map(|Query(value)| Self(value))
            .map_err(|rejection| {
                ApiError::field("query", shorten(&rejection.body_text(), REPEATED))
            })
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

/// The row after which a page begins.
pub fn position(cursor: &str) -> Result<Uuid, ApiError> {
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
    fn a_text_with_nul_is_refused_by_its_field() {
        for (body, field) in [
            (r#"{"title":"a\u0000"}"#, Some("title")),
            (r#"{"a":[{"b":"x"},{"b":"\u0000"}]}"#, Some("a[1].b")),
            (r#"["\u0000"]"#, Some("[0]")),
            (r#"{"title":"\\u0000"}"#, None),
            (r#"{"title":"\u0001"}"#, None),
            ("\\u0000", None),
        ] {
            assert_eq!(with_nul(body.as_bytes()).as_deref(), field, "{body}");
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
