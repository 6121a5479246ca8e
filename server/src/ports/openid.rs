//! Login providers by OpenID Connect: where they are reached, and what they say of somebody.
//!
//! What a provider says counts only if one of its published keys signed it (`keys`), and if it was
//! said to us, for this log-in and now (`token`). Addresses, codes and secrets stay out of errors:
//! these go to the log.

mod asking;
mod keys;
mod token;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;
use url::Url;

use self::keys::{Keys, Published, Verdict};
use self::token::{Token, text};
use crate::config::is_safe;
use crate::ports::fetch::{FetchError, Fetcher};
use crate::secrets::mac::sha256;

pub use self::asking::is_word;

/// For so long a description and its keys are remembered.
const FRESH: TimeDelta = TimeDelta::hours(1);

/// Speaks to login providers; clones remember together.
#[derive(Clone, Debug)]
pub struct OpenId {
    fetcher: Fetcher,
    remembered: Arc<Mutex<HashMap<Url, Remembered>>>,
}

/// What is known of an issuer.
#[derive(Clone, Debug)]
struct Remembered {
    endpoints: Arc<Endpoints>,
    keys: Option<Arc<Keys>>,
    until: DateTime<Utc>,
}

/// Who we are to a provider.
#[derive(Clone, Debug)]
pub struct Client {
    /// The provider.
    pub issuer: Url,
    /// Our name there.
    pub id: String,
    /// How we prove it.
    pub secret: SecretString,
    /// Where it sends browsers back to.
    pub redirect: String,
}

/// Where a provider is reached.
#[derive(Clone, Debug, Deserialize)]
pub struct Endpoints {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    userinfo_endpoint: Option<Url>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// What a log-in is bound to.
#[derive(Clone, Debug)]
pub struct Bound<'a> {
    /// Comes back by the browser.
    pub state: &'a str,
    /// Comes back in what the provider says.
    pub nonce: &'a str,
    /// Shown where the code is exchanged; its hash is sent before.
    pub verifier: &'a str,
}

/// What a provider says of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Who they are there.
    pub subject: String,
    /// Their address, if the provider has made sure of it.
    pub confirmed_email: Option<String>,
    /// Slack's workspace, and the person's id in it.
    pub slack: Option<(String, String)>,
    /// Slack's id of the enterprise that the workspace belongs to.
    pub slack_enterprise: Option<String>,
}

/// What of a provider was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its description, below `/.well-known/`.
    Description,
    /// Its page for log-ins.
    Login,
    /// Its keys.
    Keys,
    /// Where codes are exchanged.
    Token,
    /// Where it tells more of somebody.
    Userinfo,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Description => "its description",
            Self::Login => "its page for log-ins",
            Self::Keys => "its keys",
            Self::Token => "its token endpoint",
            Self::Userinfo => "its userinfo endpoint",
        })
    }
}

/// Why a provider says nothing that counts.
#[derive(Debug, Error)]
pub enum OpenIdError {
    /// It cannot be reached, or may not.
    #[error("{0}: {1}")]
    Away(Part, FetchError),
    /// It answers something else.
    #[error("{0} answered {1} without what is needed")]
    Unreadable(Part, u16),
    /// It refuses.
    #[error("{0} refuses: {1}")]
    Refused(Part, String),
    /// What it says is not genuine, not for us, or not for now.
    #[error("what it says does not hold: {0}")]
    Unsound(&'static str),
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

impl OpenId {
    /// Asks under the same rules by which everything else is fetched.
    pub fn new(fetcher: Fetcher) -> Self {
        Self {
            fetcher,
            remembered: Arc::default(),
        }
    }

    /// Where a provider is reached, as it was found within the hour.
    pub async fn discover(
        &self,
        issuer: &Url,
        now: DateTime<Utc>,
    ) -> Result<Arc<Endpoints>, OpenIdError> {
        if let Some(known) = self.fresh(issuer, now) {
            return Ok(known.endpoints);
        }
        let endpoints = Arc::new(self.describe(issuer).await?);
        let known = Remembered {
            endpoints: Arc::clone(&endpoints),
            keys: None,
            until: now + FRESH,
        };
        self.lock().insert(issuer.clone(), known);
        Ok(endpoints)
    }

    /// Whether a provider describes itself and has a key that is taken; says where people log in.
    pub async fn examine(&self, issuer: &Url) -> Result<Url, OpenIdError> {
        let endpoints = self.describe(issuer).await?;
        if self.keys(issuer, &endpoints).await?.are_none() {
            return Err(OpenIdError::Unsound(
                "it has no key of a kind that is taken",
            ));
        }
        Ok(endpoints.authorization_endpoint)
    }

    /// Asks a provider where it is reached.
    async fn describe(&self, issuer: &Url) -> Result<Endpoints, OpenIdError> {
        let base = issuer.as_str().trim_end_matches('/');
        let place = format!("{base}/.well-known/openid-configuration");
        let place = place
            .parse()
            .map_err(|_| OpenIdError::Unsound("its issuer is no address"))?;
        let asked = (Part::Description, Method::GET, &place);
        let found: Endpoints = self.ask(issuer, asked, |request| request).await?;
        if found.issuer.trim_end_matches('/') != base {
            return Err(OpenIdError::Unsound("it describes another issuer"));
        }
        let places = [
            &found.authorization_endpoint,
            &found.token_endpoint,
            &found.jwks_uri,
        ];
        let all = places.into_iter().chain(&found.userinfo_endpoint);
        if !all.into_iter().all(is_safe) {
            return Err(OpenIdError::Unsound("an endpoint is not behind TLS"));
        }
        Ok(found)
    }

    async fn keys(&self, issuer: &Url, endpoints: &Endpoints) -> Result<Keys, OpenIdError> {
        let asked = (Part::Keys, Method::GET, &endpoints.jwks_uri);
        let found: Published = self.ask(issuer, asked, |request| request).await?;
        Ok(Keys::from(found))
    }

    /// Exchanges the code that a browser brought for what the provider says.
    pub async fn exchange(
        &self,
        (endpoints, client): (&Endpoints, &Client),
        code: &str,
        bound: &Bound<'_>,
        now: DateTime<Utc>,
    ) -> Result<Claims, OpenIdError> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", client.redirect.as_str()),
            ("code_verifier", bound.verifier),
        ];
        let secret = client.secret.expose_secret();
        let by_head = endpoints.wants_secret_in_head();
        if !by_head {
            form.extend([("client_id", client.id.as_str()), ("client_secret", secret)]);
        }
        let asked = (Part::Token, Method::POST, &endpoints.token_endpoint);
        let with = |request: RequestBuilder| {
            let request = request.form(&form);
            if by_head {
                request.basic_auth(escaped(&client.id), Some(escaped(secret)))
            } else {
                request
            }
        };
        let tokens: Tokens = self.ask(&client.issuer, asked, with).await?;
        let whose = (endpoints, client);
        let claims = self.believed(whose, &tokens.id_token, now).await?;
        let parties = (endpoints.issuer.as_str(), client.id.as_str());
        token::hold(&claims, parties, bound, now)?;
        let subject = text(&claims, "sub").ok_or(OpenIdError::Unsound("it names nobody"))?;
        let told = ["email", "email_verified"].map(|name| claims.get(name).is_some());
        let address = match (&endpoints.userinfo_endpoint, &tokens.access_token) {
            // Some tell the address, or whether they made sure of it, only there.
            (Some(place), Some(access)) if told != [true, true] => {
                let asked = (Part::Userinfo, Method::GET, place);
                let with = |request: RequestBuilder| request.bearer_auth(access);
                let more: Value = self.ask(&client.issuer, asked, with).await?;
                if text(&more, "sub") != Some(subject) {
                    return Err(OpenIdError::Unsound("it tells of somebody else"));
                }
                more
            }
            _ => claims.clone(),
        };
        Ok(token::said(&claims, &address, subject))
    }

    /// What a token says, once a key of the provider is found to have signed it. Keys that were
    /// remembered are asked for anew where the token names another: providers change theirs.
    async fn believed(
        &self,
        (endpoints, client): (&Endpoints, &Client),
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Value, OpenIdError> {
        let token = Token::read(text)?;
        let known = self.fresh(&client.issuer, now).and_then(|known| known.keys);
        let known = known.map(|keys| keys.judge(&token.signed()));
        let verdict = match known {
            Some(verdict @ (Verdict::Genuine | Verdict::Forged)) => verdict,
            Some(Verdict::Unknown) | None => {
                let keys = Arc::new(self.keys(&client.issuer, endpoints).await?);
                let verdict = keys.judge(&token.signed());
                if let Some(known) = self.lock().get_mut(&client.issuer) {
                    known.keys = Some(keys);
                }
                verdict
            }
        };
        match verdict {
            Verdict::Genuine => Ok(token.into_claims()),
            Verdict::Forged => Err(OpenIdError::Unsound("its signature is wrong")),
            Verdict::Unknown => Err(OpenIdError::Unsound("none of its keys signed it")),
        }
    }

    fn fresh(&self, issuer: &Url, now: DateTime<Utc>) -> Option<Remembered> {
        let known = self.lock().get(issuer).cloned();
        known.filter(|known| now < known.until)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Url, Remembered>> {
        self.remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Endpoints {
    /// Where a browser is sent to log in.
    pub fn authorize(&self, client: &Client, bound: &Bound<'_>) -> Url {
        let challenge = sha256(bound.verifier.as_bytes());
        let mut url = self.authorization_endpoint.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("scope", "openid email profile")
            .append_pair("client_id", &client.id)
            .append_pair("redirect_uri", &client.redirect)
            .append_pair("state", bound.state)
            .append_pair("nonce", bound.nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(challenge))
            .append_pair("code_challenge_method", "S256");
        url
    }

    /// Whether a browser comes from here, by what it brings back (RFC 9207): a code of another
    /// provider is not shown to this one.
    pub fn sent(&self, named: Option<&str>) -> Result<(), OpenIdError> {
        let is_from_here = match named {
            Some(named) => named == self.issuer,
            None => !self.authorization_response_iss_parameter_supported,
        };
        if is_from_here {
            Ok(())
        } else {
            Err(OpenIdError::Unsound(
                "the browser comes from another issuer",
            ))
        }
    }

    /// In the head of the request, unless the provider takes it in the form alone.
    fn wants_secret_in_head(&self) -> bool {
        let ways = self.token_endpoint_auth_methods_supported.as_deref();
        let takes = |wanted: &str| ways.is_some_and(|ways| ways.iter().any(|way| way == wanted));
        takes("client_secret_basic") || !takes("client_secret_post")
    }
}

/// As basic authentication of OAuth wants it (RFC 6749, 2.3.1).
fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
