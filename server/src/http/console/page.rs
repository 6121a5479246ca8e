//! Answers of the console: pages under its policy, redirects, and how refusals of use cases
//! become pages. This file alone of the console knows status codes.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::door::Console;
use super::look::Look;
use crate::app::App;
use crate::domain::sheet::csv;
use crate::service::Failure;
use crate::service::actor::{Forbidden, LookError};

/// What a handler gives: either way an answer; `Err` only where `?` is of use.
pub type Answer = Result<Response, Response>;

/// Own files and nothing inline; pictures of posts come from anywhere, over TLS.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                      img-src 'self' data: https:; connect-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The same where the console itself is served without TLS, as at a first try on one machine:
/// pictures that are not either are shown. Under TLS browsers ask for those by TLS themselves.
const POLICY_WITHOUT_TLS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                                  img-src 'self' data: https: http:; connect-src 'self'; \
                                  form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How a page stands to what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is what was asked for.
    Good,
    /// A form is shown again, with what is wrong.
    Faulty,
    /// Who asks is to log in first.
    LogIn,
    /// They may not.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// There was such a thing.
    Gone,
    /// Somebody else was faster.
    Changed,
    /// Too much came.
    TooLarge,
    /// Too often.
    TooMany,
    /// The database is away.
    Away,
    /// Somebody whom we asked did not answer as they should.
    Beyond,
    /// Our fault.
    Broken,
}

impl Kind {
    fn status(self) -> StatusCode {
        match self {
            Self::Good => StatusCode::OK,
            Self::Faulty => StatusCode::UNPROCESSABLE_ENTITY,
            Self::LogIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Changed => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Beyond => StatusCode::BAD_GATEWAY,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The keys of headline and sentence, where the page has nothing else to say.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Forbidden => ("forbidden-title", "forbidden-text"),
            Self::Gone => ("gone-title", "gone-text"),
            Self::Changed => ("changed-title", "changed-text"),
            Self::TooLarge => ("too-large-title", "too-large-text"),
            Self::Away | Self::Beyond | Self::TooMany => ("away-title", "away-text"),
            Self::Broken => ("broken-title", "broken-text"),
            Self::Good | Self::Faulty | Self::LogIn | Self::NotFound => {
                ("not-found-title", "not-found-text")
            }
        }
    }
}

/// A page with one thing to say, without the frame.
#[derive(Template)]
#[template(path = "console/notice.html")]
struct NoticePage<'a> {
    frame: &'a Look,
    title: String,
    text: String,
    /// Where it goes on, and how that is called.
    onward: Option<(String, String)>,
}

/// A page, never kept by a cache. A form on it is sent with our own origin, which `no-referrer`
/// would hide from the guard against other sites.
pub fn page(kind: Kind, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => under_policy((kind.status(), Html(html)).into_response()),
        Err(cause) => {
            tracing::error!(%cause, "a page could not be rendered: {cause}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A table as a file for spreadsheets.
pub fn sheet(name: &str, rows: &[Vec<String>]) -> Response {
    let mut response = under_policy(csv(rows).into_response());
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8"),
    );
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

fn under_policy(mut response: Response) -> Response {
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

/// Gives pages the policy of how the console is served.
pub async fn as_served(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = response
        .headers_mut()
        .get_mut(header::CONTENT_SECURITY_POLICY);
    if let Some(policy) = policy
        && *policy == POLICY
        && app.config.web.base_url.starts_with("http://")
    {
        *policy = HeaderValue::from_static(POLICY_WITHOUT_TLS);
    }
    response
}

/// A page with one thing to say.
pub fn notice(look: &Look, kind: Kind, home: Option<&str>) -> Response {
    let (title, text) = kind.words();
    let page_of_notice = NoticePage {
        frame: look,
        title: look.say(title),
        text: look.say(text),
        onward: home.map(|path| (path.to_owned(), look.say("back-home"))),
    };
    let mut response = page(kind, &page_of_notice);
    if kind == Kind::Away {
        let seconds = HeaderValue::from_static("5");
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// What is seen where the database failed; the cause goes to the log.
pub fn failure(look: &Look, home: Option<&str>, error: &Failure) -> Response {
    match error {
        Failure::Conflict => notice(look, Kind::Changed, home),
        Failure::Reference => notice(look, Kind::NotFound, home),
        Failure::Unavailable(_) => {
            tracing::error!(cause = ?error, "a page failed");
            notice(look, Kind::Away, home)
        }
        Failure::Internal(_) => {
            tracing::error!(cause = ?error, "a page failed");
            notice(look, Kind::Broken, home)
        }
    }
}

/// On to another page of ours, after a change or instead of this one.
pub fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    let headers = [
        (header::LOCATION, location),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Refusals of use cases as pages.
#[expect(
    clippy::result_large_err,
    reason = "what is refused is a whole page, once per request"
)]
pub trait OrPage<T> {
    /// The value, or the page that says why there is none.
    fn or_page<P: super::door::Door>(self, console: &Console<P>) -> Result<T, Response>;
}

impl<T> OrPage<T> for Result<T, Failure> {
    fn or_page<P: super::door::Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|error| console.failed(&error))
    }
}

impl<T> OrPage<T> for Result<T, LookError> {
    fn or_page<P: super::door::Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|error| match error {
            LookError::Forbidden(_) => console.forbidden(),
            LookError::Internal(error) => console.failed(&error),
        })
    }
}

impl<T> OrPage<T> for Result<T, Forbidden> {
    fn or_page<P: super::door::Door>(self, console: &Console<P>) -> Result<T, Response> {
        self.map_err(|_| console.forbidden())
    }
}
