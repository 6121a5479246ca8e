//! A stand-in of the chats where they let the bot in: it grants what a test says, and remembers who
//! asked for what.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Form, Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::domain::connection::SLACK_SCOPES;

/// What came to one of its places.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Slack's method, or what was wanted of Discord.
    pub what: String,
    /// The form.
    pub form: Vec<(String, String)>,
    /// The header.
    pub authorization: String,
}

impl Asked {
    /// A field of the form.
    pub fn field(&self, wanted: &str) -> &str {
        let found = self.form.iter().find(|(name, _)| name == wanted);
        found.map_or("", |(_, value)| value)
    }
}

#[derive(Debug, Default)]
struct Says {
    grant: Value,
    asked: Vec<Asked>,
}

/// The stand-in.
#[derive(Clone, Debug)]
pub struct Granting {
    /// Where it is.
    pub base: String,
    says: Arc<Mutex<Says>>,
}

impl Granting {
    /// Begins to listen.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let stand_in = Self {
            base: format!("http://{address}"),
            says: Arc::default(),
        };
        let router = Router::new()
            .route("/api/{method}", post(slack))
            .route("/api/v10/oauth2/token", post(discord))
            .route("/api/v10/users/@me/guilds/{guild}", delete(leave))
            .route("/api/v10/channels/{channel}", get(channel))
            .route("/api/v10/guilds/{guild}", get(guild))
            .with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        stand_in
    }

    /// The options that lead a server to it.
    pub fn options(&self) -> String {
        let base = &self.base;
        format!(
            "[fetch]\ntimeout_seconds = 2\n\
             [slack]\nclient_id = \"1.2\"\nclient_secret = \"secret\"\n\
             login_base_url = \"{base}\"\napi_base_url = \"{base}/api\"\n\
             [discord]\napplication_id = \"41771983423143999\"\nclient_secret = \"secret\"\n\
             bot_token = \"bot\"\napi_base_url = \"{base}\"\n"
        )
    }

    /// What it answers from now on.
    pub fn grants(&self, grant: Value) {
        self.say(|says| says.grant = grant);
    }

    /// Everything that came since this was asked last.
    pub fn asked(&self) -> Vec<Asked> {
        self.say(|says| std::mem::take(&mut says.asked))
    }

    fn say<R>(&self, change: impl FnOnce(&mut Says) -> R) -> R {
        change(&mut self.says.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn answer(&self, what: String, headers: &HeaderMap, form: Vec<(String, String)>) -> Value {
        let header = headers.get("authorization");
        let authorization = header.and_then(|value| value.to_str().ok());
        let asked = Asked {
            what,
            form,
            authorization: authorization.unwrap_or_default().to_owned(),
        };
        self.say(|says| {
            says.asked.push(asked);
            says.grant.clone()
        })
    }
}

/// What Slack grants for a workspace.
pub fn slack_grant(team: &str, token: &str) -> Value {
    json!({
        "ok": true, "access_token": token, "token_type": "bot", "scope": SLACK_SCOPES.join(","),
        "bot_user_id": "U0BOT", "app_id": "A1", "team": {"id": team, "name": "Lindenfeld"},
        "enterprise": null, "is_enterprise_install": false, "authed_user": {"id": "U0ADA"},
    })
}

/// What Discord grants for a guild.
pub fn discord_grant(guild: &str) -> Value {
    json!({
        "access_token": "at", "token_type": "Bearer", "expires_in": 604_800,
        "refresh_token": "rt", "scope": "bot applications.commands",
        "guild": {"id": guild, "name": "Lindenfeld Gaming"},
    })
}

async fn slack(
    State(own): State<Granting>,
    Path(method): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Json<Value> {
    let form = url::form_urlencoded::parse(body.as_bytes()).into_owned();
    Json(own.answer(method, &headers, form.collect()))
}

async fn discord(
    State(own): State<Granting>,
    headers: HeaderMap,
    Form(form): Form<Vec<(String, String)>>,
) -> Response {
    let grant = own.answer("oauth2/token".to_owned(), &headers, form);
    if grant.get("error").is_some() {
        return (StatusCode::BAD_REQUEST, Json(grant)).into_response();
    }
    Json(grant).into_response()
}

async fn channel(
    State(own): State<Granting>,
    Path(channel): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = own.answer(format!("channel {channel}"), &headers, Vec::new());
    if found.get("code").is_some() {
        return (StatusCode::NOT_FOUND, Json(found)).into_response();
    }
    Json(found).into_response()
}

async fn guild(
    State(own): State<Granting>,
    Path(guild): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = own.answer(format!("guild {guild}"), &headers, Vec::new());
    if found.get("code").is_some() {
        return (StatusCode::NOT_FOUND, Json(found)).into_response();
    }
    Json(found).into_response()
}

async fn leave(
    State(own): State<Granting>,
    Path(guild): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    own.answer(format!("leave {guild}"), &headers, Vec::new());
    StatusCode::NO_CONTENT
}
