//! The part `slack` as it runs in production, between the emulated Slack and a stand-in of
//! the server's API that says what the samples say: every button of every card is pressed
//! as it was rendered.

mod home;
mod http;
pub(crate) mod server;

use std::sync::Arc;
use std::time::Duration;

use bots::slack::PATH;
use bots::{Metrics, SlackConfig, SlackMode, run_slack};
use conversation::view::sample_data;
use server_api::client::Client;
use server_api::delivery::{Content, Operation, Outcome, Place};
use server_api::enums::{BoardVisibility, Network, PostState};
use tests::clock::Clock;
use tests::emulator::slack::model::{Channel, User};
use tests::emulator::slack::person::Person;
use tests::emulator::slack::state::faults::FaultKind;
use tests::emulator::slack::{self, SlackEmulator};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use self::server::Server;

const TOKEN: &str = "xoxb-1";

/// How Slack reaches the part.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Socket,
    Http,
}

struct World {
    slack: SlackEmulator,
    server: Server,
    ada: Person,
    /// Where its requests go, over HTTP.
    request_url: String,
    metrics: Metrics,
    shutdown: CancellationToken,
    running: JoinHandle<()>,
}

async fn world() -> World {
    world_by(Way::Socket).await
}

async fn world_by(way: Way) -> World {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let slack = SlackEmulator::start(slack::SlackConfig::new(Clock::system()), listener).unwrap();
    slack.add_workspace("T1", "Example", "example");
    let manifest = bots::slack::manifest("http://127.0.0.1");
    let scopes: Vec<&str> = manifest["oauth_config"]["scopes"]["bot"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(serde_json::Value::as_str)
        .collect();
    let bot = slack.install("T1", TOKEN, &scopes);
    slack.add_user(User::member("T1", "U1", "Ada Example", "ada@example.org"));
    slack.add_channel(Channel::public("T1", "C1", "news", &["U1", bot.as_str()]));
    let server = Server::start("T1", TOKEN).await;
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(40))
        .no_proxy()
        .build()
        .unwrap();
    let shutdown = CancellationToken::new();
    let requests = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let request_url = format!("http://{}{PATH}", requests.local_addr().unwrap());
    let app = slack.state().app().clone();
    let mode = match way {
        Way::Socket => SlackMode::socket(app.app_token.into()),
        Way::Http => SlackMode::Http {
            listener: Arc::new(requests),
            signing_secret: app.signing_secret.into(),
        },
    };
    let config = SlackConfig {
        api_base_url: Some(slack.api_url().parse().unwrap()),
        ..SlackConfig::new(mode)
    };
    let metrics = config.metrics.clone();
    let client = Client::new(http, &server.base(), "service-token");
    let stop = shutdown.clone();
    let running = tokio::spawn(async move { run_slack(config, client, stop).await.unwrap() });
    match way {
        Way::Socket => slack.connected(1).await.unwrap(),
        Way::Http => slack.sends_requests_to(&request_url).await.unwrap(),
    }
    let ada = slack.person("T1", "U1");
    World {
        slack,
        server,
        ada,
        request_url,
        metrics,
        shutdown,
        running,
    }
}

impl World {
    /// Ends the part as production does, and asks Slack whether anything was broken.
    async fn ends_well(self) {
        self.shutdown.cancel();
        tokio::time::timeout(Duration::from_secs(15), self.running)
            .await
            .unwrap()
            .unwrap();
        let violations = self.slack.violations();
        assert!(violations.is_empty(), "{violations:#?}");
    }
}

/// Whether the figures hold each of these lines.
pub(crate) fn tells(metrics: &Metrics, lines: &[&str]) {
    let mut text = String::new();
    metrics.write(&mut text);
    for line in lines {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

/// Fails where calls by which one person is reached, or how long their messages took, are told.
pub(crate) fn tells_nothing_of_one(metrics: &Metrics) {
    let mut text = String::new();
    metrics.write(&mut text);
    let told = text.lines().filter(|line| {
        let is_a_call = line.starts_with("chorus_platform_call");
        let of_workspace = ["users.", "auth.", "apps.", "team.", "/gateway", "/commands"];
        let is_of_workspace = of_workspace.iter().any(|call| line.contains(call));
        is_a_call && line.contains("call=") && !is_of_workspace
            || line.starts_with("chorus_courier_carry")
    });
    assert_eq!(told.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// A greeting, and its change once it is there, both in direct messages.
pub(crate) async fn is_told_twice(server: &Server, user: &str) {
    server.offers_again();
    let person = || Place::Person {
        user: user.to_owned(),
    };
    let greeting = || Content::Greeting {
        organization: "Example".to_owned(),
        pseudonym: "Quiet Heron".to_owned(),
    };
    server.delivers(person(), Operation::Post, greeting());
    let message = server.settled_as(1).await;
    let posted_by = server.last_delivery();
    let change = Operation::Revise { posted_by, message };
    server.delivers(person(), change, greeting());
    server.waits_for_sent(2).await;
}

fn channel() -> Place {
    Place::Channel {
        channel: "C1".to_owned(),
    }
}

fn card(state: PostState) -> Content {
    let mut suggestion = sample_data::suggestion();
    suggestion.state = state;
    Content::SuggestedPost { suggestion }
}

#[tokio::test]
async fn a_stranger_shares_from_a_channel_and_sees_what_it_earned() {
    let world = world().await;
    world.server.forgets_everybody();
    world
        .server
        .delivers(channel(), Operation::Post, card(PostState::Live));
    world.ada.waits_for_text("C1", "40 services").await.unwrap();
    world.ada.clicks("Share").await.unwrap();
    let choices = world.ada.waits_for_text("C1", "then press").await.unwrap();
    assert!(choices.is_ephemeral);
    assert_eq!(
        choices.url("Open LinkedIn").unwrap(),
        "https://chorus.example.org/s/token-0"
    );
    world.ada.clicks_on(&choices, "Open LinkedIn").unwrap();
    world.ada.clicks_on(&choices, "Done on LinkedIn").unwrap();
    let receipt = world.ada.waits_for_change(&choices).await.unwrap().unwrap();
    assert!(receipt.text.contains("not de-duplicated"), "{receipt}");
    assert_eq!(world.server.introductions(), ["ada@example.org"]);
    assert!(matches!(
        world.server.outcomes().as_slice(),
        [Outcome::Sent { .. }]
    ));
    world.ends_well().await;
}

#[tokio::test]
async fn other_networks_are_confirmed_by_choosing_them() {
    let world = world().await;
    world
        .server
        .delivers(channel(), Operation::Post, card(PostState::Live));
    world.ada.clicks("Share").await.unwrap();
    let choices = world.ada.waits_for_text("C1", "then press").await.unwrap();
    world.ada.chooses_on(&choices, "Done on XING").unwrap();
    world.ada.waits_for_change(&choices).await.unwrap();
    assert_eq!(world.server.confirmed(), [Network::Xing]);
    world.ends_well().await;
}

#[tokio::test]
async fn an_envelope_delivered_three_times_is_answered_once() {
    let world = world().await;
    world.slack.deliver_envelope_times(3);
    world.ada.types("/chorus help", "C1").unwrap();
    world
        .ada
        .waits_for_text("C1", "What Chorus can do")
        .await
        .unwrap();
    world.ada.types("/chorus me", "C1").unwrap();
    world
        .ada
        .waits_for_text("C1", "Ada Example at")
        .await
        .unwrap();
    assert_eq!(world.ada.sees("C1").len(), 2);
    world.ends_well().await;
}

#[tokio::test]
async fn what_happens_moves_the_figures_and_a_silent_no_is_like_any_look() {
    let world = world().await;
    world
        .server
        .delivers(channel(), Operation::Post, card(PostState::Live));
    world.ada.clicks("Not for me").await.unwrap();
    let notice = world.ada.waits_for_text("C1", "Nobody is told").await;
    notice.unwrap();
    world.ada.types("/chorus me", "C1").unwrap();
    let me = world.ada.waits_for_text("C1", "Ada Example at").await;
    me.unwrap();
    tells(
        &world.metrics,
        &[
            "chorus_interactions_total{platform=\"slack\",intent=\"private\"} 2",
            "chorus_platform_calls_total{platform=\"slack\",call=\"chat.postMessage\",outcome=\"done\"} 1",
            "chorus_interaction_acknowledgement_seconds_count{platform=\"slack\"}",
            "chorus_interaction_answer_seconds_count{platform=\"slack\"} 2",
            "chorus_platform_connections{platform=\"slack\"} ",
        ],
    );
    world.ends_well().await;
}

#[tokio::test]
async fn what_reaches_one_person_on_slack_moves_no_figure_of_calls() {
    let world = world().await;
    is_told_twice(&world.server, "U1").await;
    world.ada.types("/chorus me", "C1").unwrap();
    let me = world.ada.waits_for_text("C1", "Ada Example at").await;
    me.unwrap();
    tells_nothing_of_one(&world.metrics);
    world.ends_well().await;
}

#[tokio::test]
async fn not_for_me_is_silent_and_can_be_undone() {
    let world = world().await;
    world
        .server
        .delivers(channel(), Operation::Post, card(PostState::Live));
    world.ada.clicks("Not for me").await.unwrap();
    let notice = world
        .ada
        .waits_for_text("C1", "Nobody is told")
        .await
        .unwrap();
    assert!(notice.is_ephemeral);
    world.ada.clicks_on(&notice, "Undo").unwrap();
    let undone = world.ada.waits_for_change(&notice).await.unwrap().unwrap();
    assert!(undone.text.contains("suggested to you again"), "{undone}");
    world.ends_well().await;
}

#[tokio::test]
async fn boards_turn_and_followers_are_typed_in_a_dialog() {
    let world = world().await;
    world.ada.types("/chorus leaderboard", "C1").unwrap();
    let board = world
        .ada
        .waits_for_text("C1", "Leaderboard, this week")
        .await
        .unwrap();
    world.ada.chooses_on(&board, "All time").unwrap();
    let turned = world.ada.waits_for_change(&board).await.unwrap().unwrap();
    assert!(turned.text.contains("Leaderboard, all time"), "{turned}");

    world.ada.types("/chorus me", "C1").unwrap();
    let me = world
        .ada
        .waits_for_text("C1", "Ada Example at")
        .await
        .unwrap();
    world.ada.clicks_on(&me, "My choices").unwrap();
    let choices = world.ada.waits_for_change(&me).await.unwrap().unwrap();
    world.ada.clicks_on(&choices, "Followers").unwrap();
    world.ada.waits_for_dialog("Followers").await.unwrap();
    world.ada.fills("X", "many").unwrap();
    world.ada.submits().await.unwrap();
    let dialog = world.ada.dialog().unwrap();
    assert_eq!(dialog.errors.len(), 1, "{:?}", dialog.errors);
    world.ada.fills("X", "1,500").unwrap();
    world.ada.submits().await.unwrap();
    assert!(world.ada.dialog().is_none());
    let saved = world.ada.waits_for_change(&choices).await.unwrap().unwrap();
    assert!(saved.text.contains("X 1,500"), "{saved}");
    world.ends_well().await;
}

#[tokio::test]
async fn the_greeting_arrives_directly_and_becomes_what_was_chosen() {
    let world = world().await;
    world.server.delivers(
        Place::Person {
            user: "U1".to_owned(),
        },
        Operation::Post,
        Content::Greeting {
            organization: "Example".to_owned(),
            pseudonym: "Quiet Heron".to_owned(),
        },
    );
    let greeting = world.ada.waits_for_direct(|_| true).await.unwrap();
    world.ada.clicks_on(&greeting, "As Quiet Heron").unwrap();
    let chosen = world
        .ada
        .waits_for_change(&greeting)
        .await
        .unwrap()
        .unwrap();
    assert!(chosen.text.contains("Quiet Heron"), "{chosen}");
    assert!(
        chosen.message.metadata.is_some(),
        "the delivery's id is gone"
    );
    assert_eq!(world.server.visibility(), BoardVisibility::Pseudonym);
    world.ends_well().await;
}

#[tokio::test]
async fn a_card_is_revised_and_withdrawn_in_its_place() {
    let world = world().await;
    world
        .server
        .delivers(channel(), Operation::Post, card(PostState::Live));
    let posted = world.ada.waits_for_text("C1", "40 services").await.unwrap();
    let message = world.server.settled_as(1).await;
    let posted_by = world.server.last_delivery();
    // A channel takes one message a second: sooner, it would be given back.
    pause(Duration::from_millis(1200)).await;
    world.server.delivers(
        channel(),
        Operation::Withdraw { posted_by, message },
        card(PostState::Withdrawn),
    );
    let ended = world.ada.waits_for_change(&posted).await.unwrap().unwrap();
    assert!(ended.text.contains("withdrawn"), "{ended}");
    assert_eq!(ended.buttons(), ["More to share"]);
    world.ends_well().await;
}

#[tokio::test]
async fn a_post_whose_answer_was_lost_is_found_and_not_posted_twice() {
    let world = world().await;
    world
        .slack
        .fault("chat.postMessage", FaultKind::AnswerLost, 1);
    world
        .server
        .delivers(channel(), Operation::Post, card(PostState::Live));
    world.server.waits_for_outcomes(1).await;
    assert!(matches!(
        world.server.outcomes().as_slice(),
        [Outcome::Unknown { .. }]
    ));
    let unknown = "chorus_platform_calls_total{platform=\"slack\",\
                   call=\"chat.postMessage\",outcome=\"unknown\"} 1";
    tells(&world.metrics, &[unknown]);
    world.server.delivers_again();
    world.server.waits_for_outcomes(2).await;
    assert!(matches!(
        world.server.outcomes().as_slice(),
        [Outcome::Unknown { .. }, Outcome::Sent { .. }]
    ));
    assert_eq!(world.ada.sees("C1").len(), 1);
    world.ends_well().await;
}

#[tokio::test]
async fn an_uninstalled_app_is_noted() {
    let world = world().await;
    world.slack.uninstall("T1");
    world.server.waits_for_revocation().await;
    world.ends_well().await;
}

#[expect(clippy::disallowed_methods, reason = "the courier paces in real time")]
async fn pause(length: Duration) {
    tokio::time::sleep(length).await;
}
