//! A small stand-in of Discord's REST API and of the server's lists, over real HTTP:
//! answers what it was told to, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde_json::{Value, json};
use server_api::client::Client;
use server_api::enums::Platform;
use uuid::Uuid;

use crate::clock::{Clock, SystemClock};
use crate::discord::client::{Access, DiscordApi, Times};
use crate::discord::messenger::snowflake;
use crate::installations::Installations;

/// The guild in which the bot is.
pub(crate) const GUILD: &str = "700000000000000001";
/// The application.
pub(crate) const APPLICATION: &str = "100000000000000001";
/// The bot's own account.
pub(crate) const BOT: &str = "100000000000000002";

/// One answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            headers: Vec::new(),
        }
    }

    /// A refusal in Discord's shape.
    pub(crate) fn refusal(status: u16, code: u64) -> Self {
        Self::new(status, json!({ "code": code, "message": "No" }))
    }

    /// "Too fast", for so many seconds.
    pub(crate) fn limited(seconds: f64, is_global: bool) -> Self {
        let body = json!({
            "message": "You are being rate limited.", "retry_after": seconds, "global": is_global,
        });
        let scope = if is_global { "global" } else { "user" };
        Self::new(429, body).with("x-ratelimit-scope", scope)
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// One request to Discord's API.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// Method and path, with the parameters.
    pub(crate) what: String,
    pub(crate) body: Value,
    pub(crate) authorization: String,
}

#[derive(Clone)]
pub(crate) struct StandIn {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    leases: Arc<Mutex<VecDeque<(u16, Value)>>>,
    calls: tokio::sync::watch::Sender<Vec<Call>>,
    is_slow: tokio::sync::watch::Sender<bool>,
    base: String,
}

impl StandIn {
    /// Answers these in order, then with a message that was made.
    pub(crate) async fn start(answers: Vec<Answer>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let discord = Self {
            answers: Arc::new(Mutex::new(answers.into())),
            leases: Arc::default(),
            calls: tokio::sync::watch::Sender::default(),
            is_slow: tokio::sync::watch::Sender::default(),
            base: format!("http://{}", listener.local_addr().unwrap()),
        };
        let app = Router::new().fallback(called).with_state(discord.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        discord
    }

    pub(crate) fn access(&self) -> Access {
        Access {
            bot_token: SecretString::from("bot-token"),
            application: snowflake(APPLICATION).unwrap().into(),
            base_url: Some(self.base.parse().unwrap()),
        }
    }

    pub(crate) fn api(&self) -> DiscordApi {
        self.api_on(Arc::new(SystemClock))
    }

    pub(crate) fn api_on(&self, clock: Arc<dyn Clock>) -> DiscordApi {
        let times = Times {
            turn: Duration::from_secs(2),
            call: Duration::from_secs(5),
        };
        DiscordApi::new(self.access(), times, clock).unwrap()
    }

    pub(crate) fn server(&self) -> Client {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Client::new(http, &self.base, "token")
    }

    pub(crate) fn installations(&self) -> Arc<Installations> {
        let (server, clock) = (self.server(), Arc::new(SystemClock));
        Arc::new(Installations::new(server, Platform::Discord, clock))
    }

    /// What asking for the lease brings, in order.
    pub(crate) fn lends(&self, answers: Vec<(u16, Value)>) {
        *self.leases.lock().unwrap() = answers.into();
    }

    /// Whether there are answers left for who asks for the lease.
    pub(crate) fn lends_more(&self) -> bool {
        !self.leases.lock().unwrap().is_empty()
    }

    /// Whether the server lets people wait who speak none of our languages.
    pub(crate) fn is_slow(&self, is_slow: bool) {
        self.is_slow.send_replace(is_slow);
    }

    /// Requests to Discord, in order.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.borrow().clone()
    }

    /// What they asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.calls().into_iter().map(|call| call.what).collect()
    }

    /// Waits until so many requests came.
    pub(crate) async fn waits_for_calls(&self, count: usize) -> Vec<Call> {
        let mut calls = self.calls.subscribe();
        let came = calls.wait_for(|calls| calls.len() >= count);
        let came = tokio::time::timeout(Duration::from_secs(10), came).await;
        came.expect("calls that never came").unwrap().clone()
    }
}

async fn called(State(discord): State<StandIn>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let path = head.uri.path_and_query().unwrap().as_str();
    if let Some(path) = path.strip_prefix("/api/v1/") {
        let mut waiting = discord.is_slow.subscribe();
        waiting.wait_for(|is_slow| !is_slow).await.unwrap();
        return discord.serves(path);
    }
    let path = path.strip_prefix("/api/v10").unwrap_or(path);
    let authorization = head.headers.get("authorization");
    discord.calls.send_modify(|calls| {
        calls.push(Call {
            what: format!("{} {path}", head.method),
            body,
            authorization: authorization.map_or("", |it| it.to_str().unwrap()).into(),
        });
    });
    let next = discord.answers.lock().unwrap().pop_front();
    let answer = next.unwrap_or_else(|| Answer::new(200, json!({ "id": "900000000000000001" })));
    let mut headers = HeaderMap::new();
    for (name, value) in answer.headers {
        let value = HeaderValue::from_str(&value).unwrap();
        headers.insert(HeaderName::from_static(name), value);
    }
    let status = StatusCode::from_u16(answer.status).unwrap();
    if status == StatusCode::NO_CONTENT {
        return (status, headers).into_response();
    }
    (status, headers, answer.body.to_string()).into_response()
}

impl StandIn {
    /// The server's side.
    fn serves(&self, path: &str) -> Response {
        if path.starts_with("leases/") {
            let next = self.leases.lock().unwrap().pop_front();
            let (status, body) = next.unwrap_or((503, json!({})));
            let status = StatusCode::from_u16(status).unwrap();
            return (status, body.to_string()).into_response();
        }
        json!({ "items": [{
            "id": Uuid::nil(), "platform": "discord", "external_id": GUILD, "name": "Example",
            "bot_user_ref": null, "bot_token": "", "language": "en",
        }] })
        .to_string()
        .into_response()
    }
}
