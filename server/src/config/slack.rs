//! Options of the Slack part.

use secrecy::{ExposeSecret, SecretString};

use super::Reader;

/// How the Slack part reaches Slack.
#[derive(Clone, Debug)]
pub struct SlackConfig {
    /// Whether `serve` without `--part` runs it.
    pub enabled: bool,
    /// The app-level token of Socket Mode.
    pub app_token: Option<SecretString>,
    /// Slack's Web API, without a slash at its end.
    pub api_base_url: String,
    /// Socket Mode connections.
    pub connections: u32,
    /// Messages a minute into one workspace, at most.
    pub messages_per_minute: u32,
}

impl SlackConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let enabled = reader.flag("slack.enabled");
        let app_token = reader.secret("slack.app_token");
        if enabled && app_token.is_none() {
            reader.fault("slack.app_token", "is needed where slack.enabled is true");
        }
        if app_token
            .as_ref()
            .is_some_and(|token| !token.expose_secret().starts_with("xapp-"))
        {
            reader.fault("slack.app_token", "begins with `xapp-`");
        }
        let api: Option<url::Url> = reader.parsed("slack.api_base_url", "an address");
        if api.is_none() {
            reader.fault("slack.api_base_url", "is needed");
        }
        let connections = reader.number("slack.connections", 1, 10);
        let messages = reader.number("slack.messages_per_minute", 1, 100_000);
        Self {
            enabled,
            app_token,
            api_base_url: api
                .map(|url| url.as_str().trim_end_matches('/').to_owned())
                .unwrap_or_default(),
            connections: u32::try_from(connections).unwrap_or(1),
            messages_per_minute: u32::try_from(messages).unwrap_or(1),
        }
    }
}
