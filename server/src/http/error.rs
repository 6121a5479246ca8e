//! From refusals to problem details. This file alone knows which status a code bears.

mod access;
mod broadcasts;
mod connections;
mod console;
mod content;
mod deliveries;
mod erasure;
mod feeds;
mod idempotency;
mod identity;
mod imports;
mod insight;
mod members;
mod pairing;
mod plans;
mod posts;
mod proposals;
mod settings;
mod setup;
mod share;
mod token;

use std::error::Error;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_api::problem::{Changed, Code, FieldProblem, MEDIA_TYPE, Problem};

use super::middleware::request_id;
use crate::domain::fault::Fault;
use crate::service::Failure;
use crate::service::actor::Forbidden;

/// A refusal on its way to the client. What caused it goes to the log, never out.
#[derive(Debug)]
pub struct ApiError {
    code: Code,
    detail: Option<String>,
    fields: Vec<FieldProblem>,
    contact: Option<String>,
    /// Boxed, because every refusal is as large as the largest.
    changed: Option<Box<Changed>>,
    retry_after: i64,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl ApiError {
    /// A refusal with nothing to add to its code.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: None,
            fields: Vec::new(),
            contact: None,
            changed: None,
            retry_after: 1,
            cause: None,
        }
    }

    /// The same with words for a developer.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same naming whom to ask.
    pub fn contact(mut self, contact: Option<String>) -> Self {
        self.contact = contact;
        self
    }

    /// The same naming the change that came before.
    pub fn changed(mut self, changed: Changed) -> Self {
        self.changed = Some(Box::new(changed));
        self
    }

    /// The same saying after how many seconds to try again, where it is worth it.
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.retry_after = seconds;
        self
    }

    /// The same with its cause, for the log.
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// A field that was refused.
    pub fn field(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::fields(vec![FieldProblem {
            field: field.into(),
            reason: reason.into(),
        }])
    }

    /// Fields that were refused.
    pub fn fields(fields: Vec<FieldProblem>) -> Self {
        Self {
            fields,
            ..Self::new(Code::InvalidField)
        }
    }

    /// Fields that a rule refused.
    pub fn faults(faults: Vec<Fault>) -> Self {
        let field = |fault: Fault| FieldProblem {
            field: fault.field,
            reason: fault.reason,
        };
        Self::fields(faults.into_iter().map(field).collect())
    }

    /// Our fault.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Code::Internal).because(cause)
    }

    /// Code and fields, where it is one of many outcomes; its cause goes to the log.
    pub fn told(self) -> (Code, Vec<FieldProblem>) {
        if let Some(cause) = &self.cause {
            let cause = full(cause.as_ref());
            tracing::error!(problem.code = ?self.code, cause, "step failed: {cause}");
        }
        (self.code, self.fields)
    }

    /// Why.
    pub fn code(&self) -> Code {
        self.code
    }
}

/// The one map from codes to statuses, and the short name of each.
fn status(code: Code) -> (StatusCode, &'static str) {
    match code {
        Code::Unauthenticated => (StatusCode::UNAUTHORIZED, "A valid token is needed"),
        Code::Forbidden => (StatusCode::FORBIDDEN, "Not allowed"),
        Code::NotFound => (StatusCode::NOT_FOUND, "Not found"),
        Code::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "Method not allowed"),
        Code::InvalidField => (StatusCode::UNPROCESSABLE_ENTITY, "Invalid field"),
        Code::MalformedBody => (StatusCode::BAD_REQUEST, "Malformed body"),
        Code::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Body too large"),
        Code::IdempotencyMismatch => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "Idempotency key used for another body",
        ),
        Code::IdempotencyInProgress => (StatusCode::CONFLICT, "Still being answered"),
        Code::IdempotencyAnswerLost => (StatusCode::CONFLICT, "Done, but its answer was lost"),
        Code::VersionMismatch => (StatusCode::PRECONDITION_FAILED, "Changed meanwhile"),
        Code::AlreadyExists => (StatusCode::CONFLICT, "Exists already"),
        Code::UnknownPerson => (StatusCode::FORBIDDEN, "Unknown person"),
        Code::MayNotJoin => (StatusCode::FORBIDDEN, "May not join"),
        Code::PairingRequired => (StatusCode::FORBIDDEN, "Pair this account first"),
        Code::PairingCodeInvalid => (StatusCode::FORBIDDEN, "Not a valid pairing code"),
        Code::AlreadyPaired => (StatusCode::CONFLICT, "Paired already"),
        Code::MemberLeft => (StatusCode::FORBIDDEN, "Left the organization"),
        Code::WrongState => (StatusCode::CONFLICT, "Not in this state"),
        Code::PostWithdrawn => (StatusCode::CONFLICT, "The post was withdrawn"),
        Code::PostExpired => (StatusCode::CONFLICT, "The post has expired"),
        Code::OwnPost => (StatusCode::CONFLICT, "Somebody else must approve"),
        Code::NetworkCannotCarry => (StatusCode::CONFLICT, "Not on this network"),
        Code::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
        Code::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "Try again"),
        Code::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "Our fault"),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, title) = status(self.code);
        if let Some(cause) = &self.cause {
            let cause = full(cause.as_ref());
            if status.is_server_error() {
                tracing::error!(problem.code = ?self.code, cause, "request failed: {cause}");
            } else {
                tracing::info!(problem.code = ?self.code, cause, "request refused: {cause}");
            }
        }
        let problem = Problem {
            typ: "about:blank".to_owned(),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.detail,
            code: self.code,
            fields: self.fields,
            contact: self.contact,
            changed: self.changed.map(|changed| *changed),
            request_id: request_id::current(),
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if self.code == Code::Unauthenticated {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let try_again = [
            Code::Unavailable,
            Code::IdempotencyInProgress,
            Code::TooManyRequests,
        ];
        if try_again.contains(&self.code) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(self.retry_after));
        }
        response
    }
}

/// An error with everything that caused it, in one line.
fn full(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let words = next.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = next.source();
    }
    text
}

impl From<Failure> for ApiError {
    fn from(error: Failure) -> Self {
        match error {
            Failure::Conflict => Self::new(Code::AlreadyExists),
            Failure::Reference => Self::new(Code::NotFound),
            Failure::Unavailable(_) => Self::new(Code::Unavailable).because(error),
            Failure::Internal(_) => Self::internal(error),
        }
    }
}

impl From<Forbidden> for ApiError {
    fn from(error: Forbidden) -> Self {
        Self::new(Code::Forbidden).detail(error.to_string())
    }
}
