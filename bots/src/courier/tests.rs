//! What becomes of deliveries when platform and server behave, and when not.

use std::collections::VecDeque;

use async_trait::async_trait;
use conversation::view::sample_data;
use server_api::delivery::{Content, Place};
use server_api::enums::{Language, PostState};
use server_api::ids::{DeliveryId, InstallationId};
use server_api::share::ShareChoices;
use uuid::Uuid;

use super::*;
use crate::clock::mock::MockClock;
use crate::metrics::Metrics;

type Sent = Result<String, SendError>;
type Found = Result<Option<String>, FindError>;

#[derive(Default)]
struct Platform {
    clock: Arc<MockClock>,
    answers: Mutex<VecDeque<Option<Sent>>>,
    history: Mutex<Option<Found>>,
    sent: Mutex<Vec<(DeliveryId, Duration)>>,
}

impl Platform {
    async fn answer(&self, id: DeliveryId) -> Sent {
        self.sent.lock().unwrap().push((id, self.clock.passed()));
        let answer = self.answers.lock().unwrap().pop_front();
        match answer {
            None => Ok("C1/1.2".into()),
            Some(Some(answer)) => answer,
            Some(None) => std::future::pending().await,
        }
    }
}

#[async_trait]
impl Messenger for Platform {
    async fn post(&self, _to: &Destination, id: DeliveryId, _view: &View) -> Sent {
        self.answer(id).await
    }

    async fn revise(&self, _: &Destination, _: &str, id: DeliveryId, _: &View) -> Sent {
        self.answer(id).await
    }

    async fn withdraw(&self, _: &Destination, _: &str, id: DeliveryId, _: &View) -> Sent {
        self.answer(id).await
    }

    async fn find(&self, _: &Destination, _: DeliveryId) -> Found {
        self.history.lock().unwrap().clone().expect("nobody looks")
    }
}

#[derive(Default)]
struct Server {
    offered: Mutex<VecDeque<Vec<Delivery>>>,
    /// How often it does not answer.
    away: Mutex<usize>,
    settled: Mutex<Vec<(DeliveryId, Outcome)>>,
}

impl Server {
    fn reached(&self) -> Result<(), OutboxError> {
        let mut away = self.away.lock().unwrap();
        if *away > 0 {
            *away -= 1;
            return Err(OutboxError::Unreachable("away".into()));
        }
        Ok(())
    }
}

#[async_trait]
impl Outbox for Server {
    async fn claim(&self, limit: u32, _lease: u32) -> Result<Vec<Delivery>, OutboxError> {
        assert!((1..=100).contains(&limit));
        self.reached()?;
        let next = self.offered.lock().unwrap().pop_front();
        match next {
            Some(deliveries) => Ok(deliveries),
            None => std::future::pending().await,
        }
    }

    async fn settle(&self, delivery: DeliveryId, outcome: &Outcome) -> Result<(), OutboxError> {
        self.reached()?;
        self.settled
            .lock()
            .unwrap()
            .push((delivery, outcome.clone()));
        Ok(())
    }
}

struct World {
    platform: Arc<Platform>,
    server: Arc<Server>,
    courier: Arc<Courier>,
}

fn world() -> World {
    let platform = Arc::new(Platform::default());
    let server = Arc::new(Server::default());
    let courier = Courier::new(
        server.clone(),
        platform.clone(),
        platform.clock.clone(),
        CourierConfig::default(),
    );
    World {
        platform,
        server,
        courier: Arc::new(courier),
    }
}

/// A world whose courier counts.
fn counting(metrics: &Metrics) -> World {
    let World {
        platform, server, ..
    } = world();
    let courier = Courier::new(
        server.clone(),
        platform.clone(),
        platform.clock.clone(),
        CourierConfig::default(),
    );
    let counts = metrics.of(server_api::enums::Platform::Slack);
    World {
        platform,
        server,
        courier: Arc::new(courier.counting(counts)),
    }
}

/// The figures of this name: labels and value of each.
fn told(metrics: &Metrics, name: &str) -> Vec<String> {
    let mut text = String::new();
    metrics.write(&mut text);
    let figures = text.lines().filter_map(|line| line.strip_prefix(name));
    figures.map(str::to_owned).collect()
}

impl World {
    fn answers(&self, answers: impl IntoIterator<Item = Option<Sent>>) {
        self.platform.answers.lock().unwrap().extend(answers);
    }

    fn remembers(&self, history: Found) {
        *self.platform.history.lock().unwrap() = Some(history);
    }

    async fn carries(&self, delivery: Delivery) -> Outcome {
        self.courier
            .carry(&delivery, &CancellationToken::new())
            .await;
        self.server
            .settled
            .lock()
            .unwrap()
            .pop()
            .expect("unsettled")
            .1
    }

    fn sends(&self) -> usize {
        self.platform.sent.lock().unwrap().len()
    }
}

fn delivery(number: u128) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(number)),
        installation_id: InstallationId(Uuid::nil()),
        place: Place::Channel {
            channel: "C1".into(),
        },
        operation: Operation::Post,
        content: Content::SuggestedPost {
            suggestion: sample_data::suggestion(),
        },
        language: Language::En,
        reconcile: false,
    }
}

/// One that shares its channel with no other.
fn alone(number: u128) -> Delivery {
    Delivery {
        place: Place::Channel {
            channel: format!("C{number}"),
        },
        ..delivery(number)
    }
}

fn again(number: u128) -> Delivery {
    Delivery {
        reconcile: true,
        ..delivery(number)
    }
}

#[tokio::test]
async fn what_was_posted_is_settled_with_its_reference() {
    let world = world();
    assert_eq!(
        world.carries(delivery(1)).await,
        Outcome::Sent {
            message: "C1/1.2".into()
        }
    );
}

#[tokio::test]
async fn a_rate_limit_gives_back_and_holds_the_whole_workspace() {
    let world = world();
    world.answers([Some(Err(SendError::RateLimited {
        retry_after: Duration::from_secs(30),
    }))]);
    let limited = world.carries(delivery(1)).await;
    assert_eq!(
        limited,
        Outcome::Retry {
            reason: "rate_limited".into(),
            after_seconds: 30
        }
    );
    let mut elsewhere = delivery(2);
    elsewhere.place = Place::Channel {
        channel: "C2".into(),
    };
    assert_eq!(
        world.carries(elsewhere).await,
        Outcome::Retry {
            reason: "paced".into(),
            after_seconds: 30
        }
    );
    assert_eq!(world.sends(), 1);
}

#[tokio::test]
async fn a_rate_limit_of_one_place_holds_nobody_else() {
    let world = world();
    world.answers([Some(Err(SendError::PlaceLimited {
        retry_after: Duration::from_secs(30),
    }))]);
    let limited = world.carries(delivery(1)).await;
    assert!(matches!(limited, Outcome::Retry { .. }));
    let again = world.carries(delivery(2)).await;
    assert_eq!(
        again,
        Outcome::Retry {
            reason: "paced".into(),
            after_seconds: 30
        }
    );
    let mut elsewhere = delivery(3);
    elsewhere.place = Place::Channel {
        channel: "C2".into(),
    };
    let elsewhere = world.carries(elsewhere).await;
    assert!(matches!(elsewhere, Outcome::Sent { .. }));
    assert_eq!(world.sends(), 2);
}

#[tokio::test]
async fn a_send_that_hangs_is_unknown_before_its_lease_ends() {
    let world = world();
    world.answers([None]);
    let outcome = world.carries(delivery(1)).await;
    assert!(matches!(outcome, Outcome::Unknown { .. }));
    assert!(world.platform.clock.passed() < CourierConfig::default().lease);
}

#[tokio::test]
async fn what_never_left_is_tried_again_and_what_was_refused_is_not() {
    let world = world();
    world.answers([
        Some(Err(SendError::NotSent {
            reason: "connect".into(),
        })),
        Some(Err(SendError::Refused {
            reason: "is_archived".into(),
        })),
        Some(Err(SendError::Unknown {
            reason: "reset".into(),
        })),
    ]);
    assert!(matches!(
        world.carries(alone(1)).await,
        Outcome::Retry { .. }
    ));
    assert_eq!(
        world.carries(alone(2)).await,
        Outcome::Failed {
            reason: "is_archived".into()
        }
    );
    assert!(matches!(
        world.carries(alone(3)).await,
        Outcome::Unknown { .. }
    ));
}

#[tokio::test]
async fn a_message_found_in_history_is_not_sent_again() {
    let world = world();
    world.remembers(Ok(Some("C1/9.9".into())));
    assert_eq!(
        world.carries(again(1)).await,
        Outcome::Sent {
            message: "C1/9.9".into()
        }
    );
    assert_eq!(world.sends(), 0);
}

#[tokio::test]
async fn a_message_missing_from_history_is_sent() {
    let world = world();
    world.remembers(Ok(None));
    assert!(matches!(
        world.carries(again(1)).await,
        Outcome::Sent { .. }
    ));
    assert_eq!(world.sends(), 1);
}

/// One that its member wants no more.
fn unwanted(number: u128) -> Delivery {
    Delivery {
        place: Place::Person { user: "U1".into() },
        content: Content::PersonalPost {
            choices: ShareChoices {
                post: sample_data::suggestion(),
                networks: Vec::new(),
                language: None,
            },
            dismissed: true,
        },
        ..delivery(number)
    }
}

#[tokio::test]
async fn how_long_it_took_is_noted_of_what_goes_to_a_channel_alone() {
    let metrics = Metrics::default();
    let courier = counting(&metrics).courier;
    let shutdown = CancellationToken::new();
    let to_one = Delivery {
        place: Place::Person { user: "U1".into() },
        ..delivery(3)
    };
    for unseen in [unwanted(1), to_one] {
        courier.carry(&unseen, &shutdown).await;
    }
    let told = || told(&metrics, "chorus_courier_carry_seconds_count");
    assert!(told().is_empty(), "{:?}", told());
    courier.carry(&alone(2), &shutdown).await;
    assert_eq!(told(), ["{platform=\"slack\"} 1"]);
}

#[tokio::test]
async fn a_new_message_that_its_member_wants_no_more_is_not_posted() {
    let world = world();
    assert_eq!(
        world.carries(unwanted(1)).await,
        Outcome::Failed {
            reason: "ended".into()
        }
    );
    assert_eq!(world.sends(), 0);
}

#[tokio::test]
async fn a_post_that_ended_is_not_posted_anew_and_its_message_is_still_found() {
    let world = world();
    let ended = || {
        let mut suggestion = sample_data::suggestion();
        suggestion.state = PostState::Withdrawn;
        Delivery {
            content: Content::SuggestedPost { suggestion },
            ..again(1)
        }
    };
    world.remembers(Ok(None));
    assert_eq!(
        world.carries(ended()).await,
        Outcome::Failed {
            reason: "ended".into()
        }
    );
    world.remembers(Ok(Some("C1/9.9".into())));
    assert!(matches!(world.carries(ended()).await, Outcome::Sent { .. }));
    assert_eq!(world.sends(), 0);
    let withdrawn = Delivery {
        operation: Operation::Withdraw {
            posted_by: DeliveryId(Uuid::from_u128(1)),
            message: "C1/9.9".into(),
        },
        ..ended()
    };
    assert!(matches!(
        world.carries(withdrawn).await,
        Outcome::Sent { .. }
    ));
    assert_eq!(world.sends(), 1);
}

#[tokio::test]
async fn where_history_cannot_be_read_nothing_is_sent_and_an_operator_sees_it() {
    let world = world();
    world.remembers(Err(FindError::Unreadable {
        reason: "missing_scope".into(),
    }));
    assert!(matches!(
        world.carries(again(1)).await,
        Outcome::Uncertain { .. }
    ));
    world.remembers(Err(FindError::Later {
        reason: "rate_limited".into(),
    }));
    assert!(matches!(
        world.carries(again(1)).await,
        Outcome::Unknown { .. }
    ));
    assert_eq!(world.sends(), 0);
}

#[tokio::test]
async fn settling_waits_for_a_server_that_is_away() {
    let world = world();
    *world.server.away.lock().unwrap() = 3;
    assert!(matches!(
        world.carries(delivery(1)).await,
        Outcome::Sent { .. }
    ));
    assert_eq!(world.sends(), 1);
}

#[tokio::test]
async fn each_claim_and_settling_that_the_server_does_not_answer_is_counted() {
    let metrics = Metrics::default();
    let world = counting(&metrics);
    let failures = || told(&metrics, "chorus_courier_server_failures_total");
    world.carries(alone(1)).await;
    assert!(failures().is_empty(), "{:?}", failures());
    *world.server.away.lock().unwrap() = 3;
    world.carries(alone(2)).await;
    assert_eq!(failures(), ["{platform=\"slack\"} 3"]);

    *world.server.away.lock().unwrap() = 2;
    let offered = vec![alone(3)];
    world.server.offered.lock().unwrap().push_back(offered);
    let shutdown = CancellationToken::new();
    let running = tokio::spawn(world.courier.clone().run(shutdown.clone()));
    while world.server.settled.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    shutdown.cancel();
    running.await.unwrap();
    assert_eq!(failures(), ["{platform=\"slack\"} 5"]);
}

#[tokio::test]
async fn what_waits_for_its_channel_is_given_back_to_be_decided_again_and_others_go() {
    let world = world();
    let mut offered: Vec<Delivery> = (1..=3).map(delivery).collect();
    let mut other = delivery(9);
    other.place = Place::Channel {
        channel: "C2".into(),
    };
    offered.push(other);
    world.server.offered.lock().unwrap().push_back(offered);
    let shutdown = CancellationToken::new();
    let running = tokio::spawn(world.courier.clone().run(shutdown.clone()));
    while world.server.settled.lock().unwrap().len() < 4 {
        tokio::task::yield_now().await;
    }
    shutdown.cancel();
    running.await.unwrap();
    let settled = world.server.settled.lock().unwrap();
    let outcome = |number| &settled.iter().find(|(id, _)| *id == number).unwrap().1;
    for (number, after_seconds) in [(2, 1), (3, 2)] {
        assert_eq!(
            *outcome(delivery(number).id),
            Outcome::Retry {
                reason: "paced".into(),
                after_seconds
            }
        );
    }
    for number in [1, 9] {
        assert!(matches!(outcome(delivery(number).id), Outcome::Sent { .. }));
    }
    assert_eq!(world.sends(), 2);
}

#[tokio::test]
async fn what_must_be_reconciled_waits_for_its_channel() {
    let world = world();
    world.remembers(Ok(None));
    for number in 1..=3 {
        let outcome = world.carries(again(number)).await;
        assert!(matches!(outcome, Outcome::Sent { .. }), "{outcome:?}");
    }
    let sent = world.platform.sent.lock().unwrap();
    assert!(sent[2].1 >= Duration::from_secs(2), "{sent:?}");
}

#[tokio::test]
async fn what_waits_for_its_turn_is_given_back_when_it_is_time_to_stop() {
    let world = world();
    let shutdown = CancellationToken::new();
    shutdown.cancel();
    world.courier.carry(&delivery(1), &shutdown).await;
    let settled = world.server.settled.lock().unwrap();
    assert!(matches!(&settled[0].1, Outcome::Retry { reason, .. } if reason == "shutdown"));
    assert_eq!(world.sends(), 0);
}
