//! What is told again, and until when.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

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
#[derive(Clone)]
struct StandIn {
    connected: Arc<AtomicBool>,
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
    told: Arc<Mutex<usize>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    async fn start(answers: &[StatusCode]) -> (Self, Installations) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stand_in = Self {
            connected: Arc::new(AtomicBool::new(true)),
            answers: Arc::new(Mutex::new(answers.iter().copied().collect())),
            told: Arc::default(),
            asked: Arc::default(),
        };
        let app = Router::new()
            .route("/api/v1/installations", get(installed))
            .route("/api/v1/installations/{id}/revoke", post(revoked))
            .route("/api/v1/installations/{id}/removals", post(revoked))
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
    if !stand_in.connected.load(Ordering::SeqCst) {
        return Json(json!({ "items": [] }));
    }
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
async fn whoever_misses_a_workspace_while_it_is_asked_for_waits_for_the_answer() {
    let (stand_in, known) = StandIn::start(&[]).await;
    let of_many = (0..5).map(|_| known.in_workspace(GUILD));
    let found = futures::future::join_all(of_many).await;
    assert!(found.iter().all(Option::is_some));
    let asked = || stand_in.asked.lock().unwrap().len();
    assert_eq!(asked(), 1, "by the first of them");
    let of_many = (0..5).map(|_| known.in_workspace("G-unknown"));
    let found = futures::future::join_all(of_many).await;
    assert!(found.iter().all(Option::is_none));
    assert_eq!(
        asked(),
        1,
        "nobody floods the server with one that is not there"
    );
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

/// Says of an account what it was told to, then that it is gone; remembers how often it was asked.
#[derive(Default)]
struct Said {
    answers: Mutex<VecDeque<Standing>>,
    asked: Mutex<usize>,
}

impl Said {
    fn answers(answers: &[Standing]) -> Self {
        Self {
            answers: Mutex::new(answers.iter().copied().collect()),
            asked: Mutex::default(),
        }
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

#[async_trait]
impl Accounts for Said {
    async fn standing(&self, _: &Installation, _: &str) -> Standing {
        *self.asked.lock().unwrap() += 1;
        let next = self.answers.lock().unwrap().pop_front();
        next.unwrap_or(Standing::Gone)
    }
}

#[tokio::test]
async fn that_an_account_is_gone_is_told_until_the_server_takes_note_or_refuses() {
    let (stand_in, removed) = StandIn::start(&[
        StatusCode::SERVICE_UNAVAILABLE,
        StatusCode::OK,
        StatusCode::NOT_FOUND,
    ])
    .await;
    let (running, said) = (CancellationToken::new(), Said::default());
    let note = async |guild| removed.note_removal((guild, "118"), &said, &running).await;
    note(GUILD).await;
    assert_eq!((stand_in.told(), said.asked()), (2, 2));
    note(GUILD).await;
    assert_eq!(stand_in.told(), 3, "a refusal is the last word");
    note("G-unknown").await;
    assert_eq!((stand_in.told(), said.asked()), (3, 3));
}

#[tokio::test]
async fn an_account_that_is_back_before_the_server_took_note_is_not_told_as_gone() {
    let (stand_in, removed) = StandIn::start(&[StatusCode::SERVICE_UNAVAILABLE]).await;
    let said = Said::answers(&[
        Standing::Unsaid(Duration::from_millis(1)),
        Standing::Gone,
        Standing::There,
    ]);
    let running = CancellationToken::new();
    removed.note_removal((GUILD, "118"), &said, &running).await;
    assert_eq!((stand_in.told(), said.asked()), (1, 3));
}

#[tokio::test]
async fn a_removal_in_a_workspace_that_was_connected_meanwhile_is_told() {
    let (stand_in, removed) = StandIn::start(&[]).await;
    stand_in.connected.store(false, Ordering::SeqCst);
    assert!(removed.in_workspace(GUILD).await.is_none());
    stand_in.connected.store(true, Ordering::SeqCst);
    let running = CancellationToken::new();
    let said = Said::default();
    removed.note_removal((GUILD, "118"), &said, &running).await;
    assert_eq!(stand_in.told(), 1);
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
