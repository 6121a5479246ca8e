//! What is acknowledged, what is answered in line, and what happens past the budget.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use conversation::backend::fake::{FakeBackend, FakeDirectory};
use conversation::backend::{Asking, Backend, BackendError};
use conversation::{Intent, Person, short_id};
use serde_json::json;
use server_api::console::ConsoleLink;
use server_api::enums::{Language, Network, Period, Platform};
use server_api::identity::{AccountKind, Introduced, Introduction, Pair, Paired, PairingCode};
use server_api::ids::{IdentityId, PostId, ProposalId};
use server_api::leaderboard::Leaderboard;
use server_api::me::{Home, Me, UpdateMe};
use server_api::proposal::{MyProposal, ProposalReceipt, Propose};
use server_api::review::{Review, ReviewList};
use server_api::share::{ShareChoices, ShareReceipt};
use server_api::suggestion::SuggestionList;
use tokio::sync::Notify;

use super::*;
use crate::clock::mock::MockClock;
use crate::slack::inbound::Origin;
use crate::slack::tests::stand_in::{StandIn, TEAM};

/// A server that answers about a member only once it is let to.
#[derive(Default)]
struct Gated {
    inner: FakeBackend,
    slow: AtomicBool,
    gate: Notify,
}

impl Gated {
    async fn pass(&self) {
        if self.slow.load(Ordering::SeqCst) {
            self.gate.notified().await;
        }
    }
}

#[async_trait]
impl Backend for Gated {
    async fn introduce(&self, a: &Asking, i: &Introduction) -> Result<Introduced, BackendError> {
        self.inner.introduce(a, i).await
    }

    async fn me(&self, a: &Asking) -> Result<Me, BackendError> {
        self.pass().await;
        self.inner.me(a).await
    }

    async fn home(&self, a: &Asking) -> Result<Home, BackendError> {
        self.pass().await;
        self.inner.home(a).await
    }

    async fn pairing_code(&self, a: &Asking) -> Result<PairingCode, BackendError> {
        self.inner.pairing_code(a).await
    }

    async fn console_link(&self, a: &Asking) -> Result<ConsoleLink, BackendError> {
        self.inner.console_link(a).await
    }

    async fn pair(&self, a: &Asking, p: &Pair) -> Result<Paired, BackendError> {
        self.inner.pair(a, p).await
    }

    async fn unpair(&self, a: &Asking, i: IdentityId) -> Result<(), BackendError> {
        self.inner.unpair(a, i).await
    }

    async fn update_me(&self, a: &Asking, c: &UpdateMe) -> Result<Me, BackendError> {
        self.pass().await;
        self.inner.update_me(a, c).await
    }

    async fn suggestions(&self, a: &Asking) -> Result<SuggestionList, BackendError> {
        self.inner.suggestions(a).await
    }

    async fn share_choices(&self, a: &Asking, p: PostId) -> Result<ShareChoices, BackendError> {
        self.inner.share_choices(a, p).await
    }

    async fn confirm(
        &self,
        a: &Asking,
        p: PostId,
        n: Network,
    ) -> Result<ShareReceipt, BackendError> {
        self.inner.confirm(a, p, n).await
    }

    async fn dismiss(&self, a: &Asking, p: PostId) -> Result<(), BackendError> {
        self.inner.dismiss(a, p).await
    }

    async fn undo_dismissal(&self, a: &Asking, p: PostId) -> Result<(), BackendError> {
        self.inner.undo_dismissal(a, p).await
    }

    async fn reviews(&self, a: &Asking) -> Result<ReviewList, BackendError> {
        self.inner.reviews(a).await
    }

    async fn review(&self, a: &Asking, p: PostId) -> Result<Review, BackendError> {
        self.pass().await;
        self.inner.review(a, p).await
    }

    async fn approve(&self, a: &Asking, p: PostId, v: i64) -> Result<(), BackendError> {
        self.inner.approve(a, p, v).await
    }

    async fn ask_for_changes(
        &self,
        a: &Asking,
        judged: (PostId, i64),
        note: &str,
    ) -> Result<String, BackendError> {
        self.pass().await;
        self.inner.ask_for_changes(a, judged, note).await
    }

    async fn propose(&self, a: &Asking, form: &Propose) -> Result<ProposalReceipt, BackendError> {
        self.pass().await;
        self.inner.propose(a, form).await
    }

    async fn withdraw_proposal(
        &self,
        a: &Asking,
        id: ProposalId,
    ) -> Result<MyProposal, BackendError> {
        self.inner.withdraw_proposal(a, id).await
    }

    async fn leaderboard(&self, a: &Asking, p: Period) -> Result<Leaderboard, BackendError> {
        self.inner.leaderboard(a, p).await
    }
}

struct World {
    slack: StandIn,
    backend: Arc<Gated>,
    dispatch: Arc<Dispatch>,
}

async fn world(slow: bool) -> World {
    world_where_slack(vec![], slow).await
}

async fn world_where_slack(answers: Vec<(u16, Value)>, slow: bool) -> World {
    let slack = StandIn::start(answers).await;
    let backend = Arc::new(Gated::default());
    let installations = slack.installations();
    // Read before the budget counts: the mock clock does not wait for the network.
    installations.language(TEAM).await;
    backend.slow.store(slow, Ordering::SeqCst);
    let account = AccountKind::Full;
    let dispatch = Dispatch {
        conversation: Conversation::new(backend.clone(), Arc::new(FakeDirectory { account })),
        outbound: Arc::new(Outbound::new(
            slack.api(),
            installations.clone(),
            vec![slack.origin()],
        )),
        directory: SlackDirectory::new(slack.api(), installations.clone()),
        installations,
        clock: Arc::new(MockClock::default()),
        tracker: TaskTracker::new(),
        shutdown: CancellationToken::new(),
        recent: Recent::default(),
        counts: crate::metrics::Metrics::default().of(server_api::enums::Platform::Slack),
    };
    World {
        slack,
        backend,
        dispatch: Arc::new(dispatch),
    }
}

impl World {
    async fn takes(&self, place: Place, intent: Intent) -> Option<Value> {
        let turn = Turn {
            person: Person {
                platform: Platform::Slack,
                workspace: TEAM.into(),
                user: "U1".into(),
            },
            place,
            interaction: short_id::encode(uuid::Uuid::now_v7()),
            intent,
            origin: Origin {
                response_url: Some(self.slack.response_url()),
                channel: Some("C1".into()),
                message: None,
                home: place == Place::Home,
                view: (place == Place::Dialog).then(|| "V9".into()),
            },
            trigger: Some("1.2.x".into()),
        };
        self.dispatch.take(Inbound::Turn(Box::new(turn))).await
    }

    async fn methods(&self, count: usize) -> Vec<String> {
        let calls = self.slack.waits_for_calls(count).await;
        calls.into_iter().map(|(method, _)| method).collect()
    }
}

fn followers(typed: &str) -> Intent {
    Intent::SubmitFollowers {
        language: Language::En,
        form: vec![(Network::X, typed.into())],
    }
}

#[tokio::test]
async fn that_somebody_was_removed_is_told_where_slack_says_so_again_when_it_is_asked() {
    let user = |deleted: bool| {
        let user = json!({ "id": "U1", "team_id": TEAM, "deleted": deleted });
        (200, json!({ "ok": true, "user": user }))
    };
    let no = |code: &str| (200, json!({ "ok": false, "error": code }));
    let asked = "users.info";
    for (answers, expected) in [
        (vec![user(true)], vec![asked, "removals"]),
        (vec![user(false)], vec![asked]),
        (vec![no("user_not_found")], vec![asked, "removals"]),
        (vec![no("user_not_visible")], vec![asked]),
        (vec![(503, json!({})), user(false)], vec![asked; 2]),
        (
            vec![no("token_expired"), user(true)],
            vec![asked, asked, "removals"],
        ),
    ] {
        let told = format!("{answers:?}");
        let world = world_where_slack(answers, false).await;
        let removed = Inbound::Removed {
            team: TEAM.into(),
            user: "U1".into(),
        };
        assert_eq!(world.dispatch.take(removed).await, None);
        world.dispatch.tracker.close();
        world.dispatch.tracker.wait().await;
        let calls = world.slack.calls();
        let methods: Vec<&str> = calls.iter().map(|(method, _)| method.as_str()).collect();
        assert_eq!(methods, expected, "{told}");
        assert!(calls.iter().all(|(_, sent)| sent["user"] == "U1"));
    }
}

#[tokio::test]
async fn an_acknowledgement_does_not_wait_for_a_slow_server() {
    let world = world(true).await;
    assert_eq!(world.takes(Place::Command, Intent::ShowMe).await, None);
    assert!(world.slack.calls().is_empty());
    world.backend.gate.notify_one();
    assert_eq!(world.methods(1).await, ["respond"]);
}

#[tokio::test]
async fn a_modal_opens_with_its_content_where_the_server_is_quick() {
    let world = world(false).await;
    assert_eq!(world.takes(Place::Own, Intent::EditFollowers).await, None);
    let calls = world.slack.waits_for_calls(1).await;
    assert_eq!(calls[0].0, "views.open");
    assert_eq!(calls[0].1["view"]["callback_id"], "1.followers.en");
}

#[tokio::test]
async fn a_modal_waits_visibly_past_the_budget_and_is_filled_then() {
    let world = world(true).await;
    world.takes(Place::Own, Intent::EditFollowers).await;
    let calls = world.slack.waits_for_calls(1).await;
    assert_eq!(calls[0].0, "views.open");
    assert_eq!(calls[0].1["view"]["callback_id"], "1.message");
    world.backend.gate.notify_one();
    let calls = world.slack.waits_for_calls(2).await;
    assert_eq!(calls[1].0, "views.update");
    assert_eq!(calls[1].1["view_id"], "V1");
    assert_eq!(calls[1].1["view"]["callback_id"], "1.followers.en");
}

#[tokio::test]
async fn a_refused_field_is_the_acknowledgement() {
    let world = world(false).await;
    let refused = world.takes(Place::Dialog, followers("many")).await.unwrap();
    assert_eq!(refused["response_action"], "errors");
    assert!(refused["errors"]["followers.xx"].is_string());
    let saved = world.takes(Place::Dialog, followers("12")).await;
    assert_eq!(saved, None);
    assert_eq!(world.methods(1).await, ["respond"]);
}

#[tokio::test]
async fn a_sent_modal_shows_patience_past_the_budget_and_then_how_it_ended() {
    let world = world(true).await;
    let patience = world.takes(Place::Dialog, followers("12")).await.unwrap();
    assert_eq!(patience["response_action"], "update");
    assert_eq!(patience["view"]["callback_id"], "1.message");
    world.backend.gate.notify_one();
    let calls = world.slack.waits_for_calls(2).await;
    assert_eq!(calls[0].0, "respond");
    assert_eq!(calls[1].0, "views.update");
    assert_eq!(calls[1].1["view_id"], "V9");
    assert!(calls[1].1.to_string().contains("Saved"));
}

#[tokio::test]
async fn an_address_for_answers_that_lies_elsewhere_is_not_used() {
    let world = world(false).await;
    let mut payload = json!({
        "team_id": TEAM, "user_id": "U1", "channel_id": "C1", "command": "/chorus",
        "text": "help", "trigger_id": "7.8.z", "response_url": "http://evil.example/x",
    });
    world
        .dispatch
        .take(super::super::inbound::command(&payload))
        .await;
    let calls = world.slack.waits_for_calls(1).await;
    assert_eq!(calls[0].0, "chat.postEphemeral");
    assert_eq!(calls[0].1["user"], "U1");
    payload["response_url"] = json!(world.slack.response_url());
    payload["trigger_id"] = json!("7.8.y");
    world
        .dispatch
        .take(super::super::inbound::command(&payload))
        .await;
    assert_eq!(world.slack.waits_for_calls(2).await[1].0, "respond");
}

#[tokio::test]
async fn on_the_home_tab_every_answer_is_the_tab() {
    let world = world(false).await;
    assert_eq!(world.takes(Place::Home, Intent::ShowMe).await, None);
    let calls = world.slack.waits_for_calls(1).await;
    assert_eq!(calls[0].0, "views.publish");
    assert_eq!(calls[0].1["user_id"], "U1");
    assert_eq!(calls[0].1["view"]["type"], "home");
    world.takes(Place::Home, Intent::Help).await;
    world.takes(Place::Home, Intent::Outdated).await;
    assert_eq!(world.methods(3).await, ["views.publish"; 3]);
}

#[tokio::test]
async fn a_modal_of_the_home_tab_changes_the_tab() {
    let world = world(false).await;
    world.takes(Place::Home, Intent::EditFollowers).await;
    let calls = world.slack.waits_for_calls(1).await;
    assert_eq!(calls[0].0, "views.open");
    let memory = calls[0].1["view"]["private_metadata"].as_str().unwrap();
    let origin: Origin = serde_json::from_str(memory).unwrap();
    assert!(origin.home);
}
