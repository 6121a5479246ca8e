//! Options of the Slack part.

use std::net::SocketAddr;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::web::listen;
use super::{Reader, is_safe};

/// Letters of a signing secret, at least: Slack's have 32, and whoever guesses one may
/// speak for everybody.
const MIN_SIGNING_SECRET: usize = 16;

/// How the Slack part reaches Slack.
#[derive(Clone, Debug)]
pub struct SlackConfig {
    /// Whether `serve` without `--part` runs it.
    pub enabled: bool,
    /// How Slack reaches it.
    pub mode: SlackMode,
    /// The app-level token of Socket Mode.
    pub app_token: Option<SecretString>,
    /// The app's secret that signs Slack's requests.
    pub signing_secret: Option<SecretString>,
    /// Where Slack's requests come in.
    pub listen: SocketAddr,
    /// The app's client id, for logging in with Slack and for connecting workspaces.
    pub client_id: Option<String>,
    /// The app's client secret, for the same.
    pub client_secret: Option<SecretString>,
    /// Where people log in with Slack, without a slash at its end.
    pub login_base_url: String,
    /// Slack's Web API, without a slash at its end.
    pub api_base_url: String,
    /// Socket Mode connections.
    pub connections: u32,
    /// Messages a minute into one workspace, at most.
    pub messages_per_minute: u32,
}

/// How Slack reaches the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackMode {
    /// Over connections that the part opens.
    Socket,
    /// By signed requests.
    Http,
}

impl SlackConfig {
    /// The option that its mode needs and that is not given.
    pub fn lacks(&self) -> Option<&'static str> {
        match self.mode {
            SlackMode::Socket => self.app_token.is_none().then_some("slack.app_token"),
            SlackMode::Http => self
                .signing_secret
                .is_none()
                .then_some("slack.signing_secret"),
        }
    }

    pub(super) fn read(reader: &mut Reader) -> Self {
        let enabled = reader.flag("slack.enabled");
        let mode = match reader.text("slack.mode").as_str() {
            "socket" => SlackMode::Socket,
            "http" => SlackMode::Http,
            other => {
                let reason = format!("is `socket` or `http`, not `{other}`");
                reader.fault("slack.mode", reason);
                SlackMode::Socket
            }
        };
        let app_token = reader.secret("slack.app_token");
        if app_token
            .as_ref()
            .is_some_and(|token| !token.expose_secret().starts_with("xapp-"))
        {
            reader.fault("slack.app_token", "begins with `xapp-`");
        }
        let signing_secret = reader.secret("slack.signing_secret");
        if signing_secret
            .as_ref()
            .is_some_and(|secret| secret.expose_secret().len() < MIN_SIGNING_SECRET)
        {
            let reason = format!("has at least {MIN_SIGNING_SECRET} letters");
            reader.fault("slack.signing_secret", reason);
        }
        let listen = listen(reader, "slack.listen");
        let client_id = reader.optional("slack.client_id");
        let client_secret = reader.secret("slack.client_secret");
        if client_id.is_some() != client_secret.is_some() {
            reader.fault("slack.client_secret", "comes together with slack.client_id");
        }
        let login: Option<Url> = reader.parsed("slack.login_base_url", "an address");
        if login.as_ref().is_some_and(|login| !is_safe(login)) {
            reader.fault("slack.login_base_url", "begins with https://");
        }
        let api: Option<Url> = reader.parsed("slack.api_base_url", "an address");
        if api.is_none() {
            reader.fault("slack.api_base_url", "is needed");
        }
        let connections = reader.number("slack.connections", 1, 10);
        let messages = reader.number("slack.messages_per_minute", 1, 100_000);
        let config = Self {
            enabled,
            mode,
            app_token,
            signing_secret,
            listen,
            client_id,
            client_secret,
            login_base_url: base(login),
            api_base_url: base(api),
            connections: u32::try_from(connections).unwrap_or(1),
            messages_per_minute: u32::try_from(messages).unwrap_or(1),
        };
        if let Some(option) = config.lacks().filter(|_| enabled) {
            reader.fault(option, "is needed where slack.enabled is true");
        }
        config
    }
}

/// An address, without a slash at its end.
fn base(url: Option<Url>) -> String {
    url.map(|url| url.as_str().trim_end_matches('/').to_owned())
        .unwrap_or_default()
}
