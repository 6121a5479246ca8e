//! The emulator itself: what it refuses, what it forgives, and that a real client library gets along with it.
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta};
use futures::{SinkExt as _, StreamExt as _};
use reqwest::StatusCode;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::person::{Person, PersonError};
use super::state::journal::Rule;
use super::*;

mod clients;
mod endpoint;
mod gateway;
mod interactions;
mod rest;

const GUILD: &str = "2001";
const ROOM: &str = "3001";
const ADA: &str = "4001";
const BEN: &str = "4002";
const MESSAGES: &str = "POST /channels/{channel_id}/messages";

/// Discord with a guild, a channel and two people, and the app in it.
struct Stage {
    discord: DiscordEmulator,
    hands: Arc<AtomicI64>,
    client: reqwest::Client,
}

async fn stage() -> Stage {
    stage_with(|_| {}).await
}

async fn stage_with(alter: impl FnOnce(&mut DiscordConfig)) -> Stage {
    let hands = Arc::new(AtomicI64::new(1_800_000_000));
    let clock = {
        let hands = Arc::clone(&hands);
        Clock::from_fn(move || DateTime::from_timestamp(hands.load(Ordering::SeqCst), 0).unwrap())
    };
    let mut config = DiscordConfig::new(clock);
    alter(&mut config);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let discord = DiscordEmulator::start(config, listener).unwrap();
    discord.add_guild(GUILD, "Lindenfeld");
    discord.add_role(GUILD, "5001", "Sales");
    discord.add_user(User::person(ADA, "Ada Berger"));
    discord.add_user(User::person(BEN, "Ben Okafor"));
    discord.join(GUILD, ADA, &["5001"]);
    discord.join(GUILD, BEN, &[]);
    discord.add_channel(Channel::text(GUILD, ROOM, "share-this"));
    discord.install(GUILD);
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .user_agent("DiscordBot (https://chorus.example, 1)")
        .no_proxy()
        .build()
        .unwrap();
    Stage {
        discord,
        hands,
        client,
    }
}

impl Stage {
    fn ada(&self) -> Person {
        self.discord.person(GUILD, ADA)
    }

    fn advance(&self, by: TimeDelta) {
        self.hands.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }

    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/api/v10{path}", self.discord.base_url());
        self.client
            .request(method.parse().unwrap(), url)
            .header("authorization", "Bot emulated.bot.token")
    }

    /// Calls, and gives status and body.
    async fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if body.is_null() {
            request
        } else {
            request.json(body)
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Calls, and gives status and Discord's code.
    async fn code(&self, method: &str, path: &str, body: &Value) -> (u16, u64) {
        let (status, body) = self.call(method, path, body).await;
        (status, body["code"].as_u64().unwrap_or_default())
    }

    async fn posts(&self, body: &Value) -> Value {
        let (status, message) = self
            .call("POST", &format!("/channels/{ROOM}/messages"), body)
            .await;
        assert_eq!(status, 200, "{message}");
        message
    }

    async fn registers(&self, commands: &Value) -> Value {
        let path = format!("/applications/{}/commands", self.discord.state().app().id);
        let (status, registered) = self.call("PUT", &path, commands).await;
        assert_eq!(status, 200, "{registered}");
        registered
    }

    fn rules(&self) -> Vec<Rule> {
        self.discord
            .violations()
            .iter()
            .map(|violation| violation.rule)
            .collect()
    }

    /// A client of the gateway, before it has said anything.
    async fn connects(&self) -> Wire {
        let url = format!("ws://{}/gateway?v=10&encoding=json", self.discord.address());
        Wire(connect_async(url).await.unwrap().0)
    }

    /// A client of the gateway with a session, which has heard all there is to hear at the beginning.
    async fn identifies(&self) -> Wire {
        let mut wire = self.connects().await;
        assert_eq!(wire.hears().await["op"], 10);
        wire.says(&identify("emulated.bot.token", 1)).await;
        assert_eq!(wire.hears().await["t"], "READY");
        assert_eq!(wire.hears().await["t"], "GUILD_CREATE");
        wire
    }

    /// Answers an interaction by the REST API.
    async fn answers(&self, interaction: &Value, body: &Value) -> (u16, u64) {
        let (id, token) = (
            interaction["id"].as_str().unwrap(),
            interaction["token"].as_str().unwrap(),
        );
        self.code(
            "POST",
            &format!("/interactions/{id}/{token}/callback"),
            body,
        )
        .await
    }

    fn original(&self, interaction: &Value) -> String {
        let token = interaction["token"].as_str().unwrap();
        format!(
            "/webhooks/{}/{token}/messages/@original",
            self.discord.state().app().id
        )
    }
}

fn identify(token: &str, intents: u64) -> Value {
    let properties = json!({ "os": "linux", "browser": "test", "device": "test" });
    json!({ "op": 2, "d": { "token": token, "intents": intents, "properties": properties } })
}

/// A connection to the gateway in a test's hands.
struct Wire(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Wire {
    async fn says(&mut self, payload: &Value) {
        self.0.send(Frame::text(payload.to_string())).await.unwrap();
    }

    /// The next payload; a close frame reads as `{"close": code}`.
    async fn hears(&mut self) -> Value {
        let next = tokio::time::timeout(Duration::from_secs(5), self.0.next());
        match next.await.expect("something is said in time") {
            Some(Ok(Frame::Text(text))) => serde_json::from_str(text.as_str()).unwrap(),
            Some(Ok(Frame::Close(frame))) => {
                json!({ "close": frame.map(|frame| u16::from(frame.code)) })
            }
            other => json!({ "lost": format!("{other:?}") }),
        }
    }

    /// The data of the next interaction.
    async fn interaction(&mut self) -> Value {
        let event = self.hears().await;
        assert_eq!(event["t"], "INTERACTION_CREATE", "{event}");
        event["d"].clone()
    }
}

fn card() -> Value {
    let button =
        |label: &str, id: &str| json!({ "type": 2, "style": 1, "label": label, "custom_id": id });
    let link =
        json!({ "type": 2, "style": 5, "label": "LinkedIn", "url": "https://l.example/s/1" });
    let select = json!({ "type": 3, "custom_id": "more", "placeholder": "More", "options": [
        { "label": "Later", "value": "l" }, { "label": "Not for me", "value": "n" }] });
    json!({
        "embeds": [{ "title": "A **garden**", "description": "Ends <t:1800172800:R>", "footer": { "text": "Lindenfeld" } }],
        "components": [
            { "type": 1, "components": [button("Share", "share"), button("Edit", "edit"), link] },
            { "type": 1, "components": [select] },
        ],
        "allowed_mentions": { "parse": [] },
    })
}

fn one_command() -> Value {
    json!([{ "name": "chorus", "description": "Share what is worth it", "options": [
        { "type": 1, "name": "help", "description": "What you can do here" },
        { "type": 1, "name": "pair", "description": "Connect your account", "options": [
            { "type": 3, "name": "code", "description": "The code", "required": true }] },
        { "type": 1, "name": "leaderboard", "description": "Who is ahead", "options": [
            { "type": 3, "name": "period", "description": "Which days", "choices": [
                { "name": "This week", "value": "week" }, { "name": "This month", "value": "month" }] },
            { "type": 3, "name": "team", "description": "Whose", "autocomplete": true }] },
    ], "contexts": [0, 1, 2], "integration_types": [0, 1] }])
}
