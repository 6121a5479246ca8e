//! Signatures, both ways: the platforms' official helpers verify what our emulators sign, and sign what
//! Chorus's own endpoints take or refuse.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bots::{DiscordConfig, DiscordMode, SlackConfig, SlackMode, run_discord, run_slack};
use serde::Deserialize;
use serde_json::{Value, json};
use server_api::client::Client;
use tests::clock::Clock;
use tests::emulator::discord::{self, DiscordEmulator};
use tests::emulator::slack::{self, SlackEmulator};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;

/// How long the helpers may take to start, to judge and to sign.
const PATIENCE: Duration = Duration::from_mins(1);
const GUILD: &str = "100";

/// Where the helpers wait for what the emulators send.
#[derive(Deserialize)]
struct Helpers {
    slack: String,
    discord: String,
}

#[tokio::test]
#[ignore = "needs the official helpers: `tests/checks/run signatures` installs them and runs this"]
async fn official_helpers_and_ours_take_the_same_signatures() {
    let shutdown = CancellationToken::new();
    let (slack, discord) = (slack().await, discord().await);
    let places = json!({
        "slack": takes_requests_of_slack(&slack, &shutdown),
        "discord": takes_requests_of_discord(&discord, &shutdown),
    });
    let (mut helping, helpers) = start_helpers(&places).await;

    slack.sends_requests_to(&helpers.slack).await.unwrap();
    let event = json!({ "type": "app_mention", "user": "U1", "text": "Grüße, 世界 🎉 & <more>" });
    slack.emit("T1", &event);
    let ada = slack.person("T1", "U1");
    ada.types("/chorus help ü&=+%", "C1").unwrap();

    discord.use_endpoint(&helpers.discord).await.unwrap();
    let registered = discord
        .state()
        .until(|state| (!state.kept.commands.is_empty()).then_some(()));
    tokio::time::timeout(PATIENCE, registered).await.unwrap();
    let ada = discord.person(GUILD, "300");
    ada.types("/chorus help", "200").unwrap();

    // The end of their input tells the helpers that everything is on its way.
    drop(helping.stdin.take());
    let ended = tokio::time::timeout(PATIENCE, helping.wait())
        .await
        .unwrap();
    assert!(ended.unwrap().success(), "they do not agree: see above");
    shutdown.cancel();
}

async fn slack() -> SlackEmulator {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let slack = SlackEmulator::start(slack::SlackConfig::new(Clock::system()), listener).unwrap();
    slack.add_workspace("T1", "Example", "example");
    let bot = slack.install("T1", "xoxb-1", &["commands"]);
    slack.add_user(slack::model::User::member(
        "T1",
        "U1",
        "Ada Example",
        "ada@example.org",
    ));
    let members = ["U1", bot.as_str()];
    slack.add_channel(slack::model::Channel::public("T1", "C1", "news", &members));
    slack
}

async fn discord() -> DiscordEmulator {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = discord::DiscordConfig::new(Clock::system());
    let discord = DiscordEmulator::start(config, listener).unwrap();
    discord.add_guild(GUILD, "Example");
    discord.install(GUILD);
    discord.add_user(discord::model::User::person("300", "Ada"));
    discord.join(GUILD, "300", &[]);
    discord.add_channel(discord::model::Channel::text(GUILD, "200", "news"));
    discord
}

/// Starts Chorus's own endpoint, and says where it is.
fn takes_requests_of_slack(slack: &SlackEmulator, shutdown: &CancellationToken) -> Value {
    let listener = Arc::new(std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    let url = format!(
        "http://{}{}",
        listener.local_addr().unwrap(),
        bots::slack::PATH
    );
    let secret = slack.state().app().signing_secret.clone();
    let config = SlackConfig {
        api_base_url: Some(slack.api_url().parse().unwrap()),
        ..SlackConfig::new(SlackMode::Http {
            listener,
            signing_secret: secret.clone().into(),
        })
    };
    tokio::spawn(run_slack(config, nobody(), shutdown.clone()));
    json!({ "url": url, "secret": secret })
}

fn takes_requests_of_discord(discord: &DiscordEmulator, shutdown: &CancellationToken) -> Value {
    let listener = Arc::new(std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    let url = format!(
        "http://{}{}",
        listener.local_addr().unwrap(),
        bots::discord::PATH
    );
    let app = discord.state().app().clone();
    let mode = DiscordMode::Http {
        listener,
        public_key: app.public_key(),
    };
    let config = DiscordConfig {
        api_base_url: Some(discord.base_url().parse().unwrap()),
        ..DiscordConfig::new(app.bot_token.clone().into(), app.id.to_string(), mode)
    };
    tokio::spawn(run_discord(config, nobody(), shutdown.clone()));
    json!({ "url": url, "publicKey": app.public_key(), "seed": app.signing_seed })
}

/// A server that is not there: what is refused or asks for nothing does not need one.
fn nobody() -> Client {
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(40))
        .no_proxy()
        .build()
        .unwrap();
    Client::new(http, "http://127.0.0.1:1", "service-token")
}

async fn start_helpers(places: &Value) -> (Child, Helpers) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/checks/signatures.mjs");
    let mut helping = Command::new("node")
        .args([script, &places.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut said = BufReader::new(helping.stdout.take().unwrap()).lines();
    let first = tokio::time::timeout(PATIENCE, said.next_line())
        .await
        .unwrap();
    let helpers = serde_json::from_str(&first.unwrap().unwrap()).unwrap();
    tokio::spawn(async move {
        while let Ok(Some(line)) = said.next_line().await {
            println!("{line}");
        }
    });
    (helping, helpers)
}
