//! The Slack part in this process: what it needs from the configuration, and its run.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bots::{SlackConfig, SlackError, SlackMode, run_slack};
use secrecy::ExposeSecret as _;
use server::config::{self, Config};
use server_api::client::Client;
use server_api::enums::Platform;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{Server, bind};
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
    if let Some(option) = config.slack.lacks() {
        faults.push(format!("{option}: is needed by the slack part"));
    }
    if !beside_web && config.internal.token.is_none() {
        faults.push(
            "internal.token: is needed where the slack part runs apart from the web part; \
             both are given the same"
                .to_owned(),
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
        let lacking = || Failure::usage("internal.token is needed");
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
        Ok(Self {
            config: slack_config(config)?,
            backend: client(&base, token.expose_secret(), ANSWER)?,
        })
    }

    /// Where Slack's requests come in, if they do.
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.config.mode {
            SlackMode::Socket { .. } => None,
            SlackMode::Http { listener, .. } => listener.local_addr().ok(),
        }
    }

    /// Runs until `stop`.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), SlackError> {
        run_slack(self.config.clone(), self.backend.clone(), stop).await
    }
}

fn slack_config(config: &Config) -> Result<SlackConfig, Failure> {
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
        mode: mode(config)?,
        api_base_url: elsewhere,
        messages_per_minute: config.slack.messages_per_minute,
    })
}

/// How Slack reaches the part; its port is taken once, and kept over restarts.
fn mode(config: &Config) -> Result<SlackMode, Failure> {
    let slack = &config.slack;
    let lacking = |option: &str| Failure::usage(format!("{option} is needed"));
    match slack.mode {
        config::SlackMode::Socket => Ok(SlackMode::Socket {
            app_token: slack
                .app_token
                .clone()
                .ok_or_else(|| lacking("slack.app_token"))?,
            connections: slack.connections,
        }),
        config::SlackMode::Http => {
            let listener = bind("slack.listen", slack.listen)?;
            Ok(SlackMode::Http {
                listener: Arc::new(listener),
                signing_secret: slack
                    .signing_secret
                    .clone()
                    .ok_or_else(|| lacking("slack.signing_secret"))?,
            })
        }
    }
}
