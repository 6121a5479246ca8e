//! The Slack part in this process: what it needs from the configuration, and its run.

use std::net::SocketAddr;
use std::sync::Arc;

use bots::{SlackConfig, SlackError, SlackMode, run_slack};
use server::config::{self, Config};
use server_api::client::Client;
use server_api::enums::Platform;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::backend::{backend, complete};
use super::figures::Figures;
use super::{Server, bind};
use crate::failure::Failure;

/// Slack itself, for which the bots need no base URL.
const SLACK: &str = "https://slack.com/api";

/// The part, ready to run.
pub struct Slack {
    config: SlackConfig,
    backend: Client,
}

/// Names everything that the part lacks, before anything starts.
pub fn check(config: &Config, beside_web: bool) -> Result<(), Failure> {
    let lacking: Vec<&str> = config.slack.lacks().into_iter().collect();
    complete(config, "slack", &lacking, beside_web)
}

impl Slack {
    /// Makes it ready: beside the web part in this process, or apart from it.
    pub(super) fn prepare(
        config: &Config,
        server: Option<&Server>,
        figures: &Figures,
    ) -> Result<Self, Failure> {
        Ok(Self {
            config: slack_config(config, figures)?,
            backend: backend(config, server, Platform::Slack)?,
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

fn slack_config(config: &Config, figures: &Figures) -> Result<SlackConfig, Failure> {
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
        metrics: figures.bots(),
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
