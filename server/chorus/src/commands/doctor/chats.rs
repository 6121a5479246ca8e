//! What each chat's own examination is given.

use bots::discord::DiscordExamination;
use bots::examination::examine_endpoint;
use bots::slack::SlackExamination;
use server::clock::Clock;
use server::config::{Config, DiscordMode, SlackMode};
use server_api::enums::Platform;
use server_api::examination::{ExaminedChat, Finding};
use url::Url;

/// Slack, where its part is enabled here.
pub async fn slack(config: &Config, chats: &[ExaminedChat]) -> Vec<Finding> {
    let slack = &config.slack;
    if !slack.enabled {
        return Vec::new();
    }
    let asked = SlackExamination {
        api_base_url: Some(slack.api_base_url.clone()),
        app_token: match slack.mode {
            SlackMode::Socket => slack.app_token.clone(),
            SlackMode::Http => None,
        },
        chats: of(Platform::Slack, chats),
        now: Clock::System.now(),
    };
    let mut findings = bots::slack::examine(&asked).await;
    if slack.mode == SlackMode::Http {
        let address = config.web.at(bots::slack::PATH);
        findings.push(examine_endpoint("slack", &address).await);
    }
    findings
}

/// Discord, where its part is enabled here and has what it needs; what it lacks is told of the
/// settings.
pub async fn discord(config: &Config, chats: &[ExaminedChat]) -> Vec<Finding> {
    let discord = &config.discord;
    let (true, Some(bot_token), Some(application_id)) = (
        discord.enabled,
        discord.bot_token.clone(),
        discord.application_id.clone(),
    ) else {
        return Vec::new();
    };
    let is_http = discord.mode == DiscordMode::Http;
    let asked = DiscordExamination {
        api_base_url: Url::parse(&discord.api_base_url).ok(),
        bot_token,
        application_id,
        public_key: discord.public_key.clone().filter(|_| is_http),
        chats: of(Platform::Discord, chats),
        now: Clock::System.now(),
    };
    let mut findings = bots::discord::examine(&asked).await;
    if is_http {
        let address = config.web.at(bots::discord::PATH);
        findings.push(examine_endpoint("discord", &address).await);
    }
    findings
}

fn of(platform: Platform, chats: &[ExaminedChat]) -> Vec<ExaminedChat> {
    let of_platform = |chat: &&ExaminedChat| chat.platform == platform;
    chats.iter().filter(of_platform).cloned().collect()
}
