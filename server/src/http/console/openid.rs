//! Logging in by a provider: out to it, and back from it.

use askama::Template;
use axum::extract::{RawPathParams, RawQuery, State};
use axum::response::Response;
use url::form_urlencoded;

use super::cookies;
use super::look::Look;
use super::page::{self, Answer, Kind};
use crate::app::App;
use crate::http::public::visit::Visit;
use crate::service::logins;
use crate::service::openid::{self, Back, OpenIdLogInError, Provider};
use crate::service::sessions::Browser;

/// Why a provider let nobody in, and the way back.
#[derive(Template)]
#[template(path = "console/refused.html")]
struct RefusedPage<'a> {
    frame: &'a Look,
    text: String,
    /// Where one may log in another way; none where that is not known any more.
    login: Option<String>,
}

/// Sends the browser to the provider.
pub async fn begin(
    State(app): State<App>,
    params: RawPathParams,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Answer {
    let named = |wanted: &str| params.iter().find(|(name, _)| *name == wanted);
    let slug = named("slug").map_or("", |(_, slug)| slug);
    let provider = named("provider").and_then(|(_, name)| Provider::named(name));
    let look = Look::of_stranger(visit.headers(), None, app.now());
    let house = logins::house(&app, slug).await;
    let house = house.map_err(|error| page::failure(&look, None, &error))?;
    let (Some(provider), Some(house)) = (provider, house) else {
        return Err(page::notice(&look, Kind::NotFound, None));
    };
    let look = Look::of_stranger(visit.headers(), Some(&house), app.now());
    let query = query.unwrap_or_default();
    let next = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "next");
    let next = next.as_ref().map(|(_, next)| next.as_ref());
    match openid::begin(&app, provider, &house, next).await {
        Ok(sent) => Ok(cookies::bind(
            &app,
            page::see_other(sent.url.as_str()),
            &sent.cookie,
        )),
        Err(error) => Err(refused(&look, Some(&house.slug), (provider, error))),
    }
}

/// Lets in who comes back.
pub async fn finish(
    State(app): State<App>,
    params: RawPathParams,
    RawQuery(query): RawQuery,
    visit: Visit,
) -> Answer {
    let named = params.iter().find(|(name, _)| *name == "provider");
    let provider = named.and_then(|(_, name)| Provider::named(name));
    let look = Look::of_stranger(visit.headers(), None, app.now());
    let provider = provider.ok_or_else(|| page::notice(&look, Kind::NotFound, None))?;
    let query = query.unwrap_or_default();
    let all: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    let given = |wanted: &str| {
        let found = all.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    };
    let cookie = cookies::bound(&app, visit.headers()).unwrap_or_default();
    let slug = cookie.split('.').nth(2);
    let back = Back {
        cookie,
        state: given("state").unwrap_or_default(),
        code: given("code").unwrap_or_default(),
        issuer: given("iss"),
        error: given("error"),
        browser: Browser {
            user_agent: visit.user_agent(),
            before: cookies::session(&app, visit.headers()),
        },
    };
    let answer = match openid::finish(&app, provider, back).await {
        Ok((begun, next)) => cookies::begin(&app, page::see_other(&next), &begun),
        Err(error) => refused(&look, slug, (provider, error)),
    };
    Ok(cookies::unbind(&app, answer))
}

/// Says why nobody was let in. The log learns what the provider did, and that it vouched in vain;
/// for whom, it does not.
fn refused(
    look: &Look,
    slug: Option<&str>,
    (provider, error): (Provider, OpenIdLogInError),
) -> Response {
    let by = provider.name();
    let (kind, key) = match error {
        OpenIdLogInError::NotOffered => return page::notice(look, Kind::NotFound, None),
        OpenIdLogInError::Store(error) => return page::failure(look, None, &error),
        OpenIdLogInError::NotBegun => (Kind::Forbidden, "openid-not-begun"),
        OpenIdLogInError::Declined => (Kind::Forbidden, "openid-declined"),
        OpenIdLogInError::NoAddress => {
            tracing::info!(
                by,
                "somebody was not let in: {by} confirms no address of theirs"
            );
            (Kind::Forbidden, "openid-no-address")
        }
        OpenIdLogInError::Elsewhere => {
            tracing::info!(
                by,
                "somebody was not let in: {by} knows them in another workspace"
            );
            (Kind::Forbidden, "openid-elsewhere")
        }
        OpenIdLogInError::Nobody => {
            tracing::info!(
                by,
                "somebody was not let in: {by} knows them, and nobody here does"
            );
            (Kind::Forbidden, "openid-nobody")
        }
        OpenIdLogInError::Provider(cause) => {
            tracing::warn!(by, %cause, "a login provider let nobody in: {cause}");
            (Kind::Beyond, "openid-provider")
        }
    };
    // What stands in a cookie is whoever's: only a name of an organization leads anywhere.
    let is_name = |slug: &&str| slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let login = slug
        .filter(|slug| !slug.is_empty())
        .filter(is_name)
        .map(|slug| format!("/o/{slug}/login"));
    let text = look.say(key);
    page::page(
        kind,
        &RefusedPage {
            frame: look,
            text,
            login,
        },
    )
}
