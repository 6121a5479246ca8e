//! Interactions by signed HTTP: which endpoint is accepted, and what it is sent.
use std::sync::Mutex;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Extract;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use ed25519_dalek::{Signature, VerifyingKey};

use super::*;

/// An app's endpoint: checks signatures if it was told to, and answers with what it was given.
#[derive(Clone)]
struct App {
    key: VerifyingKey,
    checks: bool,
    answer: Value,
    heard: Arc<Mutex<Vec<Value>>>,
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

async fn hear(Extract(app): Extract<App>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    let signature = Signature::from_slice(&bytes(&header("x-signature-ed25519"))).unwrap();
    let signed = [header("x-signature-timestamp").as_bytes(), &body].concat();
    if app.checks && app.key.verify_strict(&signed, &signature).is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let payload: Value = serde_json::from_slice(&body).unwrap();
    if payload["type"] == 1 {
        return axum::Json(json!({ "type": 1 })).into_response();
    }
    app.heard.lock().unwrap().push(payload);
    axum::Json(app.answer).into_response()
}

async fn serves(stage: &Stage, checks: bool, answer: Value) -> (String, App) {
    let key: [u8; 32] = bytes(&stage.discord.state().app().public_key())
        .try_into()
        .unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    let app = App {
        key,
        checks,
        answer,
        heard: Arc::default(),
    };
    let router = Router::new()
        .route("/discord/interactions", post(hear))
        .with_state(app.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "http://{}/discord/interactions",
        listener.local_addr().unwrap()
    );
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, app)
}

#[tokio::test]
async fn an_endpoint_that_believes_everybody_is_not_accepted() {
    let stage = stage().await;
    let (url, _) = serves(&stage, false, json!({ "type": 6 })).await;
    let refused = stage.discord.use_endpoint(&url).await.unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("a wrong signature was answered by 200"),
        "{refused}"
    );
    assert!(
        stage
            .discord
            .use_endpoint("http://127.0.0.1:1/nobody")
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_answer_to_a_post_is_the_answer_to_the_interaction() {
    let stage = stage().await;
    let whisper = json!({ "type": 4, "data": { "content": "for you", "flags": 64 } });
    let (url, app) = serves(&stage, true, whisper.clone()).await;
    stage.discord.use_endpoint(&url).await.unwrap();
    let mut wire = stage.identifies().await;
    stage.posts(&card()).await;
    stage.ada().clicks("Share").await.unwrap();
    let seen = stage.ada().waits_for_text(ROOM, "for you").await.unwrap();
    assert!(seen.is_ephemeral);
    assert_eq!(app.heard.lock().unwrap()[0]["member"]["user"]["id"], ADA);
    wire.says(&json!({ "op": 1, "d": 2 })).await;
    assert_eq!(wire.hears().await["op"], 11, "nothing came by the gateway");
    let recorded = stage.discord.recorded().pop().unwrap();
    assert_eq!((recorded.body, recorded.status), (whisper, 200));
    assert!(stage.rules().is_empty());
    let sent = stage.discord.posted().pop().unwrap();
    let again = sent.post(&stage.client, &url).await.unwrap();
    assert_eq!(again.0, StatusCode::OK, "this app does not know a replay");
}

#[tokio::test]
async fn an_endpoint_that_answers_nonsense_has_failed() {
    let stage = stage().await;
    let (url, _) = serves(
        &stage,
        true,
        json!({ "type": 8, "data": { "choices": [] } }),
    )
    .await;
    stage.discord.use_endpoint(&url).await.unwrap();
    stage.posts(&card()).await;
    stage.ada().clicks("Share").await.unwrap();
    let blamed = stage
        .discord
        .state()
        .until(|state| state.journal.violations.first().map(|found| found.rule));
    assert_eq!(
        tokio::time::timeout(Duration::from_secs(5), blamed)
            .await
            .unwrap(),
        Rule::WrongAnswer
    );
}
