//! Asking a login provider for something, and reading no more of its answer than that may be.

use futures::StreamExt;
use reqwest::{Method, RequestBuilder, Response, header};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::token::text;
use super::{OpenId, OpenIdError, Part};
use crate::ports::fetch::FetchError;

/// Bytes of an answer, at most.
const LONGEST_ANSWER: usize = 256 * 1024;
/// What we call ourselves.
const USER_AGENT: &str = concat!("Chorus/", env!("CARGO_PKG_VERSION"), " (log-in)");
/// Letters of a provider's own word for its refusal.
const LONGEST_WORD: usize = 60;

impl OpenId {
    /// Asks one of a provider's places.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        issuer: &Url,
        (part, method, place): (Part, Method, &Url),
        with: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<T, OpenIdError> {
        let away = |cause| OpenIdError::Away(part, cause);
        let client = self
            .fetcher
            .client_by_word_of(issuer, place)
            .map_err(away)?;
        let request = client
            .request(method, place.clone())
            .header(header::USER_AGENT, USER_AGENT)
            .header(header::ACCEPT, "application/json");
        let answer = self.fetcher.in_time(async {
            let sent = with(request).send().await;
            let response = sent.map_err(|cause| self.fetcher.failure(&cause))?;
            let status = response.status();
            Ok((status, self.body(response).await?))
        });
        let (status, body) = answer.await.map_err(away)?;
        let unreadable = || OpenIdError::Unreadable(part, status.as_u16());
        let value: Value = serde_json::from_slice(&body).map_err(|_| unreadable())?;
        // Slack says so in the body, others by the status.
        if !status.is_success() || value.get("ok") == Some(&Value::Bool(false)) {
            let word = text(&value, "error").filter(|word| is_word(word));
            let word = word.map_or_else(|| status.as_u16().to_string(), str::to_owned);
            return Err(OpenIdError::Refused(part, word));
        }
        // What serde says of a fault may quote a token.
        serde_json::from_value(value).map_err(|_| unreadable())
    }

    async fn body(&self, response: Response) -> Result<Vec<u8>, FetchError> {
        let mut body = Vec::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|cause| self.fetcher.failure(&cause))?;
            if body.len() + piece.len() > LONGEST_ANSWER {
                return Err(FetchError::TooLarge(LONGEST_ANSWER));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }
}

/// Whether this is one of the words by which providers refuse, which may stand in a log.
pub fn is_word(text: &str) -> bool {
    (1..=LONGEST_WORD).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
