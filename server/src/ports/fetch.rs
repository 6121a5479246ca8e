//! Fetching pages and feeds from addresses that people typed, without being
//! led into the server's own network.
//!
//! Names are resolved by a resolver that hides every address that is not
//! public; addresses written as numbers do not pass a resolver and are checked
//! by themselves; redirects are followed by hand, each checked like the first.

mod error;
mod guard;

use std::sync::Arc;

use futures::StreamExt;
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    LOCATION,
};
use reqwest::{Client, Response};
use url::Url;

use self::guard::{Door, Guarded};
use crate::config::FetchConfig;
use crate::domain::web_address;

pub use self::error::FetchError;
pub use self::guard::{Lookup, SystemLookup};

/// The status that says that nothing changed (RFC 9110, 15.4.5).
const NOT_MODIFIED: u16 = 304;
/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// How much of a page is read: what it says of itself stands in its head.
const PAGE_LIMIT: usize = 1024 * 1024;
/// Longest validator that is kept and sent back.
const VALIDATOR_LIMIT: usize = 512;
/// What we call ourselves.
const USER_AGENT: &str = concat!(
    "Chorus/",
    env!("CARGO_PKG_VERSION"),
    " (feeds and link previews)"
);

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

/// The beginning of a page, as much as one reads to learn what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it was found, after redirects.
    pub url: Url,
    /// Its bytes, unpacked, up to a limit.
    pub body: Vec<u8>,
    /// What its header says of its type and its letters.
    pub content_type: Option<String>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Feed,
    Page,
}

impl Wanted {
    /// The types that are read, the best first.
    fn accept(self) -> &'static str {
        match self {
            Self::Feed => {
                "application/feed+json, application/atom+xml, application/rss+xml, \
                 application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
            }
            Self::Page => "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
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
        self.in_time(self.follow(url, known)).await
    }

    /// Fetches the beginning of a page.
    pub async fn page(&self, url: &str) -> Result<Page, FetchError> {
        self.in_time(async {
            let (url, response) = self
                .arrive(url, &Validators::default(), Wanted::Page)
                .await?;
            self.beginning(url, response).await
        })
        .await
    }

    /// Whether something answers at an address; what, is not read.
    pub async fn answers(&self, url: &str) -> Result<(), FetchError> {
        self.in_time(async {
            let known = Validators::default();
            self.arrive(url, &known, Wanted::Page).await.map(drop)
        })
        .await
    }

    /// The client for an address to which somebody leads whom the operator `named`: at the host
    /// and port of that name wherever it is, anywhere else as for the world.
    pub(super) fn client_by_word_of(&self, named: &Url, url: &Url) -> Result<&Client, FetchError> {
        let is_named = url.host() == named.host()
            && url.port_or_known_default() == named.port_or_known_default();
        if is_named {
            Ok(&self.allowed)
        } else {
            self.client(url)
        }
    }

    /// Gives up on what takes too long.
    pub(super) async fn in_time<T>(
        &self,
        work: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let limit = self.settings.timeout;
        tokio::time::timeout(limit, work)
            .await
            .unwrap_or(Err(FetchError::TimedOut(limit)))
    }

    async fn follow(&self, url: &str, known: &Validators) -> Result<Fetched, FetchError> {
        let (url, response) = self.arrive(url, known, Wanted::Feed).await?;
        if response.status().as_u16() == NOT_MODIFIED {
            return Ok(Fetched::NotModified);
        }
        self.document(url, response).await.map(Fetched::Document)
    }

    /// Follows an address to what answers well there.
    async fn arrive(
        &self,
        url: &str,
        known: &Validators,
        wanted: Wanted,
    ) -> Result<(Url, Response), FetchError> {
        let mut url = web_address::parse(url).map_err(FetchError::Address)?;
        for _ in 0..=REDIRECTS {
            let response = self.request(&url, known, wanted).await?;
            let status = response.status();
            if status.as_u16() == NOT_MODIFIED {
                return Ok((url, response));
            }
            if status.is_redirection() {
                url = redirect(&url, response.headers())?;
                continue;
            }
            if !status.is_success() {
                return Err(FetchError::Status(status.as_u16()));
            }
            return Ok((url, response));
        }
        Err(FetchError::TooManyRedirects)
    }

    async fn request(
        &self,
        url: &Url,
        known: &Validators,
        wanted: Wanted,
    ) -> Result<Response, FetchError> {
        let client = self.client(url)?;
        let mut request = client.get(url.clone()).header(ACCEPT, wanted.accept());
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, last_modified);
        }
        request.send().await.map_err(|error| self.failure(&error))
    }

    fn client(&self, url: &Url) -> Result<&Client, FetchError> {
        if self.is_allowed(url) {
            return Ok(&self.allowed);
        }
        guard::check(url)?;
        Ok(&self.outside)
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

    /// What a page says of itself stands at its beginning, so a longer one is not refused, and a
    /// packed bomb is left alone before it has unfolded.
    async fn beginning(&self, url: Url, response: Response) -> Result<Page, FetchError> {
        let limit = self.settings.max_bytes.min(PAGE_LIMIT);
        let content_type = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        check_page(content_type.as_deref())?;
        let mut body = Vec::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|error| self.failure(&error))?;
            let room = limit - body.len();
            body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
            if body.len() >= limit {
                break;
            }
        }
        Ok(Page {
            url,
            body,
            content_type,
        })
    }

    /// Why a request came to nothing.
    pub(super) fn failure(&self, error: &reqwest::Error) -> FetchError {
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

/// Pages are HTML; servers that name no type mean that, or else there is nothing to find.
fn check_page(content_type: Option<&str>) -> Result<(), FetchError> {
    let Some(value) = content_type else {
        return Ok(());
    };
    let essence = value.split(';').next().unwrap_or(value).trim();
    let lower = essence.to_ascii_lowercase();
    let fits = ["", "text/html", "application/xhtml+xml", "text/plain"].contains(&lower.as_str());
    if fits {
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
