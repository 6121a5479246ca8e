//! The Discord part in this process: what it needs from the configuration, and its run.

use std::net::SocketAddr;
use std::sync::Arc;

use bots::{DiscordConfig, DiscordError, DiscordMode, run_discord};
use server::config::{self, Config};
use server_api::client::Client;
use server_api::enums::Platform;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::backend::{backend, complete};
use super::figures::Figures;
use super::{Server, bind};
use crate::failure::Failure;

/// Discord itself, for which the bots need no base URL.
const DISCORD: &str = "https://discord.com";

/// The part, ready to run.
pub struct Discord {
    config: DiscordConfig,
    backend: Client,
}

/// Names everything that the part lacks, before anything starts.
pub fn check(config: &Config, beside_web: bool) -> Result<(), Failure> {
    complete(config, "discord", &config.discord.lacks(), beside_web)
}

impl Discord {
    /// Makes it ready: beside the web part in this process, or apart from it.
    pub(super) fn prepare(
        config: &Config,
        server: Option<&Server>,
        figures: &Figures,
    ) -> Result<Self, Failure> {
        Ok(Self {
            config: discord_config(config, figures)?,
            backend: backend(config, server, Platform::Discord)?,
        })
    }

    /// Where Discord's requests come in, if they do.
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.config.mode {
            DiscordMode::Gateway => None,
            DiscordMode::Http { listener, .. } => listener.local_addr().ok(),
        }
    }

    /// Runs until `stop`.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), DiscordError> {
        run_discord(self.config.clone(), self.backend.clone(), stop).await
    }
}

fn discord_config(config: &Config, figures: &Figures) -> Result<DiscordConfig, Failure> {
    let discord = &config.discord;
    let lacking = |option: &str| Failure::usage(format!("{option} is needed"));
    let bot_token = discord.bot_token.clone();
    let application_id = discord.application_id.clone();
    let elsewhere = if discord.api_base_url == DISCORD {
        None
    } else {
        Some(
            Url::parse(&discord.api_base_url)
                .map_err(|error| Failure::usage(format!("discord.api_base_url: {error}")))?,
        )
    };
    Ok(DiscordConfig {
        bot_token: bot_token.ok_or_else(|| lacking("discord.bot_token"))?,
        application_id: application_id.ok_or_else(|| lacking("discord.application_id"))?,
        mode: mode(config)?,
        api_base_url: elsewhere,
        metrics: figures.bots(),
        messages_per_minute: discord.messages_per_minute,
    })
}

/// How Discord reaches the part; its port is taken once, and kept over restarts.
fn mode(config: &Config) -> Result<DiscordMode, Failure> {
    let discord = &config.discord;
    match discord.mode {
        config::DiscordMode::Gateway => Ok(DiscordMode::Gateway),
        config::DiscordMode::Http => {
            let public_key = discord.public_key.clone();
            Ok(DiscordMode::Http {
                listener: Arc::new(bind("discord.listen", discord.listen)?),
                public_key: public_key
                    .ok_or_else(|| Failure::usage("discord.public_key is needed"))?,
            })
        }
    }
}
