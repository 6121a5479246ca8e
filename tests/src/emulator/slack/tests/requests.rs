//! Requests to an app: proved, signed, sent again as Slack does, and counted in seconds.
use std::collections::VecDeque;
use std::sync::Mutex;

use axum::Router;
use axum::extract::State as Of;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio::sync::watch;

use super::*;
use crate::emulator::slack::skin::requests::sign;

/// A request as it came.
#[derive(Clone, Debug)]
struct Came {
    headers: HeaderMap,
    body: String,
}

impl Came {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

/// An app that answers what it was told to, then with nothing.
#[derive(Clone)]
struct Listener {
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
    came: watch::Sender<Vec<Came>>,
}

impl Listener {
    async fn start(slack: &SlackEmulator) -> Self {
        let listener = Self {
            answers: Arc::default(),
            came: watch::Sender::default(),
        };
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", socket.local_addr().unwrap());
        let routes = Router::new()
            .route("/events", post(take))
            .with_state(listener.clone());
        tokio::spawn(async move { axum::serve(socket, routes).await });
        slack.sends_requests_to(&url).await.unwrap();
        listener
    }

    fn answers(&self, answers: &[(u16, &'static str)]) {
        self.answers.lock().unwrap().extend(answers);
    }

    async fn waits_for(&self, count: usize) -> Vec<Came> {
        let mut came = self.came.subscribe();
        let enough = came.wait_for(|came| came.len() >= count);
        let enough = tokio::time::timeout(Duration::from_secs(5), enough).await;
        enough.expect("requests that never came").unwrap().clone()
    }
}

async fn take(Of(listener): Of<Listener>, headers: HeaderMap, body: String) -> Response {
    let parsed: Value = serde_json::from_str(&body).unwrap_or_default();
    if parsed["type"] == "url_verification" {
        return parsed["challenge"]
            .as_str()
            .unwrap()
            .to_owned()
            .into_response();
    }
    listener
        .came
        .send_modify(|came| came.push(Came { headers, body }));
    let next = listener.answers.lock().unwrap().pop_front();
    match next {
        Some((0, _)) => std::future::pending().await,
        Some((status, body)) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        None => StatusCode::OK.into_response(),
    }
}

fn rules(slack: &SlackEmulator) -> Vec<Rule> {
    let violations = slack.violations();
    violations.iter().map(|violation| violation.rule).collect()
}

#[tokio::test]
async fn an_address_that_does_not_answer_the_challenge_is_not_taken() {
    let slack = slack().await;
    assert!(
        slack
            .sends_requests_to("http://127.0.0.1:1/events")
            .await
            .is_err()
    );
    let elsewhere = slack.api_url();
    assert!(slack.sends_requests_to(&elsewhere).await.is_err());
}

#[tokio::test]
async fn each_kind_of_request_has_its_form_and_a_good_signature() {
    let slack = slack().await;
    let listener = Listener::start(&slack).await;
    slack
        .person("T1", "U1")
        .types("/chorus help me", "C1")
        .unwrap();
    let command = listener.waits_for(1).await.remove(0);
    assert_eq!(
        command.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    assert!(command.body.contains("command=%2Fchorus&"), "{command:?}");
    assert!(command.body.contains("text=help+me"), "{command:?}");
    slack.person("T1", "U1").opens_home().unwrap();
    let event = listener.waits_for(2).await.remove(1);
    assert_eq!(event.header("content-type"), "application/json");
    let payload: Value = serde_json::from_str(&event.body).unwrap();
    assert_eq!(payload["event"]["type"], "app_home_opened");
    for came in [command, event] {
        let stamp = came.header("x-slack-request-timestamp");
        let expected = sign("emulated-signing-secret", stamp, &came.body);
        assert_eq!(came.header("x-slack-signature"), expected);
        assert_eq!(came.header("x-slack-retry-num"), "");
    }
    assert!(slack.violations().is_empty());
}

#[tokio::test]
async fn an_event_that_fails_comes_again_and_a_command_does_not() {
    let slack = slack().await;
    let listener = Listener::start(&slack).await;
    listener.answers(&[(500, "")]);
    slack.emit("T1", &json!({ "type": "app_uninstalled" }));
    let came = listener.waits_for(2).await;
    assert_eq!(came[1].header("x-slack-retry-num"), "1");
    assert_eq!(came[1].header("x-slack-retry-reason"), "http_error");
    assert_eq!(came[0].body, came[1].body);
    assert_ne!(
        came[0].header("x-slack-signature"),
        came[1].header("x-slack-signature")
    );
    assert_eq!(rules(&slack), [Rule::RequestRefused]);
    listener.answers(&[(401, "")]);
    let ada = slack.person("T1", "U1");
    ada.types("/chorus help", "C1").unwrap();
    ada.waits_for_text("C1", "operation_timeout").await.unwrap();
    assert_eq!(listener.waits_for(3).await.len(), 3);
}

#[tokio::test]
async fn an_answer_after_the_deadline_is_a_violation_by_name() {
    let slack = slack().await;
    let listener = Listener::start(&slack).await;
    listener.answers(&[(0, "")]);
    let ada = slack.person("T1", "U1");
    ada.types("/chorus help", "C1").unwrap();
    ada.waits_for_text("C1", "operation_timeout").await.unwrap();
    assert_eq!(rules(&slack), [Rule::NotAcknowledged]);
}

#[tokio::test]
async fn the_body_of_an_answer_is_understood_and_a_strange_one_is_a_violation() {
    let slack = slack().await;
    let listener = Listener::start(&slack).await;
    let ada = slack.person("T1", "U1");
    listener.answers(&[(200, r#"{"text":"Working on it"}"#)]);
    ada.types("/chorus help", "C1").unwrap();
    let answer = ada.waits_for_text("C1", "Working on it").await.unwrap();
    assert!(answer.is_ephemeral);
    call(
        &slack,
        "chat.postMessage",
        json!({ "channel": "C1", "blocks": card() }),
    )
    .await;
    listener.answers(&[(200, "ok")]);
    ada.clicks("Share").await.unwrap();
    listener.waits_for(2).await;
    slack
        .state()
        .until(|state| (!state.journal.violations.is_empty()).then_some(()))
        .await;
    assert_eq!(rules(&slack), [Rule::WrongAcknowledgement]);
}
