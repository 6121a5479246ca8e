//! A small stand-in of Slack's Web API and of the server's list of installations, over
//! real HTTP: answers what it was told to, and remembers what it was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router};
use serde_json::{Value, json};
use server_api::client::Client;
use server_api::enums::Platform;
use uuid::Uuid;

use crate::clock::SystemClock;
use crate::installations::Installations;
use crate::slack::client::SlackApi;

/// The workspace in which the app is installed.
pub(crate) const TEAM: &str = "T1";

#[derive(Clone)]
pub(crate) struct StandIn {
    answers: Arc<Mutex<VecDeque<(u16, Value)>>>,
    calls: tokio::sync::watch::Sender<Vec<(String, Value)>>,
    names_no_time: Arc<AtomicBool>,
    base: String,
}

impl StandIn {
    /// Answers these in order, then with success.
    pub(crate) async fn start(answers: Vec<(u16, Value)>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let slack = Self {
            answers: Arc::new(Mutex::new(answers.into())),
            calls: tokio::sync::watch::Sender::default(),
            names_no_time: Arc::default(),
            base: format!("http://{}", listener.local_addr().unwrap()),
        };
        let app = Router::new()
            .route("/slack/{method}", any(called))
            .route("/api/v1/installations", any(installed))
            .route("/api/v1/installations/{id}/removals", any(noted))
            .with_state(slack.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        slack
    }

    /// From now on no answer says when to come again.
    pub(crate) fn names_no_time(&self) {
        self.names_no_time.store(true, Ordering::SeqCst);
    }

    pub(crate) fn api(&self) -> SlackApi {
        let base = format!("{}/slack", self.base);
        SlackApi::new(&base, Duration::from_secs(5), Arc::new(SystemClock)).unwrap()
    }

    pub(crate) fn installations(&self) -> Arc<Installations> {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let server = Client::new(http, &self.base, "token");
        Arc::new(Installations::new(
            server,
            Platform::Slack,
            Arc::new(SystemClock),
        ))
    }

    /// An address for answers; what is sent there counts as a call of `respond`.
    pub(crate) fn response_url(&self) -> String {
        format!("{}/slack/respond", self.base)
    }

    pub(crate) fn origin(&self) -> String {
        self.base.clone()
    }

    /// Methods with what was sent, in order.
    pub(crate) fn calls(&self) -> Vec<(String, Value)> {
        self.calls.borrow().clone()
    }

    /// Waits until so many calls came.
    pub(crate) async fn waits_for_calls(&self, count: usize) -> Vec<(String, Value)> {
        let mut calls = self.calls.subscribe();
        let came = calls.wait_for(|calls| calls.len() >= count);
        let came = tokio::time::timeout(Duration::from_secs(10), came).await;
        came.expect("calls that never came").unwrap().clone()
    }
}

async fn called(
    State(slack): State<StandIn>,
    Path(method): Path<String>,
    Query(parameters): Query<HashMap<String, String>>,
    body: String,
) -> Response {
    let sent = serde_json::from_str(&body).unwrap_or_else(|_| json!(parameters));
    slack.calls.send_modify(|calls| calls.push((method, sent)));
    let next = slack.answers.lock().unwrap().pop_front();
    let (status, answer) = next.unwrap_or_else(|| {
        let answer = json!({
            "ok": true, "channel": "C1", "ts": "1.2", "view": { "id": "V1" },
        });
        (200, answer)
    });
    let status = StatusCode::from_u16(status).unwrap();
    let names_no_time = slack.names_no_time.load(Ordering::SeqCst);
    let time = (!names_no_time).then_some([("retry-after", "7")]);
    match answer {
        // What stands before Slack answers with a page.
        Value::String(page) => (status, time, page).into_response(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            (status, time, Json(answer)).into_response()
        }
    }
}

/// That somebody was removed: told among the calls.
async fn noted(State(slack): State<StandIn>, Json(sent): Json<Value>) -> StatusCode {
    let told = ("removals".to_owned(), sent);
    slack.calls.send_modify(|calls| calls.push(told));
    StatusCode::NO_CONTENT
}

async fn installed() -> Json<Value> {
    Json(json!({ "items": [{
        "id": Uuid::nil(), "platform": "slack", "external_id": TEAM, "name": "Example",
        "bot_user_ref": null, "bot_token": "xoxb-1", "language": "en",
    }] }))
}
