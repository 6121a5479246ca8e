//! Answers that are pages: their policy, their headers, and the page with one
//! thing to say.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::assets;
use super::words::{Notice, Words};
use crate::service::Failure;

/// Own files only, no frames, forms to ourselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    words: &'static Words,
    title: String,
    text: String,
}

/// A page, never kept by a cache. A form on it is sent with our own origin,
/// which `no-referrer` would hide from the guard against other sites.
pub fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            let headers = response.headers_mut();
            for (name, value) in [
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CACHE_CONTROL, "no-store"),
                (header::REFERRER_POLICY, "same-origin"),
            ] {
                headers.insert(name, HeaderValue::from_static(value));
            }
            response
        }
        Err(cause) => {
            tracing::error!(%cause, "a page could not be rendered: {cause}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page with one thing to say.
pub fn notice(words: &'static Words, notice: Notice) -> Response {
    let page_of_notice = NoticePage {
        words,
        title: words.notice_title(notice),
        text: words.notice_text(notice),
    };
    page(status(notice), &page_of_notice)
}

/// What a reader sees where the database failed.
pub fn failure(words: &'static Words, error: &Failure) -> Response {
    tracing::error!(cause = ?error, "a page failed");
    let mut response = notice(words, Notice::Away);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

fn status(notice: Notice) -> StatusCode {
    match notice {
        Notice::Thanks | Notice::Dismissed | Notice::Preview => StatusCode::OK,
        Notice::Withdrawn
        | Notice::Expired
        | Notice::Left
        | Notice::BoardExpired
        | Notice::Gone => StatusCode::GONE,
        Notice::CannotCarry | Notice::NotOffered => StatusCode::CONFLICT,
        Notice::NoAddress | Notice::NoLink => StatusCode::NOT_FOUND,
        Notice::Away => StatusCode::SERVICE_UNAVAILABLE,
    }
}
