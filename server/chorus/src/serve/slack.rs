//! The Slack part in this process: what it needs from the configuration, and its run.

use std::time::Duration;

use bots::{SlackConfig, SlackError, run_slack};
use secrecy::{ExposeSecret as _, SecretString};
use server::config::Config;
use server_api::client::Client;
use server_api::enums::Platform;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::Server;
use crate::failure::Failure;
use crate::session::client;

/// How long the bots wait for an answer: claims for deliveries are held open for up to 30 seconds.
const ANSWER: Duration = Duration::from_secs(45);

/// Slack itself, for which the bots need no base URL.
const SLACK: &str = "https://slack.com/api";

/// The part, ready to run.
pub struct Slack {
    config: SlackConfig,
    backend: Client,
}

/// Names everything that the part lacks, before anything starts.
pub fn check(config: &Config, beside_web: bool) -> Result<(), Failure> {
    let mut faults = Vec::new();
    if config.slack.app_token.is_none() {
        faults.push("slack.app_token: is needed by the slack part");
    }
    if !beside_web && config.internal.token.is_none() {
        faults.push(
            "internal.token: is needed where the slack part runs apart from the web part; \
             both are given the same",
        );
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "the configuration lacks:\n  {}",
        faults.join("\n  ")
    )))
}

impl Slack {
    /// Makes it ready: beside the web part in this process, or apart from it.
    pub(super) fn prepare(config: &Config, server: Option<&Server>) -> Result<Self, Failure> {
        let lacking = || Failure::usage("slack.app_token and internal.token are needed");
        let web = server.and_then(|server| Some((server, server.ports.as_ref()?)));
        let (base, token) = match web {
            Some((server, ports)) => {
                let address = ports
                    .internal
                    .local_addr()
                    .map_err(|error| Failure::refused(error.to_string()))?;
                (
                    format!("http://{address}"),
                    server.app.service_token(Platform::Slack),
                )
            }
            None => (
                config.internal.base(),
                config
                    .internal
                    .service_token(Platform::Slack)
                    .ok_or_else(lacking)?,
            ),
        };
        let app_token = config.slack.app_token.clone().ok_or_else(lacking)?;
        Ok(Self {
            config: slack_config(config, app_token)?,
            backend: client(&base, token.expose_secret(), ANSWER)?,
        })
    }

    /// Runs until `stop`.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), SlackError> {
        run_slack(self.config.clone(), self.backend.clone(), stop).await
    }
}

fn slack_config(config: &Config, app_token: SecretString) -> Result<SlackConfig, Failure> {
    let base = config.slack.api_base_url.trim_end_matches('/');
    let elsewhere = if base == SLACK {
        None
    } else {
        Some(
            Url::parse(base)
                .map_err(|error| Failure::usage(format!("slack.api_base_url: {error}")))?,
        )
    };
    Ok(SlackConfig {
        app_token,
        api_base_url: elsewhere,
        connections: config.slack.connections,
        messages_per_minute: config.slack.messages_per_minute,
    })
}
