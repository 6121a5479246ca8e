//! The part `discord` as it runs in production, between the emulated Discord and a stand-in
//! of the server's API: connections break, limits are hit, processes vanish, and everything
//! arrives, nothing twice.

use std::sync::Arc;
use std::time::Duration;

use bots::discord::PATH;
use bots::{DiscordConfig, DiscordMode, Metrics, run_discord};
use conversation::view::sample_data;
use server_api::client::Client;
use server_api::delivery::{Content, Operation, Outcome, Place};
use server_api::enums::{Platform, PostState};
use tests::clock::Clock;
use tests::emulator::discord::model::{Channel, User};
use tests::emulator::discord::person::Person;
use tests::emulator::discord::state::faults::FaultKind;
use tests::emulator::discord::{self, DiscordEmulator};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::slack_part::server::Server;
use crate::slack_part::{is_told_twice, tells, tells_nothing_of_one};

const GUILD: &str = "700000000000000001";
const NEWS: &str = "500000000000000001";
const OFFERS: &str = "500000000000000002";
const ADA: &str = "200000000000000001";
/// Longer than another process may take to take over.
const PATIENCE: Duration = Duration::from_secs(20);

struct World {
    discord: DiscordEmulator,
    server: Server,
    ada: Person,
}

/// The part in one process.
struct Part {
    metrics: Metrics,
    shutdown: CancellationToken,
    running: JoinHandle<()>,
}

async fn world() -> World {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = discord::DiscordConfig::new(Clock::system());
    let discord = DiscordEmulator::start(config, listener).unwrap();
    discord.add_guild(GUILD, "Example");
    discord.add_user(User::person(ADA, "Ada Example"));
    discord.join(GUILD, ADA, &[]);
    discord.add_channel(Channel::text(GUILD, NEWS, "news"));
    discord.add_channel(Channel::text(GUILD, OFFERS, "offers"));
    discord.install(GUILD);
    World {
        ada: discord.person(GUILD, ADA).patient_for(PATIENCE),
        server: Server::start_for(Platform::Discord, GUILD, "").await,
        discord,
    }
}

impl World {
    fn part(&self, mode: DiscordMode) -> Part {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(40))
            .no_proxy()
            .build()
            .unwrap();
        let app = self.discord.state().app();
        let config = DiscordConfig {
            api_base_url: Some(self.discord.base_url().parse().unwrap()),
            ..DiscordConfig::new(app.bot_token.clone().into(), app.id.to_string(), mode)
        };
        let client = Client::new(http, &self.server.base(), "service-token");
        let shutdown = CancellationToken::new();
        let stop = shutdown.clone();
        let metrics = config.metrics.clone();
        let running = tokio::spawn(async move { run_discord(config, client, stop).await.unwrap() });
        Part {
            metrics,
            shutdown,
            running,
        }
    }

    async fn by_gateway(&self) -> Part {
        let part = self.part(DiscordMode::Gateway);
        self.discord.connected(1).await.unwrap();
        part
    }

    async fn by_http(&self) -> (Part, String) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
        let part = self.part(DiscordMode::Http {
            listener: Arc::new(listener),
            public_key: self.discord.state().app().public_key(),
        });
        self.discord.use_endpoint(&url).await.unwrap();
        (part, url)
    }

    /// Ada asks for help and is answered.
    async fn answers(&self) {
        let before = self.ada.sees(NEWS).len();
        self.ada.types("/chorus help", NEWS).unwrap();
        let answered = self.ada.waits_for(NEWS, |seen| {
            seen.text.contains("What Chorus can do")
                && self.ada.glances(&NEWS.into()).len() > before
        });
        answered.await.unwrap();
    }

    /// Ends a part as production does, and asks Discord whether anything was broken.
    async fn ends_well(&self, part: Part) {
        part.shutdown.cancel();
        tokio::time::timeout(Duration::from_secs(15), part.running)
            .await
            .unwrap()
            .unwrap();
        let violations = self.discord.violations();
        assert!(violations.is_empty(), "{violations:#?}");
    }
}

fn delivers(world: &World, channel: &str) {
    let place = Place::Channel {
        channel: channel.to_owned(),
    };
    let mut suggestion = sample_data::suggestion();
    suggestion.state = PostState::Live;
    let card = Content::SuggestedPost { suggestion };
    world.server.delivers(place, Operation::Post, card);
}

async fn shares(world: &World) {
    delivers(world, NEWS);
    world.ada.clicks("Share").await.unwrap();
    let choices = world.ada.waits_for_text(NEWS, "then press").await.unwrap();
    world.ada.clicks_on(&choices, "Done on LinkedIn").unwrap();
    let receipt = world.ada.waits_for_change(&choices).await.unwrap().unwrap();
    assert!(receipt.text.contains("de-duplicated"), "{receipt}");
    world.answers().await;
    let sent = world.server.outcomes();
    assert!(
        matches!(sent.as_slice(), [Outcome::Sent { .. }]),
        "{sent:?}"
    );
}

#[tokio::test]
async fn what_happens_moves_the_figures_and_who_holds_the_gateway_says_so() {
    let world = world().await;
    let part = world.by_gateway().await;
    world.answers().await;
    tells(
        &part.metrics,
        &[
            "chorus_gateway_lease_held{platform=\"discord\"} 1.0",
            "chorus_platform_connections{platform=\"discord\"} 1.0",
            "chorus_interactions_total{platform=\"discord\",intent=\"help\"} 1",
            "chorus_interaction_acknowledgement_seconds_count{platform=\"discord\"} 1",
            "chorus_platform_calls_total{platform=\"discord\",call=\"GET /gateway\",outcome=\"done\"}",
            "chorus_discord_invalid_requests_total 0",
        ],
    );
    let metrics = part.metrics.clone();
    world.ends_well(part).await;
    tells(
        &metrics,
        &["chorus_platform_connections{platform=\"discord\"} 0.0"],
    );
}

#[tokio::test]
async fn what_reaches_one_person_on_discord_moves_no_figure_of_calls() {
    let world = world().await;
    let part = world.by_gateway().await;
    is_told_twice(&world.server, ADA).await;
    world.answers().await;
    tells_nothing_of_one(&part.metrics);
    world.ends_well(part).await;
}

#[tokio::test]
async fn a_member_shares_over_the_gateway() {
    let world = world().await;
    let part = world.by_gateway().await;
    shares(&world).await;
    world.ends_well(part).await;
}

#[tokio::test]
async fn a_member_shares_by_signed_http_and_a_replay_has_no_effect() {
    let world = world().await;
    let (part, url) = world.by_http().await;
    shares(&world).await;
    let confirmed = world.server.confirmed();
    let calls = world.discord.recorded().len();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for signed in world.discord.posted() {
        let (status, _) = signed.post(&http, &url).await.unwrap();
        assert_eq!(status, 200);
    }
    assert_eq!(world.server.confirmed(), confirmed);
    assert_eq!(world.discord.recorded().len(), calls);
    world.ends_well(part).await;
}

#[tokio::test]
async fn a_connection_that_breaks_is_resumed_and_a_lost_session_begins_anew() {
    let world = world().await;
    let part = world.by_gateway().await;
    world.answers().await;
    world.discord.asks_to_reconnect();
    waits_until(&world, |tally| tally.resumed == 1 && tally.live == 1).await;
    world.answers().await;
    world.discord.drop_sockets();
    waits_until(&world, |tally| tally.resumed == 2 && tally.live == 1).await;
    world.answers().await;
    world.discord.invalidates_sessions(false);
    waits_until(&world, |tally| tally.identified == 2 && tally.live == 1).await;
    world.answers().await;
    world.ends_well(part).await;
}

async fn waits_until(world: &World, fits: impl Fn(discord::state::gateway::Tally) -> bool) {
    let waiting = async {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        while !fits(world.discord.gateway()) {
            looks.tick().await;
        }
    };
    let came = tokio::time::timeout(PATIENCE, waiting).await;
    assert!(came.is_ok(), "{:?}", world.discord.gateway());
}

#[tokio::test]
async fn another_process_takes_over_when_the_first_vanishes() {
    let world = world().await;
    let first = world.by_gateway().await;
    let second = world.part(DiscordMode::Gateway);
    world.answers().await;
    let vanished = std::time::Instant::now();
    first.running.abort();
    waits_until(&world, |tally| tally.identified == 2 && tally.live == 1).await;
    assert!(vanished.elapsed() < Duration::from_secs(15));
    world.answers().await;
    world.ends_well(second).await;
}

#[tokio::test]
async fn in_a_storm_of_limits_everything_arrives_and_nothing_twice() {
    let world = world().await;
    let part = world.by_gateway().await;
    let route = "POST /channels/{channel_id}/messages";
    let soon = Duration::from_millis(300);
    world.discord.fault(route, FaultKind::TooMany(soon), 2);
    world
        .discord
        .fault(route, FaultKind::TooManyGlobally(soon), 1);
    world.server.offers_again();
    for _ in 0..4 {
        delivers(&world, NEWS);
        delivers(&world, OFFERS);
    }
    world.server.waits_for_sent(8).await;
    let seen = world.ada.sees(NEWS).len() + world.ada.sees(OFFERS).len();
    assert_eq!(seen, 8, "{}", world.ada.conversation_so_far());
    world.ends_well(part).await;
}
