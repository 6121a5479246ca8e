//! What is told again, and until when.

use std::collections::VecDeque;
use std::sync::Mutex;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::clock::SystemClock;

const GUILD: &str = "G1";

/// A server that answers a revocation as it was told to, and remembers each.
#[derive(Clone, Default)]
struct StandIn {
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
    told: Arc<Mutex<usize>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    async fn start(answers: &[StatusCode]) -> (Self, Installations) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stand_in = Self::default();
        stand_in.answers.lock().unwrap().extend(answers);
        let app = Router::new()
            .route("/api/v1/installations", get(installed))
            .route("/api/v1/installations/{id}/revoke", post(revoked))
            .with_state(stand_in.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let client = Client::new(http, &base, "token");
        let installations = Installations::new(client, Platform::Discord, Arc::new(SystemClock));
        (stand_in, installations)
    }

    fn told(&self) -> usize {
        *self.told.lock().unwrap()
    }
}

async fn installed(State(stand_in): State<StandIn>, Query(asked): Query<Value>) -> Json<Value> {
    let platform = asked["platform"].as_str().unwrap_or_default().to_owned();
    stand_in.asked.lock().unwrap().push(platform);
    Json(json!({ "items": [{
        "id": Uuid::nil(), "platform": "discord", "external_id": GUILD, "name": "Example",
        "bot_user_ref": null, "bot_token": "", "language": "de",
    }] }))
}

async fn revoked(State(stand_in): State<StandIn>) -> StatusCode {
    *stand_in.told.lock().unwrap() += 1;
    let next = stand_in.answers.lock().unwrap().pop_front();
    next.unwrap_or(StatusCode::NO_CONTENT)
}

#[tokio::test]
async fn a_removal_is_told_until_the_server_takes_note() {
    let (stand_in, removed) =
        StandIn::start(&[StatusCode::SERVICE_UNAVAILABLE, StatusCode::BAD_GATEWAY]).await;
    removed.revoke(GUILD, &CancellationToken::new()).await;
    assert_eq!(stand_in.told(), 3);
}

#[tokio::test]
async fn a_removal_is_not_told_again_after_a_refusal_or_the_end() {
    let (stand_in, removed) =
        StandIn::start(&[StatusCode::NOT_FOUND, StatusCode::SERVICE_UNAVAILABLE]).await;
    removed.revoke(GUILD, &CancellationToken::new()).await;
    assert_eq!(stand_in.told(), 1);
    let stopped = CancellationToken::new();
    stopped.cancel();
    removed.revoke(GUILD, &stopped).await;
    assert_eq!(stand_in.told(), 2);
    removed.revoke("G-unknown", &stopped).await;
    assert_eq!(stand_in.told(), 2);
}

#[tokio::test]
async fn the_installations_of_its_own_platform_are_read_once_for_many_questions() {
    let (stand_in, installations) = StandIn::start(&[]).await;
    assert_eq!(installations.language(GUILD).await, Language::De);
    assert!(installations.in_workspace(GUILD).await.is_some());
    assert!(installations.in_workspace("G-unknown").await.is_none());
    assert_eq!(*stand_in.asked.lock().unwrap(), ["discord"]);
    assert_eq!(installations.language("G-unknown").await, Language::En);
}

#[tokio::test]
async fn they_are_read_again_while_nobody_asks_and_a_refused_token_is_asked_for_at_once() {
    let (stand_in, installations) = StandIn::start(&[]).await;
    let stop = CancellationToken::new();
    let keeping = installations.keep(&stop);
    let asked = async {
        while stand_in.asked.lock().unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
        stop.cancel();
    };
    tokio::join!(keeping, asked);
    let id = InstallationId(Uuid::nil());
    assert!(installations.is_renewed(id, "xoxe-old").await);
    assert!(!installations.is_renewed(id, "").await, "it is the same");
    let unknown = InstallationId(Uuid::from_u128(9));
    assert!(!installations.is_renewed(unknown, "xoxe-old").await);
}
