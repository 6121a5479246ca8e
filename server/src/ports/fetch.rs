//! Fetching pages and feeds from addresses that people typed, without being
//! led into the server's own network.
//!
//! Names are resolved by a resolver that hides every address that is not
//! public; addresses written as numbers do not pass a resolver and are checked
//! by themselves; redirects are followed by hand, each checked like the first.

mod guard;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    LOCATION,
};
use reqwest::{Client, Response};
use thiserror::Error;
use url::Url;

use self::guard::{Door, Guarded};
use crate::config::FetchConfig;
use crate::domain::web_address::{self, AddressFault};

pub use self::guard::{Lookup, SystemLookup};

/// The status that says that nothing changed (RFC 9110, 15.4.5).
const NOT_MODIFIED: u16 = 304;
/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// Longest validator that is kept and sent back.
const VALIDATOR_LIMIT: usize = 512;
/// What we call ourselves.
const USER_AGENT: &str = concat!("Chorus/", env!("CARGO_PKG_VERSION"), " (feed reader)");

/// What is known of the document from last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its entity tag.
    pub etag: Option<String>,
    /// When it had last changed.
    pub last_modified: Option<String>,
}

/// What came of a fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// It has not changed.
    NotModified,
    /// It is here.
    Document(Document),
}

/// A fetched document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it was found, after redirects.
    pub url: Url,
    /// Its bytes, unpacked.
    pub body: Vec<u8>,
    /// How to ask for it next time.
    pub validators: Validators,
}

/// Why nothing was fetched, in words for a curator.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// The address is not acceptable.
    #[error("the address {0}")]
    Address(AddressFault),
    /// It leads to a port that is not the web's.
    #[error("the port {0} is not allowed: 80 and 443 are")]
    Port(u16),
    /// It leads into a network that is not public.
    #[error("the address does not lead to a public network")]
    NotPublic,
    /// The name has no address.
    #[error("the name cannot be resolved")]
    Unresolved,
    /// It leads on and on.
    #[error("it redirects more than {REDIRECTS} times")]
    TooManyRedirects,
    /// It leads nowhere.
    #[error("it redirects to no address")]
    BadRedirect,
    /// The server refused.
    #[error("the server answered {0}")]
    Status(u16),
    /// It is something else than what was asked for.
    #[error("it is of the type {0}")]
    ContentType(String),
    /// It is larger than allowed.
    #[error("it is larger than {0} bytes")]
    TooLarge(usize),
    /// It took too long.
    #[error("it took longer than {} s", .0.as_secs())]
    TimedOut(Duration),
    /// The connection failed.
    #[error("the connection failed")]
    Connection,
    /// The client could not be set up.
    #[error("fetching cannot be set up")]
    Setup,
}

impl FetchError {
    /// Whether the same fetch may succeed later without anybody's doing.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unresolved | Self::TimedOut(_) | Self::Connection => true,
            Self::Status(status) => *status == 429 || *status >= 500,
            Self::Address(_)
            | Self::Port(_)
            | Self::NotPublic
            | Self::TooManyRedirects
            | Self::BadRedirect
            | Self::ContentType(_)
            | Self::TooLarge(_)
            | Self::Setup => false,
        }
    }
}

/// Fetches; clones share connections.
#[derive(Clone, Debug)]
pub struct Fetcher {
    settings: FetchConfig,
    /// For the world: sees public addresses only.
    outside: Client,
    /// For what the operator allowed by name and port.
    allowed: Client,
}

impl Fetcher {
    /// A fetcher that resolves names by `lookup`.
    pub fn new(settings: FetchConfig, lookup: Arc<dyn Lookup>) -> Result<Self, FetchError> {
        Ok(Self {
            outside: client(&settings, Arc::clone(&lookup), Door::PublicOnly)?,
            allowed: client(&settings, lookup, Door::Open)?,
            settings,
        })
    }

    /// Fetches a feed, unless it is as `known` says.
    pub async fn feed(&self, url: &str, known: &Validators) -> Result<Fetched, FetchError> {
        let limit = self.settings.timeout;
        tokio::time::timeout(limit, self.follow(url, known))
            .await
            .unwrap_or(Err(FetchError::TimedOut(limit)))
    }

    async fn follow(&self, url: &str, known: &Validators) -> Result<Fetched, FetchError> {
        let mut url = web_address::parse(url).map_err(FetchError::Address)?;
        for _ in 0..=REDIRECTS {
            let response = self.request(&url, known).await?;
            let status = response.status();
            if status.as_u16() == NOT_MODIFIED {
                return Ok(Fetched::NotModified);
            }
            if status.is_redirection() {
                url = redirect(&url, response.headers())?;
                continue;
            }
            if !status.is_success() {
                return Err(FetchError::Status(status.as_u16()));
            }
            return self.document(url, response).await.map(Fetched::Document);
        }
        Err(FetchError::TooManyRedirects)
    }

    async fn request(&self, url: &Url, known: &Validators) -> Result<Response, FetchError> {
        let client = if self.is_allowed(url) {
            &self.allowed
        } else {
            guard::check(url)?;
            &self.outside
        };
        let mut request = client.get(url.clone()).header(
            ACCEPT,
            "application/feed+json, application/atom+xml, application/rss+xml, \
             application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
        );
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, last_modified);
        }
        request.send().await.map_err(|error| self.failure(&error))
    }

    fn is_allowed(&self, url: &Url) -> bool {
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return false;
        };
        let target = format!("{host}:{port}");
        self.settings
            .allow
            .iter()
            .any(|allowed| allowed.eq_ignore_ascii_case(&target))
    }

    async fn document(&self, url: Url, response: Response) -> Result<Document, FetchError> {
        let limit = self.settings.max_bytes;
        let headers = response.headers();
        check_type(headers)?;
        let validators = Validators {
            etag: validator(headers, &ETAG),
            last_modified: validator(headers, &LAST_MODIFIED),
        };
        let too_large = |length: u64| usize::try_from(length).map_or(true, |length| length > limit);
        if response.content_length().is_some_and(too_large) {
            return Err(FetchError::TooLarge(limit));
        }
        let mut body = Vec::new();
        // Pieces come unpacked and one at a time, so that a packed bomb is
        // noticed before it has unfolded.
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| self.failure(&error))?;
            if body.len() + piece.len() > limit {
                return Err(FetchError::TooLarge(limit));
            }
            body.extend_from_slice(&piece);
        }
        Ok(Document {
            url,
            body,
            validators,
        })
    }

    fn failure(&self, error: &reqwest::Error) -> FetchError {
        if let Some(refused) = guard::refusal(error) {
            return refused;
        }
        if error.is_timeout() {
            FetchError::TimedOut(self.settings.timeout)
        } else {
            FetchError::Connection
        }
    }
}

fn client(
    settings: &FetchConfig,
    lookup: Arc<dyn Lookup>,
    door: Door,
) -> Result<Client, FetchError> {
    Client::builder()
        .user_agent(USER_AGENT)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(settings.timeout)
        .timeout(settings.timeout)
        .dns_resolver(Arc::new(Guarded { lookup, door }))
        .build()
        .map_err(|_| FetchError::Setup)
}

fn redirect(from: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let target = headers
        .get(LOCATION)
        .and_then(|location| location.to_str().ok())
        .and_then(|location| from.join(location).ok())
        .ok_or(FetchError::BadRedirect)?;
    web_address::parse(target.as_str()).map_err(FetchError::Address)
}

/// Feeds come as XML, JSON or any text; servers that name no type mean one of them.
fn check_type(headers: &HeaderMap) -> Result<(), FetchError> {
    let Some(value) = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()) else {
        return Ok(());
    };
    let essence = value.split(';').next().unwrap_or(value).trim();
    let lower = essence.to_ascii_lowercase();
    let fits = lower.is_empty()
        || lower.starts_with("text/")
        || lower.contains("xml")
        || lower.contains("json")
        || lower == "application/octet-stream"
        || lower == "application/rdf";
    if fits && !lower.starts_with("image/") {
        Ok(())
    } else {
        Err(FetchError::ContentType(lower.chars().take(100).collect()))
    }
}

fn validator(headers: &HeaderMap, name: &reqwest::header::HeaderName) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .filter(|value| value.len() <= VALIDATOR_LIMIT)
        .map(str::to_owned)
}

#[cfg(test)]
mod tests;
