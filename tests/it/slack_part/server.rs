//! A stand-in of the server's API for the part of a chat: it says what the samples say, and
//! remembers what it was told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use conversation::view::sample_data;
use serde_json::{Value, json};
use server_api::delivery::{Content, Delivery, Operation, Outcome, Place, SettleDelivery};
use server_api::enums::{BoardVisibility, Language, Network, Platform};
use server_api::identity::{AccountKind, Introduction};
use server_api::ids::{DeliveryId, InstallationId};
use server_api::leaderboard::Leaderboard;
use server_api::lease::AcquireLease;
use server_api::me::{Home, Me, UpdateMe};
use server_api::share::{ConfirmShare, ShareReceipt};
use tokio::net::TcpListener;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct Server {
    told: Arc<Mutex<Told>>,
    changed: Arc<tokio::sync::Notify>,
    base: String,
}

struct Told {
    platform: Platform,
    team: String,
    lease: Option<(String, Instant, i64)>,
    offers_again: bool,
    token: String,
    me: Me,
    known: bool,
    introductions: Vec<Introduction>,
    confirmed: Vec<Network>,
    waiting: VecDeque<Delivery>,
    delivered: Vec<Delivery>,
    outcomes: Vec<Outcome>,
    revoked: bool,
}

impl Server {
    pub async fn start(team: &str, token: &str) -> Self {
        Self::start_for(Platform::Slack, team, token).await
    }

    pub async fn start_for(platform: Platform, team: &str, token: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            told: Arc::new(Mutex::new(Told {
                platform,
                team: team.to_owned(),
                lease: None,
                offers_again: false,
                token: token.to_owned(),
                me: sample_data::me(),
                known: true,
                introductions: vec![],
                confirmed: vec![],
                waiting: VecDeque::new(),
                delivered: vec![],
                outcomes: vec![],
                revoked: false,
            })),
            changed: Arc::default(),
            base: format!("http://{}", listener.local_addr().unwrap()),
        };
        let routes = router(server.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        server
    }

    pub fn base(&self) -> String {
        self.base.clone()
    }

    pub fn forgets_everybody(&self) {
        self.change(|told| told.known = false);
    }

    pub fn delivers(&self, place: Place, operation: Operation, content: Content) {
        let delivery = Delivery {
            id: DeliveryId(Uuid::now_v7()),
            installation_id: InstallationId(Uuid::nil()),
            place,
            operation,
            content,
            language: Language::En,
            reconcile: false,
        };
        self.change(|told| {
            told.delivered.push(delivery.clone());
            told.waiting.push_back(delivery);
        });
    }

    /// From now on what is given back is offered again in its time.
    pub fn offers_again(&self) {
        self.change(|told| told.offers_again = true);
    }

    /// Waits until so many deliveries were settled as sent.
    pub async fn waits_for_sent(&self, count: usize) {
        let is_sent = |outcome: &&Outcome| matches!(outcome, Outcome::Sent { .. });
        self.waits(|told| told.outcomes.iter().filter(is_sent).count() >= count)
            .await;
    }

    /// Offers the last delivery once more, as the server does with an unknown one.
    pub fn delivers_again(&self) {
        self.change(|told| {
            let mut delivery = told.delivered.last().unwrap().clone();
            delivery.reconcile = true;
            told.waiting.push_back(delivery);
        });
    }

    pub fn last_delivery(&self) -> DeliveryId {
        self.change(|told| told.delivered.last().unwrap().id)
    }

    pub fn outcomes(&self) -> Vec<Outcome> {
        self.change(|told| told.outcomes.clone())
    }

    pub fn introductions(&self) -> Vec<String> {
        self.change(|told| {
            let addresses = told.introductions.iter().filter_map(|i| i.email.clone());
            addresses.collect()
        })
    }

    pub fn confirmed(&self) -> Vec<Network> {
        self.change(|told| told.confirmed.clone())
    }

    pub fn visibility(&self) -> BoardVisibility {
        self.change(|told| told.me.board_visibility)
    }

    /// The reference under which the `count`th delivery was settled as sent.
    pub async fn settled_as(&self, count: usize) -> String {
        self.waits_for_outcomes(count).await;
        match self.outcomes().pop() {
            Some(Outcome::Sent { message }) => message,
            other => panic!("not sent: {other:?}"),
        }
    }

    pub async fn waits_for_outcomes(&self, count: usize) {
        self.waits(|told| told.outcomes.len() >= count).await;
    }

    pub fn is_revoked(&self) -> bool {
        self.change(|told| told.revoked)
    }

    pub async fn waits_for_revocation(&self) {
        self.waits(|told| told.revoked).await;
    }

    async fn waits(&self, done: impl Fn(&Told) -> bool) {
        let waiting = async {
            loop {
                let changed = self.changed.notified();
                if done(&self.told.lock().unwrap()) {
                    return;
                }
                changed.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap();
    }

    fn change<T>(&self, change: impl FnOnce(&mut Told) -> T) -> T {
        let outcome = change(&mut self.told.lock().unwrap());
        self.changed.notify_waiters();
        outcome
    }
}

fn router(server: Server) -> Router {
    let api = Router::new()
        .route("/deliveries/claim", post(claim))
        .route("/deliveries/{id}/outcome", put(settle))
        .route("/installations", get(installations))
        .route("/installations/{id}/revoke", post(revoke))
        .route("/leases/{name}", post(lend))
        .route("/identity", put(introduce))
        .route("/me", get(me).patch(update_me))
        .route("/me/home", get(home))
        .route("/me/posts/{post}/choices", get(choices))
        .route("/me/posts/{post}/share", put(confirm))
        .route("/me/posts/{post}/dismissal", put(silently).delete(silently))
        .route("/leaderboard", get(leaderboard));
    Router::new().nest("/api/v1", api).with_state(server)
}

async fn claim(State(server): State<Server>) -> Json<Value> {
    let waiting = server.waits(|told| !told.waiting.is_empty());
    // A held claim ends without work after a while, as the server's does.
    drop(tokio::time::timeout(Duration::from_secs(5), waiting).await);
    let items: Vec<Delivery> = server.change(|told| told.waiting.drain(..).collect());
    Json(json!({ "items": items }))
}

async fn settle(
    State(server): State<Server>,
    Path(id): Path<Uuid>,
    Json(settle): Json<SettleDelivery>,
) -> StatusCode {
    let given_back = match &settle.outcome {
        Outcome::Retry { after_seconds, .. } => Some(*after_seconds),
        _ => None,
    };
    let again = server.change(|told| {
        told.outcomes.push(settle.outcome);
        let of_id = |delivery: &&Delivery| delivery.id == DeliveryId(id);
        let delivery = told.delivered.iter().find(of_id).cloned();
        delivery.filter(|_| told.offers_again)
    });
    if let (Some(delivery), Some(seconds)) = (again, given_back) {
        let rest = Duration::from_secs(seconds.into());
        tokio::spawn(async move {
            drop(tokio::time::timeout(rest, std::future::pending::<()>()).await);
            server.change(|told| told.waiting.push_back(delivery));
        });
    }
    StatusCode::NO_CONTENT
}

async fn installations(State(server): State<Server>) -> Json<Value> {
    server.change(|told| {
        Json(json!({ "items": [{
            "id": Uuid::nil(), "platform": told.platform, "external_id": told.team,
            "name": "Example", "bot_user_ref": null, "bot_token": told.token,
            "language": "en",
        }] }))
    })
}

async fn revoke(State(server): State<Server>) -> StatusCode {
    server.change(|told| told.revoked = true);
    StatusCode::NO_CONTENT
}

/// One lease, which outlasts its holder.
async fn lend(State(server): State<Server>, Json(asked): Json<AcquireLease>) -> Json<Value> {
    server.change(|told| {
        let now = Instant::now();
        let until = now + Duration::from_secs(asked.seconds.into());
        let (held, fence) = match &told.lease {
            Some((holder, _, fence)) if *holder == asked.holder => (true, *fence),
            Some((_, until, fence)) if *until > now => (false, *fence),
            Some((_, _, fence)) => (true, fence + 1),
            None => (true, 1),
        };
        if held {
            told.lease = Some((asked.holder, until, fence));
        }
        Json(json!({ "held": held, "until": "2026-11-22T12:00:00Z", "fence": fence }))
    })
}

fn problem(code: &str) -> Response {
    let problem = json!({
        "type": "about:blank", "title": "Refused", "status": 403, "code": code,
    });
    (StatusCode::FORBIDDEN, Json(problem)).into_response()
}

async fn introduce(
    State(server): State<Server>,
    Json(introduction): Json<Introduction>,
) -> Response {
    server.change(|told| {
        let full = introduction.account == AccountKind::Full;
        told.introductions.push(introduction);
        told.known = full;
        if full {
            Json(json!({ "member_id": told.me.id, "created": true })).into_response()
        } else {
            problem("may_not_join")
        }
    })
}

async fn me(State(server): State<Server>) -> Response {
    server.change(|told| {
        if told.known {
            Json(told.me.clone()).into_response()
        } else {
            problem("unknown_person")
        }
    })
}

async fn home(State(server): State<Server>) -> Response {
    server.change(|told| {
        if told.known {
            Json(Home {
                proposal: None,
                me: told.me.clone(),
                ..sample_data::home()
            })
            .into_response()
        } else {
            problem("unknown_person")
        }
    })
}

async fn update_me(State(server): State<Server>, Json(change): Json<UpdateMe>) -> Json<Me> {
    server.change(|told| {
        if let Some(visibility) = change.board_visibility {
            told.me.board_visibility = visibility;
        }
        told.me
            .followers
            .extend(change.followers.unwrap_or_default());
        Json(told.me.clone())
    })
}

async fn choices(Path(_post): Path<Uuid>) -> Response {
    Json(sample_data::share_choices()).into_response()
}

async fn confirm(
    State(server): State<Server>,
    Json(confirmation): Json<ConfirmShare>,
) -> Json<ShareReceipt> {
    server.change(|told| told.confirmed.push(confirmation.network));
    Json(ShareReceipt {
        network: confirmation.network,
        ..sample_data::share_receipt()
    })
}

async fn silently() -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn leaderboard(
    axum::extract::Query(asked): axum::extract::Query<std::collections::HashMap<String, String>>,
) -> Json<Leaderboard> {
    let period = serde_json::from_value(json!(asked["period"])).unwrap();
    Json(Leaderboard {
        period,
        ..sample_data::leaderboard()
    })
}
