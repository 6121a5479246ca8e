//! The typed client: one method per operation, used by the bots and the command line.
//!
//! It holds no rule and retries nothing; callers decide. Every call inherits
//! the timeouts of the [`reqwest::Client`] that it is given.

mod connections;
mod curation;
mod insight;
mod library;
mod machinery;
mod member;
mod people;
mod proposals;
mod settings;

use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::problem::Problem;

/// Header that names the person a service acts for: `slack/T…/U…`,
/// `email/<address>` or `owner`.
pub const ON_BEHALF_OF: &str = "on-behalf-of";
/// Header under which an operation is answered once.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Why a call brought no answer of the expected type.
#[derive(Debug, Error)]
pub enum CallError {
    /// The server refused, and said why.
    #[error("refused: {:?} ({})", .0.code, .0.detail.as_deref().unwrap_or(&.0.title))]
    Problem(Box<Problem>),
    /// The server could not be reached in time, or the connection broke.
    #[error("the server could not be reached: {0}")]
    Transport(#[from] reqwest::Error),
    /// The answer is neither what the operation promises nor a problem.
    #[error("unexpected answer with status {status}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
    },
}

impl CallError {
    /// The problem, where the server refused.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Transport(_) | Self::Unexpected { .. } => None,
        }
    }
}

/// A client of one server with one token, acting for one person or for itself.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
    on_behalf_of: Option<String>,
    idempotency_key: Option<String>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base)
            .field("on_behalf_of", &self.on_behalf_of)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the server at `base`, such as `http://127.0.0.1:7070`.
    pub fn new(http: reqwest::Client, base: &str, token: &str) -> Self {
        Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            token: token.to_owned(),
            on_behalf_of: None,
            idempotency_key: None,
        }
    }

    /// The same client acting for `person`: see [`ON_BEHALF_OF`].
    pub fn on_behalf_of(&self, person: &str) -> Self {
        Self {
            on_behalf_of: Some(person.to_owned()),
            ..self.clone()
        }
    }

    /// The same client sending `key`, so that a repeated call has one effect.
    pub fn idempotent(&self, key: &str) -> Self {
        Self {
            idempotency_key: Some(key.to_owned()),
            ..self.clone()
        }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self
            .http
            .request(method, format!("{}/api/v1{path}", self.base))
            .bearer_auth(&self.token);
        if let Some(person) = &self.on_behalf_of {
            request = request.header(ON_BEHALF_OF, person);
        }
        if let Some(key) = &self.idempotency_key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        request
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, CallError> {
        answer(self.request(Method::GET, path)).await
    }

    async fn list<Q: Serialize + ?Sized, T: DeserializeOwned>(
        &self,
        path: &str,
        query: &Q,
    ) -> Result<T, CallError> {
        answer(self.request(Method::GET, path).query(query)).await
    }

    async fn send<B: Serialize + ?Sized, T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<T, CallError> {
        answer(self.request(method, path).json(body)).await
    }

    async fn command<B: Serialize + ?Sized>(
        &self,
        method: Method,
        path: &str,
        body: &B,
    ) -> Result<(), CallError> {
        accepted(self.request(method, path).json(body))
            .await
            .map(drop)
    }
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, CallError> {
    let response = accepted(request).await?;
    let status = response.status().as_u16();
    let body = response.bytes().await?;
    serde_json::from_slice(&body).map_err(|_| CallError::Unexpected { status })
}

async fn accepted(request: RequestBuilder) -> Result<reqwest::Response, CallError> {
    let response = request.send().await?;
    if response.status().is_success() {
        return Ok(response);
    }
    let status = response.status().as_u16();
    let body = response.bytes().await?;
    Err(serde_json::from_slice(&body).map_or(CallError::Unexpected { status }, CallError::Problem))
}
