//! A chat, emulated with its limits, and the real part that serves it, before a real
//! server whose clock goes on by itself.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use bots::{DiscordConfig, DiscordMode, SlackConfig, SlackMode, run_discord, run_slack};
use chrono::TimeDelta;
use entity::enums::{PostState, Role};
use entity::ids::{ChannelId, PostId};
use entity::{channel, installation, organization};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use secrecy::ExposeSecret as _;
use server::service::actor::Actor;
use server::service::posts::publish_post;
use server::store::channels;
use server::test_support::TestApp;
use server::test_support::people::{GUILD, WORKSPACE};
use server::test_support::server::TestServer;
use server_api::client::Client;
use server_api::enums::Platform;
use tests::clock::Clock;
use tests::emulator::discord::{DiscordConfig as EmulatedDiscord, DiscordEmulator};
use tests::emulator::slack::{SlackConfig as EmulatedSlack, SlackEmulator};
use tests::emulator::{discord, slack};
use tests::outside::DISCORD_CHANNEL;
use tests::people::{Chat, Someone};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The Slack account of the member who acts.
const ADA: &str = "U0ADA";
/// Their Discord account.
const DISCORD_ADA: &str = "81384788765712390";
/// How often the server's clock is moved.
const TICK: Duration = Duration::from_millis(20);
/// How long the parts wait for the server: claims are held open for up to 30 seconds.
const ANSWER: Duration = Duration::from_secs(45);

/// The emulator of one chat.
pub enum Emulator {
    /// Slack's.
    Slack(SlackEmulator),
    /// Discord's.
    Discord(DiscordEmulator),
}

/// Everything between a server and one chat.
pub struct Stage {
    /// The server's application.
    pub t: TestApp,
    /// The chat.
    pub emulator: Emulator,
    /// Who curates and owns the programme.
    pub owner: Actor,
    home: installation::Model,
    server: TestServer,
    stop: CancellationToken,
    part: Option<JoinHandle<()>>,
    clock: JoinHandle<()>,
}

/// How the part is set up.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// The chat.
    pub chat: Chat,
    /// Messages a minute into one workspace, which the emulator permits too.
    pub per_minute: u32,
}

impl Stage {
    /// An organization with a member in the chat, and the chat; the part does not run yet.
    pub async fn set(t: TestApp, cast: Cast) -> anyhow::Result<Self> {
        let owner = t.actor(&[Role::Owner]).await;
        let organization = &owner.organization;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let (emulator, home) = match cast.chat {
            Chat::Slack => {
                t.slack_account(&owner.member, ADA).await;
                let home = t.workspace(organization).await;
                (Emulator::Slack(emulated_slack(listener, cast)?), home)
            }
            Chat::Discord => {
                t.discord_account(&owner.member, DISCORD_ADA).await;
                let home = t.guild(organization).await;
                // Where people of these tests look.
                channel::Entity::update_many()
                    .col_expr(channel::Column::ExternalId, DISCORD_CHANNEL.into())
                    .filter(channel::Column::InstallationId.eq(home.id))
                    .exec(t.app.store.reader())
                    .await?;
                (Emulator::Discord(emulated_discord(listener)?), home)
            }
        };
        Ok(Self {
            server: t.server().await,
            clock: tokio::spawn(tick(t.clock.clone())),
            t,
            emulator,
            owner,
            home,
            stop: CancellationToken::new(),
            part: None,
        })
    }

    /// Lets the part run; gives where it takes signed requests.
    pub fn begin(&mut self, per_minute: u32) -> anyhow::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let listener = Arc::new(listener);
        let stop = self.stop.clone();
        let (path, part) = match &self.emulator {
            Emulator::Slack(emulator) => {
                let config = SlackConfig {
                    mode: SlackMode::Http {
                        listener,
                        signing_secret: emulator.state().app().signing_secret.clone().into(),
                    },
                    api_base_url: Some(emulator.api_url().parse()?),
                    metrics: bots::Metrics::default(),
                    messages_per_minute: per_minute,
                };
                let backend = self.backend(Platform::Slack)?;
                let part = tokio::spawn(async move {
                    if let Err(error) = run_slack(config, backend, stop).await {
                        eprintln!("  the Slack part ended: {error}");
                    }
                });
                (bots::slack::PATH, part)
            }
            Emulator::Discord(emulator) => {
                let app = emulator.state().app();
                let config = DiscordConfig {
                    api_base_url: Some(emulator.base_url().parse()?),
                    messages_per_minute: per_minute,
                    ..DiscordConfig::new(
                        app.bot_token.clone().into(),
                        app.id.to_string(),
                        DiscordMode::Http {
                            listener,
                            public_key: app.public_key(),
                        },
                    )
                };
                let backend = self.backend(Platform::Discord)?;
                let part = tokio::spawn(async move {
                    if let Err(error) = run_discord(config, backend, stop).await {
                        eprintln!("  the Discord part ended: {error}");
                    }
                });
                (bots::discord::PATH, part)
            }
        };
        self.part = Some(part);
        Ok(format!("http://{address}{path}"))
    }

    fn backend(&self, platform: Platform) -> anyhow::Result<Client> {
        let http = reqwest::Client::builder()
            .timeout(ANSWER)
            .no_proxy()
            .build()?;
        let token = self.t.app.service_token(platform);
        Ok(Client::new(
            http,
            &self.server.internal,
            token.expose_secret(),
        ))
    }

    /// Adds channels to the programme and to the chat, so that there are `count`.
    pub async fn channels(&self, count: usize) -> anyhow::Result<()> {
        for number in 1..count {
            let external_id = match &self.emulator {
                Emulator::Slack(emulator) => {
                    let id = format!("C0NEWS{number}");
                    add_slack_channel(emulator, &id);
                    id
                }
                Emulator::Discord(emulator) => {
                    let id = (81_384_788_765_800_000 + number).to_string();
                    emulator.add_channel(discord::model::Channel::text(GUILD, &id, "news"));
                    id
                }
            };
            let row = channel::Model {
                id: ChannelId(self.t.app.uuid()),
                organization_id: self.home.organization_id,
                installation_id: self.home.id,
                external_id,
                name: format!("news-{number}"),
                removed_at: None,
                paused_at: None,
                chooses_topics: false,
                version: 1,
                created_at: self.t.app.now(),
            };
            let txn = self.t.app.store.begin().await?;
            channels::insert(&*txn, row).await?;
            txn.commit().await?;
        }
        Ok(())
    }

    /// Publishes a post to all channels.
    pub async fn publish(&self, title: &str) -> anyhow::Result<PostId> {
        let organization: &organization::Model = &self.owner.organization;
        let post = self.t.live_post(organization).await;
        let ready = |row: &mut entity::post::Model| {
            title.clone_into(&mut row.title);
            row.state = PostState::Approved;
            row.published_at = None;
        };
        self.t.change_post(&post, ready).await;
        publish_post(&self.t.app, &self.owner, post.id).await?;
        Ok(post.id)
    }

    /// The member, before the chat.
    pub fn ada(&self) -> Someone {
        match &self.emulator {
            Emulator::Slack(emulator) => emulator.person(WORKSPACE, ADA).into(),
            Emulator::Discord(emulator) => emulator.person(GUILD, DISCORD_ADA).into(),
        }
    }

    /// Ends everything, and fails where a rule of the chat was broken.
    pub async fn strike(mut self) -> anyhow::Result<()> {
        self.stop.cancel();
        if let Some(part) = self.part.take() {
            part.await.context("the part ends")?;
        }
        self.clock.abort();
        let broken: Vec<String> = match &self.emulator {
            Emulator::Slack(emulator) => {
                emulator.shutdown();
                emulator
                    .violations()
                    .iter()
                    .map(ToString::to_string)
                    .collect()
            }
            Emulator::Discord(emulator) => {
                emulator.shutdown();
                emulator
                    .violations()
                    .iter()
                    .map(ToString::to_string)
                    .collect()
            }
        };
        let first: Vec<&String> = broken.iter().take(3).collect();
        anyhow::ensure!(
            broken.is_empty(),
            "{} broken rules: {first:?}",
            broken.len()
        );
        Ok(())
    }
}

/// Lets the server's clock go on as the machine's does.
async fn tick(clock: server::clock::ManualClock) {
    let mut ticks = tokio::time::interval(TICK);
    let mut last = Instant::now();
    loop {
        ticks.tick().await;
        let now = Instant::now();
        let passed = TimeDelta::from_std(now - last).unwrap_or_default();
        clock.advance(passed);
        last = now;
    }
}

fn emulated_slack(listener: tokio::net::TcpListener, cast: Cast) -> anyhow::Result<SlackEmulator> {
    let emulator = SlackEmulator::start(EmulatedSlack::new(Clock::system()), listener)?;
    emulator.add_workspace(WORKSPACE, "Acme", "acme");
    let email = "ada@acme.example";
    emulator.add_user(slack::model::User::member(
        WORKSPACE,
        ADA,
        "Ada Berger",
        email,
    ));
    let manifest = bots::slack::manifest("http://127.0.0.1");
    let scopes: Vec<&str> = manifest
        .pointer("/oauth_config/scopes/bot")
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect();
    emulator.install(WORKSPACE, "xoxb-test", &scopes);
    add_slack_channel(&emulator, "C0NEWS");
    emulator.limits(|limits| {
        limits.workspace_per_minute = cast.per_minute;
        let per_method = limits.per_minute.entry("chat.postMessage".to_owned());
        *per_method.or_default() = cast.per_minute;
    });
    Ok(emulator)
}

fn add_slack_channel(emulator: &SlackEmulator, id: &str) {
    let bot = format!("UBOT{WORKSPACE}");
    let members = [ADA, bot.as_str()];
    emulator.add_channel(slack::model::Channel::public(
        WORKSPACE, id, "news", &members,
    ));
}

fn emulated_discord(listener: tokio::net::TcpListener) -> anyhow::Result<DiscordEmulator> {
    let emulator = DiscordEmulator::start(EmulatedDiscord::new(Clock::system()), listener)?;
    emulator.add_guild(GUILD, "Acme");
    emulator.add_user(discord::model::User::person(DISCORD_ADA, "Ada B."));
    emulator.join(GUILD, DISCORD_ADA, &[]);
    emulator.add_channel(discord::model::Channel::text(
        GUILD,
        DISCORD_CHANNEL,
        "news",
    ));
    emulator.install(GUILD);
    Ok(emulator)
}
