//! Who asks, before any handler runs: a member of this organization who is logged in goes on;
//! everybody else is sent to log in, and a form that they sent is kept for them.

use axum::body::Bytes;
use axum::extract::{FromRequest, RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use server_api::problem::Code;
use url::form_urlencoded;

use super::frame::Waits;
use super::look::Look;
use super::page::{self, Kind};
use super::{cookies, login, multipart};
use crate::app::App;
use crate::domain::picture::BYTES;
use crate::http::error::ApiError;
use crate::service::sessions::{self, LoggedIn};
use crate::service::{Failure, logins, proposals, reviews};

/// A member who is logged in, for the handler.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) logged_in: LoggedIn,
    pub(super) look: Look,
    /// How much waits for them.
    pub(super) waits: Waits,
}

impl Known {
    /// Where their console begins.
    pub(super) fn home(&self) -> String {
        format!("/o/{}/", self.logged_in.actor.organization.slug)
    }
}

/// Lets a member of the path's organization go on, and answers everybody else.
pub(super) async fn know(
    State(app): State<App>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let slug = params.iter().find(|(name, _)| *name == "slug");
    let slug = slug.map_or("", |(_, slug)| slug).to_owned();
    match known(&app, request.headers(), &slug).await {
        Ok(Some(known)) => {
            request.extensions_mut().insert(known);
            next.run(request).await
        }
        Ok(None) => ask(&app, &slug, request).await,
        Err(error) => {
            let look = Look::of_stranger(request.headers(), None, app.now());
            page::failure(&look, None, &error)
        }
    }
}

async fn known(app: &App, headers: &HeaderMap, slug: &str) -> Result<Option<Known>, Failure> {
    let Some(token) = cookies::session(app, headers) else {
        return Ok(None);
    };
    let found = sessions::find(app, token).await?;
    let here = found.filter(|found| found.actor.organization.slug == slug);
    let Some(logged_in) = here else {
        return Ok(None);
    };
    Ok(Some(Known {
        waits: Waits {
            reviews: reviews::count(app, &logged_in.actor).await?,
            proposals: proposals::count_waiting(app, &logged_in.actor).await?,
        },
        look: Look::of_member(
            headers,
            (&logged_in.actor.organization, &logged_in.actor.member),
            app.now(),
        ),
        logged_in,
    }))
}

/// Asks who is not logged in to do so. A script is told; a page that was to be read comes
/// after; a form that was sent is carried by the page of the log-in, and sent again after.
async fn ask(app: &App, slug: &str, request: Request) -> Response {
    let headers = request.headers();
    let house = match logins::house(app, slug).await {
        Ok(house) => house,
        Err(error) => {
            let look = Look::of_stranger(headers, None, app.now());
            return page::failure(&look, None, &error);
        }
    };
    let look = Look::of_stranger(headers, house.as_ref(), app.now());
    let Some(house) = house else {
        return page::notice(&look, Kind::NotFound, None);
    };
    if says(headers, header::ACCEPT, "application/json") {
        return ApiError::new(Code::Unauthenticated)
            .detail("the session has ended: log in again")
            .into_response();
    }
    // Who wanted to leave has left: logging in again must not end in leaving again.
    if leaves(slug, request.uri().path()) {
        return page::see_other(&format!("/o/{slug}/login"));
    }
    let whose = cookies::whose(app, headers, slug).map(str::to_owned);
    let asked = request.uri().path_and_query().map(ToString::to_string);
    let asked = asked.unwrap_or_default();
    if [Method::GET, Method::HEAD].contains(request.method()) {
        let next: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
        return page::see_other(&format!("/o/{slug}/login?next={next}"));
    }
    let typed = if let Some(boundary) = multipart::boundary(headers) {
        // The texts are carried; a file is chosen again.
        let body = axum::body::to_bytes(request.into_body(), BYTES + super::FORM).await;
        match body {
            Ok(body) => Some(multipart::read(&boundary, &body).fields.encoded()),
            Err(_) => return page::notice(&look, Kind::TooLarge, None),
        }
    } else if says(
        headers,
        header::CONTENT_TYPE,
        "application/x-www-form-urlencoded",
    ) {
        match Bytes::from_request(request, app).await {
            Ok(body) => String::from_utf8(body.to_vec()).ok(),
            Err(_) => return page::notice(&look, Kind::TooLarge, None),
        }
    } else {
        None
    };
    let waiting = login::Waiting { typed, whose };
    login::interrupted(app, (&look, &house), &asked, waiting).await
}

/// Whether what is sent to a path is not carried: that of logging out, of being erased, and
/// passwords, which do not belong on another page.
fn leaves(slug: &str, path: &str) -> bool {
    let below = path.strip_prefix(&format!("/o/{slug}/"));
    below.is_some_and(|page| {
        [
            "logout",
            "logout/everywhere",
            "you/password",
            "you/data/erase",
        ]
        .contains(&page)
    })
}

fn says(headers: &HeaderMap, name: header::HeaderName, wanted: &str) -> bool {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with(wanted))
}
