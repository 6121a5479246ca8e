//! What a request says about who sends it: an extractor for the pages that
//! tell people from programs.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, header};
use entity::enums::HitClass;
use url::Url;

use crate::app::App;
use crate::ingest::Request;
use crate::ingest::classify::{Signs, Verdict, classify};
use crate::ports::country;
use crate::service::visitors::{self, Visitor};

/// Headers by which browsers and others announce that nobody looks yet. As names and not as texts,
/// which would be read anew for every reader; the others below as well.
static PURPOSES: [HeaderName; 4] = [
    HeaderName::from_static("purpose"),
    HeaderName::from_static("sec-purpose"),
    HeaderName::from_static("x-purpose"),
    HeaderName::from_static("x-moz"),
];
/// Global Privacy Control (w3.org/TR/gpc).
static PRIVACY_CONTROL: HeaderName = HeaderName::from_static("sec-gpc");
/// Whom proxies speak for.
static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Bytes of a user agent that are looked at; browsers send some 200.
const USER_AGENT_LIMIT: usize = 1_024;
/// Bytes of a host name (RFC 1035).
const HOST_LIMIT: usize = 253;
/// How long a browser remembers that a link is its member's own, in seconds: 90 days.
const OWN_FOR: u32 = 90 * 24 * 60 * 60;

/// The code or token that stands in the path; nothing where the path is no text,
/// because nothing of ours is called so either.
#[derive(Clone, Debug)]
pub struct InPath(pub String);

impl FromRequestParts<App> for InPath {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let found: Result<Path<String>, _> = Path::from_request_parts(parts, app).await;
        Ok(Self(
            found.map_or_else(|_| String::new(), |Path(text)| text),
        ))
    }
}

/// Who comes, as far as the request tells.
#[derive(Clone, Debug)]
pub struct Visit {
    app: App,
    head: bool,
    headers: HeaderMap,
    peer: IpAddr,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let headers = parts.headers.clone();
        Ok(Self::with(app, parts, headers))
    }
}

impl Visit {
    /// The sender of a request that nothing else is read from.
    pub fn of(app: &App, mut parts: Parts) -> Self {
        let headers = std::mem::take(&mut parts.headers);
        Self::with(app, &parts, headers)
    }

    fn with(app: &App, parts: &Parts, headers: HeaderMap) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        Self {
            app: app.clone(),
            head: parts.method == Method::HEAD,
            headers,
            peer,
        }
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Whether a program asks, not a person.
    pub fn is_program(&self) -> bool {
        self.verdict(None).class == HitClass::Bot
    }

    /// Who comes today; none for a person who asks not to be tracked.
    pub async fn visitor(&self) -> Option<Visitor> {
        if self.verdict(None).class == HitClass::Private {
            return None;
        }
        let visitor = visitors::today(&self.app, self.address(), self.user_agent()).await;
        Some(visitor)
    }

    /// The request for the link of a code.
    pub fn request(&self, code: &str) -> Request<'_> {
        let address = self.address();
        let user_agent = self.user_agent();
        Request {
            verdict: self.verdict(Some(code)),
            address,
            referrer_host: self.referrer_host(),
            country: self.country(address),
            device: self.app.ingest().agents().of(user_agent).device,
            user_agent,
        }
    }

    fn verdict(&self, code: Option<&str>) -> Verdict {
        let signs = Signs {
            head: self.head,
            user_agent: self.text(&header::USER_AGENT),
            prefetch: self.announces_prefetch(),
            do_not_track: self.text(&header::DNT) == Some("1"),
            privacy_control: self.text(&PRIVACY_CONTROL) == Some("1"),
            own_cookie: code.is_some_and(|code| self.has_own_cookie(code)),
        };
        let agents = self.app.ingest().agents();
        classify(signs, |_| agents.of(self.user_agent()).program)
    }

    fn announces_prefetch(&self) -> bool {
        PURPOSES
            .iter()
            .filter_map(|name| self.text(name))
            .map(str::to_ascii_lowercase)
            .any(|value| value.contains("prefetch") || value.contains("preview"))
    }

    fn has_own_cookie(&self, code: &str) -> bool {
        if !self.headers.contains_key(header::COOKIE) {
            return false;
        }
        let name = cookie_name(code);
        self.headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.split_once('='))
            .any(|(key, value)| key.trim() == name && value.trim() == "1")
    }

    /// Where they come from; it is never kept.
    pub fn address(&self) -> IpAddr {
        let forwarded = self
            .headers
            .get_all(&FORWARDED_FOR)
            .iter()
            .filter_map(|value| value.to_str().ok());
        self.app.origins().client(self.peer, forwarded)
    }

    fn country(&self, address: IpAddr) -> Option<String> {
        let origins = self.app.origins();
        let told = origins
            .country_header
            .as_deref()
            .filter(|_| origins.trusts(self.peer))
            .and_then(|name| self.headers.get(name)?.to_str().ok())
            .and_then(country::code);
        told.or_else(|| origins.country.of(address))
    }

    fn referrer_host(&self) -> Option<String> {
        let url = Url::parse(self.text(&header::REFERER)?).ok()?;
        let host = url.host_str()?;
        (host.len() <= HOST_LIMIT).then(|| host.to_owned())
    }

    /// What the browser calls itself.
    pub fn user_agent(&self) -> &str {
        let whole = self.text(&header::USER_AGENT).unwrap_or_default();
        // Only visible ASCII is text to a header: no letter is cut in two.
        whole.get(..USER_AGENT_LIMIT).unwrap_or(whole)
    }

    fn text(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The cookie that tells a member's browser by a link of theirs. It is sent for
/// that link only, says nothing else, and forging it only loses clicks.
pub fn own_cookie(app: &App, code: &str) -> String {
    let secure = if app.addresses().are_secure() {
        "; Secure"
    } else {
        ""
    };
    format!(
        "{}=1; Path=/l/{code}; Max-Age={OWN_FOR}; HttpOnly; SameSite=Lax{secure}",
        cookie_name(code)
    )
}

fn cookie_name(code: &str) -> String {
    format!("own_{code}")
}
