//! Everything around Chorus, emulated: Slack and Discord with their people, the
//! networks' pages, and the newsroom of the company whose programme it is.

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use server_api::enums::Platform;
use server_api::organization::{SetupChannel, SetupWorkspace};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::emulator::discord::model as discord_model;
use crate::emulator::discord::{DiscordConfig, DiscordEmulator};
use crate::emulator::networks::NetworksEmulator;
use crate::emulator::networks::site::SITES;
use crate::emulator::slack::model::{CLIENT_ID, CLIENT_SECRET, Channel, User, UserKind};
use crate::emulator::slack::{SlackConfig, SlackEmulator};
use crate::newsroom::Newsroom;
use crate::people::Chat;

/// The company's Slack workspace.
pub const WORKSPACE: &str = "T0LINDEN";
/// The name of company and workspace.
pub const COMPANY: &str = "Lindenfeld";
/// The app-level token with which the Slack part connects.
pub const APP_TOKEN: &str = "xapp-1-A0CHORUS-linden";
/// The bot's token in the workspace.
pub const BOT_TOKEN: &str = "xoxb-linden";
/// The channel that receives suggested posts.
pub const CHANNEL: &str = "C0NEWS";
/// Its name.
pub const CHANNEL_NAME: &str = "share-this";
/// Ada, whom stories follow.
pub const ADA: &str = "U0ADA";
/// Her address, known to the programme's owner.
pub const ADA_EMAIL: &str = "ada@lindenfeld.example";
/// Ben, a colleague.
pub const BEN: &str = "U0BEN";
/// Cleo, another colleague.
pub const CLEO: &str = "U0CLEO";
/// Gus, a guest of one channel.
pub const GUS: &str = "U0GUS";
/// Sam, of a partner's workspace (Slack Connect).
pub const SAM: &str = "U0SAM";
/// The company's Discord guild.
pub const GUILD: &str = "1180000000000000010";
/// Its name.
pub const GUILD_NAME: &str = "Lindenfeld riders";
/// The channel there that receives suggested posts.
pub const DISCORD_CHANNEL: &str = "1180000000000000020";
/// Ada's account on Discord.
pub const DISCORD_ADA: &str = "1180000000000000030";
/// Ben's.
pub const DISCORD_BEN: &str = "1180000000000000031";
/// Dora, who is on Discord alone.
pub const DISCORD_DORA: &str = "1180000000000000032";
/// A role of the guild.
pub const DISCORD_SALES: &str = "1180000000000000040";
/// The owner of the programme.
pub const OWNER_EMAIL: &str = "olga@lindenfeld.example";

/// Where the emulators listen.
#[derive(Debug)]
pub struct Places {
    /// Slack.
    pub slack: TcpListener,
    /// Discord.
    pub discord: TcpListener,
    /// The networks' pages.
    pub networks: TcpListener,
    /// The newsroom.
    pub newsroom: TcpListener,
    /// Where Slack is reached, if something stands before it.
    pub slack_at: Option<SocketAddr>,
    /// Where Discord is.
    pub discord_at: Option<SocketAddr>,
}

impl Places {
    /// Free ports of this machine.
    pub async fn free() -> std::io::Result<Self> {
        Ok(Self {
            slack: TcpListener::bind("127.0.0.1:0").await?,
            discord: TcpListener::bind("127.0.0.1:0").await?,
            networks: TcpListener::bind("127.0.0.1:0").await?,
            newsroom: TcpListener::bind("127.0.0.1:0").await?,
            slack_at: None,
            discord_at: None,
        })
    }
}

/// The running emulators.
#[derive(Clone)]
pub struct Outside {
    /// Slack.
    pub slack: SlackEmulator,
    /// Discord.
    pub discord: DiscordEmulator,
    /// The networks' pages.
    pub networks: NetworksEmulator,
    /// The newsroom.
    pub newsroom: Newsroom,
}

impl Outside {
    /// Starts them, with people and channel in place and the app installed; the
    /// newsroom offers its first `offered` articles.
    pub fn start(
        places: Places,
        clock: Clock,
        (offered, first_published): (usize, DateTime<Utc>),
        stop: CancellationToken,
    ) -> std::io::Result<Self> {
        let mut config = SlackConfig::new(clock.clone());
        APP_TOKEN.clone_into(&mut config.app.app_token);
        config.reached_at = places.slack_at;
        let slack = SlackEmulator::start(config, places.slack)?;
        people(&slack);
        let mut config = DiscordConfig::new(clock.clone());
        config.reached_at = places.discord_at;
        let discord = DiscordEmulator::start(config, places.discord)?;
        riders(&discord);
        Ok(Self {
            slack,
            discord,
            networks: NetworksEmulator::start(clock, "Ada Berger", places.networks)?,
            newsroom: Newsroom::start(places.newsroom, offered, first_published, stop)?,
        })
    }

    fn settings(&self, chat: Chat) -> String {
        match chat {
            Chat::Slack => format!(
                "[slack]\nenabled = true\napp_token = \"{APP_TOKEN}\"\napi_base_url = \"{}\"\n\
                 client_id = \"{CLIENT_ID}\"\nclient_secret = \"{CLIENT_SECRET}\"\n\
                 login_base_url = \"{}\"\n",
                self.slack.api_url(),
                self.slack.login_url(),
            ),
            Chat::Discord => {
                let app = self.discord.state().app();
                format!(
                    "[discord]\nenabled = true\napi_base_url = \"{}\"\nbot_token = \"{}\"\n\
                     application_id = \"{}\"\npublic_key = \"{}\"\n",
                    self.discord.base_url(),
                    app.bot_token,
                    app.id,
                    app.public_key(),
                )
            }
        }
    }

    /// The part of the configuration file that says where all this is; the parts of
    /// `chats` run.
    pub fn configuration(&self, chats: &[Chat]) -> String {
        let chats: Vec<String> = chats.iter().map(|chat| self.settings(*chat)).collect();
        let networks: Vec<String> = SITES
            .iter()
            .map(|site| format!("{} = \"{}\"", site.slug(), self.networks.base_url(*site)))
            .collect();
        format!(
            "[fetch]\nallow = [\"{}\"]\n\n[networks.base_urls]\n{}\n\n{}",
            self.newsroom.host(),
            networks.join("\n"),
            chats.join("\n"),
        )
    }
}

/// What a set-up says of a chat.
pub fn workspace_of(chat: Chat) -> SetupWorkspace {
    let (platform, external_id, name, bot_token, channel) = match chat {
        Chat::Slack => (Platform::Slack, WORKSPACE, COMPANY, BOT_TOKEN, CHANNEL),
        Chat::Discord => (Platform::Discord, GUILD, GUILD_NAME, "", DISCORD_CHANNEL),
    };
    SetupWorkspace {
        platform,
        external_id: external_id.into(),
        name: name.into(),
        bot_user_ref: None,
        bot_token: bot_token.into(),
        channels: vec![SetupChannel {
            external_id: channel.into(),
            name: CHANNEL_NAME.into(),
        }],
        roles: Vec::new(),
    }
}

/// Puts people into the guild, and the app beside them. They are not members of the
/// programme there before they pair their accounts.
fn riders(discord: &DiscordEmulator) {
    discord.add_guild(GUILD, GUILD_NAME);
    discord.add_role(GUILD, DISCORD_SALES, "Sales");
    for (id, name, roles) in [
        (DISCORD_ADA, "Ada B.", &[DISCORD_SALES][..]),
        (DISCORD_BEN, "Ben", &[]),
        (DISCORD_DORA, "Dora", &[]),
    ] {
        discord.add_user(discord_model::User::person(id, name));
        discord.join(GUILD, id, roles);
    }
    let channel = discord_model::Channel::text(GUILD, DISCORD_CHANNEL, CHANNEL_NAME);
    discord.add_channel(channel);
    discord.install(GUILD);
}

/// Puts the company's people into the workspace, and the app into the channel.
fn people(slack: &SlackEmulator) {
    let member = |id, name, email| User::member(WORKSPACE, id, name, email);
    slack.add_workspace(WORKSPACE, COMPANY, "lindenfeld");
    slack.add_user(member(ADA, "Ada Berger", ADA_EMAIL));
    slack.add_user(member(BEN, "Ben Okafor", "ben@lindenfeld.example"));
    slack.add_user(member(CLEO, "Cleo Martins", "cleo@lindenfeld.example"));
    slack.add_user(User {
        kind: UserKind::SingleChannelGuest,
        ..member(GUS, "Gus Visitor", "gus@agency.example")
    });
    slack.add_user(User {
        kind: UserKind::Stranger {
            home: "T0PARTNER".into(),
        },
        ..member(SAM, "Sam Partner", "sam@partner.example")
    });
    let manifest = bots::slack::manifest("http://127.0.0.1");
    let scopes: Vec<&str> = manifest
        .pointer("/oauth_config/scopes/bot")
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect();
    let bot = slack.install(WORKSPACE, BOT_TOKEN, &scopes);
    let everyone = [ADA, BEN, CLEO, GUS, SAM, bot.as_str()];
    slack.add_channel(Channel::public(WORKSPACE, CHANNEL, CHANNEL_NAME, &everyone));
}
