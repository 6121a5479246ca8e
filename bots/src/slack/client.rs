//! Slack's Web API: one attempt per call, each within its time, each failure sorted by
//! what it says about whether anything happened.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use server_api::enums::Platform;
use slack_morphism::errors::SlackClientError;
use slack_morphism::prelude::{SlackClientHyperConnector, SlackHyperClient};
use slack_morphism::{
    SlackApiToken, SlackApiTokenValue, SlackClient, SlackClientApiCallContext,
    SlackClientHttpConnector,
};
use thiserror::Error;
use url::Url;

use super::SlackError;
use crate::clock::{Clock, within};
use crate::metrics::{Called, Counts, Metrics};

/// Where Slack's Web API is.
pub const API_BASE_URL: &str = "https://slack.com/api";

/// How long to wait where Slack names no time.
const RETRY_AFTER: Duration = Duration::from_secs(30);

/// A method of the Web API. Nothing else can be called, so the scopes of the manifest
/// follow from this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Opens a Socket Mode connection; slack-morphism calls it with the app's token.
    AppsConnectionsOpen,
    /// Tells whose a token is; nothing is needed for it.
    AuthTest,
    /// Posts a message that only one person sees.
    ChatPostEphemeral,
    /// Posts a message.
    ChatPostMessage,
    /// Changes a message.
    ChatUpdate,
    /// Reads history.
    ConversationsHistory,
    /// Finds the channel of direct messages with a person.
    ConversationsOpen,
    /// Reads a person's entry in the directory.
    UsersInfo,
    /// Opens a modal.
    ViewsOpen,
    /// Gives a person their Home tab.
    ViewsPublish,
    /// Changes a modal.
    ViewsUpdate,
}

/// Every method that we call.
pub const METHODS_CALLED: [Method; 11] = [
    Method::AppsConnectionsOpen,
    Method::AuthTest,
    Method::ChatPostEphemeral,
    Method::ChatPostMessage,
    Method::ChatUpdate,
    Method::ConversationsHistory,
    Method::ConversationsOpen,
    Method::UsersInfo,
    Method::ViewsOpen,
    Method::ViewsPublish,
    Method::ViewsUpdate,
];

impl Method {
    /// Slack's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AuthTest => "auth.test",
            Self::AppsConnectionsOpen => "apps.connections.open",
            Self::ChatPostEphemeral => "chat.postEphemeral",
            Self::ChatPostMessage => "chat.postMessage",
            Self::ChatUpdate => "chat.update",
            Self::ConversationsHistory => "conversations.history",
            Self::ConversationsOpen => "conversations.open",
            Self::UsersInfo => "users.info",
            Self::ViewsOpen => "views.open",
            Self::ViewsPublish => "views.publish",
            Self::ViewsUpdate => "views.update",
        }
    }

    /// The scopes that the bot's token needs for it, as each method's page names them:
    /// for public and private channels and direct messages, and with e-mail addresses.
    pub fn bot_scopes(self) -> &'static [&'static str] {
        match self {
            // Needs the app-level scope `connections:write`, and views need none.
            Self::AppsConnectionsOpen
            | Self::AuthTest
            | Self::ViewsOpen
            | Self::ViewsPublish
            | Self::ViewsUpdate => &[],
            Self::ChatPostEphemeral | Self::ChatPostMessage | Self::ChatUpdate => &["chat:write"],
            Self::ConversationsHistory => &["channels:history", "groups:history", "im:history"],
            Self::ConversationsOpen => &["im:write"],
            Self::UsersInfo => &["users:read", "users:read.email"],
        }
    }
}

/// Why a call did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ApiError {
    /// Too fast; nothing happened.
    #[error("rate limited for {0:?}")]
    RateLimited(Duration),
    /// Slack said no; nothing happened.
    #[error("refused: {0}")]
    Refused(String),
    /// Slack was not reached; nothing happened.
    #[error("not reached: {0}")]
    NotReached(String),
    /// It may have happened.
    #[error("no answer: {0}")]
    Unknown(String),
}

/// The Web API.
#[derive(Clone)]
pub struct SlackApi {
    client: Arc<SlackHyperClient>,
    clock: Arc<dyn Clock>,
    timeout: Duration,
    counts: Counts,
}

impl SlackApi {
    /// The Web API at `base`. The connector speaks http too, for an emulator on the same
    /// machine, and names its TLS provider, since two may be compiled in.
    pub fn new(base: &str, timeout: Duration, clock: Arc<dyn Clock>) -> Result<Self, SlackError> {
        let connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())
            .map_err(SlackError::Certificates)?
            .https_or_http()
            .enable_http1()
            .enable_http2()
            .build();
        let connector = SlackClientHyperConnector::with_connector(connector)
            .with_slack_api_url(base.trim_end_matches('/'));
        Ok(Self {
            client: Arc::new(SlackClient::new(connector)),
            clock,
            timeout,
            counts: Metrics::default().of(Platform::Slack),
        })
    }

    /// The same, counting where somebody looks.
    pub fn counting(self, counts: &Counts) -> Self {
        Self {
            counts: counts.clone(),
            ..self
        }
    }

    /// The same for direct messages.
    pub fn of_direct_messages(&self) -> Self {
        self.clone().counting(&self.counts.of_direct_messages())
    }

    /// slack-morphism's own client, for its Socket Mode connections.
    pub fn client(&self) -> Arc<SlackHyperClient> {
        Arc::clone(&self.client)
    }

    /// Calls a method that takes JSON.
    pub async fn post(&self, method: Method, token: &str, body: &Value) -> Result<Value, ApiError> {
        let token = token_of(token);
        let session = self.client.open_session(&token);
        let call = session.http_session_api;
        self.in_time(method.name(), call.http_post(method.name(), body, None))
            .await
    }

    /// Calls a method that only takes parameters.
    pub async fn get(
        &self,
        method: Method,
        token: &str,
        parameters: &[(&'static str, String)],
    ) -> Result<Value, ApiError> {
        let token = token_of(token);
        let session = self.client.open_session(&token);
        let parameters: Vec<(&str, Option<&String>)> = parameters
            .iter()
            .map(|(name, value)| (*name, Some(value)))
            .collect();
        let call = session.http_session_api;
        self.in_time(
            method.name(),
            call.http_get(method.name(), &parameters, None),
        )
        .await
    }

    /// Posts to a `response_url`, which is its own authorisation; the caller has checked
    /// whose it is.
    pub async fn respond(&self, url: &Url, body: &Value) -> Result<(), ApiError> {
        let span = tracing::debug_span!("slack.respond");
        let context = SlackClientApiCallContext {
            rate_control_params: None,
            token: None,
            tracing_span: &span,
            is_sensitive_url: true,
        };
        let connector = &self.client.http_api.connector;
        let answered: Value = self
            .in_time(
                "respond",
                connector.http_post_uri(url.clone(), body, context),
            )
            .await?;
        tracing::trace!(%answered, "a response was taken");
        Ok(())
    }

    async fn in_time(
        &self,
        name: &'static str,
        call: impl Future<Output = Result<Value, SlackClientError>>,
    ) -> Result<Value, ApiError> {
        let began = self.clock.now();
        let outcome = match within(self.clock.as_ref(), self.timeout, call).await {
            Some(answered) => answered.map_err(sort),
            None => Err(ApiError::Unknown("timeout".to_owned())),
        };
        let took = self.clock.now().saturating_duration_since(began);
        self.counts.called(name, came(&outcome), took);
        outcome
    }
}

fn came(outcome: &Result<Value, ApiError>) -> Called {
    match outcome {
        Ok(_) => Called::Done,
        Err(ApiError::RateLimited(wait)) => Called::Limited(*wait),
        Err(ApiError::Refused(_)) => Called::Refused,
        Err(ApiError::NotReached(_)) => Called::NotReached,
        Err(ApiError::Unknown(_)) => Called::Unknown,
    }
}

fn token_of(token: &str) -> SlackApiToken {
    SlackApiToken::new(SlackApiTokenValue(token.to_owned()))
}

/// Sorts every error of slack-morphism, exhaustively: a new kind breaks the build.
fn sort(error: SlackClientError) -> ApiError {
    match error {
        SlackClientError::ApiError(error) => refused(error.code),
        SlackClientError::RateLimitError(error) => {
            ApiError::RateLimited(error.retry_after.unwrap_or(RETRY_AFTER))
        }
        SlackClientError::HttpError(error) if error.status_code.is_client_error() => {
            ApiError::Refused(format!("http_{}", error.status_code.as_u16()))
        }
        SlackClientError::HttpError(error) => {
            ApiError::Unknown(format!("http_{}", error.status_code.as_u16()))
        }
        SlackClientError::HttpProtocolError(error) => {
            let never_connected = error
                .cause
                .as_ref()
                .and_then(|cause| cause.downcast_ref::<hyper_util::client::legacy::Error>())
                .is_some_and(hyper_util::client::legacy::Error::is_connect);
            if never_connected {
                ApiError::NotReached("connect".to_owned())
            } else {
                ApiError::Unknown("connection".to_owned())
            }
        }
        SlackClientError::ProtocolError(_) => ApiError::Unknown("unreadable_answer".to_owned()),
        SlackClientError::EndOfStream(_)
        | SlackClientError::SystemError(_)
        | SlackClientError::SocketModeProtocolError(_) => {
            ApiError::Unknown("connection".to_owned())
        }
    }
}

/// Sorts a code of `ok: false`. Of its own failures Slack says that some of the work may
/// have been done.
fn refused(code: String) -> ApiError {
    match code.as_str() {
        "ratelimited" | "rate_limited" => ApiError::RateLimited(RETRY_AFTER),
        "fatal_error" | "internal_error" | "request_timeout" | "service_unavailable" => {
            ApiError::Unknown(code)
        }
        _ => ApiError::Refused(code),
    }
}
