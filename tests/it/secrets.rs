//! Secrets and people's traces: what a running server says about itself, loud as it can be
//! made, and the files that people take from it, hold none of them; keys are changed while what
//! they made is in use.

mod files;
mod rotation;

use std::fmt::Write as _;
use std::net::TcpListener;
use std::time::Duration;

use chrono::TimeDelta;
use server_api::client::Client;
use server_api::ids::PostId;
use server_api::organization::{Setup, SetupOrganization, SetupOwner};
use server_api::post::{ApprovePost, CreatePost, Variant};
use tests::browser::Browser;
use tests::clock::Clock;
use tests::emulator::slack::state::faults::FaultKind;
use tests::outside::{
    ADA, ADA_EMAIL, APP_TOKEN, BOT_TOKEN, DISCORD_BEN, GUILD, OWNER_EMAIL, Outside, Places,
    WORKSPACE, workspace_of,
};
use tests::people::{Chat, Someone};
use tokio_util::sync::CancellationToken;

use self::files::Files;
use crate::program::{Outcome, Place, Serving, get};

const PATIENCE: Duration = Duration::from_secs(20);
const KEY: &str = "c2VjcmV0LWtleS1zZWNyZXQta2V5LXNlY3JldC1rZXk=";
const INTERNAL: &str = "internal-token-that-all-parts-share-0001";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0 Quirk/77";
const ADDRESS: &str = "203.0.113.77";
const TITLE: &str = "Nobody logs a headline";
const WORDS: &str = "Nor do they log what Ada says";

/// What is known before the story begins.
const OF_EVERYBODY: [(&str, &str); 17] = [
    ("Slack's app token", APP_TOKEN),
    ("Slack's bot token", BOT_TOKEN),
    ("the key", KEY),
    ("the internal token", INTERNAL),
    ("a part's token", "service_"),
    ("a bearer", "earer "),
    ("a reader's address", ADDRESS),
    ("a reader's browser", "Quirk/77"),
    ("an e-mail address", ADA_EMAIL),
    ("an e-mail address", OWNER_EMAIL),
    ("a name", "Ada Berger"),
    ("a headline", TITLE),
    ("words", WORDS),
    // A platform's frames and bodies, which hold tokens of their own.
    ("a payload", "response_url"),
    ("a payload", "trigger_id"),
    ("a payload", "\"token\""),
    ("a payload", "private_metadata"),
];

/// What must not be found, by what it is.
#[derive(Default)]
struct Needles(Vec<(&'static str, String)>);

impl Needles {
    fn add(&mut self, what: &'static str, text: &str) {
        assert!(text.len() >= 6, "{what} is too short to look for: {text}");
        self.0.push((what, text.to_owned()));
    }

    fn assert_none(&self, place: &str, text: &str) {
        for (what, needle) in &self.0 {
            if let Some(at) = text.find(needle.as_str()) {
                let around: String = text[..at].chars().rev().take(300).collect();
                let around: String = around.chars().rev().collect();
                let after: String = text[at..].chars().take(200).collect();
                panic!("{what} in {place}: {around}⟨HERE⟩{after}");
            }
        }
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn configuration(place: &Place, outside: &Outside, public: u16) -> String {
    format!(
        "data_dir = \"{}\"\n[web]\nlisten = \"127.0.0.1:{public}\"\n\
         base_url = \"http://127.0.0.1:{public}\"\ntrusted_proxies = [\"127.0.0.1/32\"]\n\
         [internal]\nlisten = \"127.0.0.1:{}\"\ntoken = \"{INTERNAL}\"\n\
         [secrets]\nkey = \"{KEY}\"\n[worker]\npoll_milliseconds = 50\n\
         [log]\nfilter = \"trace\"\n{}",
        place.path("data").display(),
        free_port(),
        outside.configuration(&Chat::ALL),
    )
}

fn setup() -> Setup {
    Setup {
        organization: SetupOrganization {
            slug: "lindenfeld".into(),
            name: "Lindenfeld".into(),
            time_zone: None,
            language: None,
            join_policy: None,
            contact: None,
        },
        owner: SetupOwner {
            email: OWNER_EMAIL.into(),
            name: "Olga Owner".into(),
        },
        workspaces: Chat::ALL.map(workspace_of).to_vec(),
        feeds: Vec::new(),
    }
}

async fn publish(operator: &Client) -> PostId {
    let form = CreatePost {
        title: TITLE.into(),
        summary: "A neutral sentence about it.".into(),
        url: Some("https://acme.example/tea".into()),
        variants: vec![Variant {
            network: None,
            text: WORDS.into(),
        }],
        ..CreatePost::default()
    };
    let post = operator.create_post(&form).await.unwrap();
    operator.submit_post(post.id).await.unwrap();
    let at_once = ApprovePost::default();
    operator.approve_post(post.id, &at_once).await.unwrap();
    post.id
}

/// Ada joins, shares, is clicked, looks at her board, and pairs an account on Discord.
async fn story(outside: &Outside, operator: &Client, needles: &mut Needles) {
    let ada: Someone = outside
        .slack
        .person(WORKSPACE, ADA)
        .patient_for(PATIENCE)
        .into();
    ada.types("/chorus help");
    let greeting = ada.is_told(|sight| sight.offers("By my name")).await;
    ada.clicks(&greeting, "By my name");
    ada.is_told(|sight| sight.text.contains("You are in")).await;
    // A call that fails is told of, too.
    outside
        .slack
        .fault("chat.postEphemeral", FaultKind::ServerError, 1);
    let card = ada.finds(TITLE).await;
    ada.clicks(&card, "Share");
    let choices = ada
        .sees(|sight| sight.is_private && sight.offers("Open X"))
        .await;
    let reader = Browser::new(AGENT, ADDRESS).unwrap();
    let share = choices.url("Open X").unwrap().to_owned();
    needles.add("a share's token", share.rsplit('/').next().unwrap());
    let answer = reader.opens(&share).await.unwrap();
    let target: url::Url = answer.location().unwrap().parse().unwrap();
    let link = target
        .query_pairs()
        .find(|(name, _)| name == "url")
        .unwrap();
    reader.opens(&link.1).await.unwrap();
    reader.opens(&format!("{share}x")).await.unwrap();
    let me = operator.on_behalf_of(&format!("email/{ADA_EMAIL}"));
    let board = me.me().await.unwrap().board_url;
    needles.add("a board's token", board.rsplit('/').next().unwrap());
    assert_eq!(reader.opens(&board).await.unwrap().status, 200);
    ada.types("/chorus pair");
    let issued = ada.is_answered("The code counts once").await;
    let code = issued
        .text
        .split_whitespace()
        .map(|word| word.trim_end_matches('.'))
        .find(|word| word.len() == 9 && word.contains('-'))
        .unwrap();
    needles.add("a pairing code", code);
    needles.add("a pairing code", &code.replace('-', ""));
    let ben: Someone = outside
        .discord
        .person(GUILD, DISCORD_BEN)
        .patient_for(PATIENCE)
        .into();
    ben.types("/chorus pair AAAA-BBBB");
    ben.sees(|sight| sight.is_private).await;
    ben.types(&format!("/chorus pair {code}"));
    ben.is_answered("now belongs to").await;
}

/// Asks wrongly in many ways; gives every answer.
async fn errors(public: &str, internal: &str, operator: &str) -> String {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut said = String::new();
    for base in [public, internal] {
        for (token, path, body) in [
            ("not-a-token-of-anybody", "/api/v1/me", "{}"),
            (INTERNAL, "/api/v1/posts", "{}"),
            (operator, "/api/v1/posts", "{\"title\":"),
            (operator, "/api/v1/posts", "{\"title\":7}"),
            (operator, "/api/v1/setup", "{\"organization\":{}}"),
            (operator, "/api/v1/members/import", "\u{fffd},x"),
            (operator, "/s/x/done", ""),
            (operator, "/api/v1/nowhere", ""),
        ] {
            for method in [reqwest::Method::POST, reqwest::Method::PUT] {
                let answer = http
                    .request(method, format!("{base}{path}"))
                    .bearer_auth(token)
                    .header("on-behalf-of", "owner")
                    .header("content-type", "application/json")
                    .header("user-agent", AGENT)
                    .header("x-forwarded-for", ADDRESS)
                    .body(body)
                    .send()
                    .await
                    .unwrap();
                write!(said, "{:?}", answer.headers()).unwrap();
                said += &answer.text().await.unwrap();
            }
        }
    }
    said
}

/// Tells the story to a server that is started so and ends so, and finds nothing in all that it
/// said; gives how it ended.
async fn a_story_leaves_nothing(
    start: fn(&Place) -> Serving,
    end: fn(Serving) -> Outcome,
) -> Outcome {
    let (place, stop) = (Place::new(), CancellationToken::new());
    let yesterday = Clock::system().now() - TimeDelta::days(1);
    let places = Places::free().await.unwrap();
    let outside = Outside::start(places, Clock::system(), (0, yesterday), stop.clone()).unwrap();
    outside.slack.limits(|limits| limits.on = false);
    outside.discord.limits(|limits| limits.on = false);
    let public = free_port();
    place.write("chorus.toml", &configuration(&place, &outside, public));
    let server = tokio::task::block_in_place(|| start(&place));
    let left = place.running().unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let client = Client::new(http, &left.internal_url, &left.operator_token);
    let operator = client.on_behalf_of("owner");

    let mut needles = Needles::default();
    needles.add(
        "Discord's bot token",
        &outside.discord.state().app().bot_token,
    );
    for (what, text) in OF_EVERYBODY {
        needles.add(what, text);
    }
    operator.setup(&setup()).await.unwrap();
    outside.slack.connected(1).await.unwrap();
    outside.discord.connected(1).await.unwrap();
    let post = publish(&operator).await;
    story(&outside, &operator, &mut needles).await;
    let files = Files::taken(&operator, post, &mut needles).await;
    let base = format!("http://127.0.0.1:{public}");
    let answers = errors(&base, &left.internal_url, &left.operator_token).await;
    let figures = get(&left.internal_url.replace("http://", ""), "/metrics").unwrap();
    let kept = std::fs::read_to_string(place.path("data/running.json")).unwrap();
    let ended = tokio::task::block_in_place(|| end(server));
    stop.cancel();

    // What commands need stands in running.json, for its owner alone, and nothing else.
    needles.assert_none("running.json", &kept);
    needles.add("the operator's token", &left.operator_token);
    let log = &ended.complained;
    assert!(log.contains("INFO") && log.len() > 2_000, "{ended:?}");
    needles.assert_none("the log", log);
    needles.assert_none("the output", &ended.said);
    assert!(figures.contains("chorus_"), "{figures}");
    needles.assert_none("the metrics", &figures);
    files.hold_none_of(&needles);
    let mut asked = Needles(needles.0);
    // What a client is told of its own request.
    asked.0.retain(|(what, _)| *what != "a bearer");
    asked.assert_none("an answer", &answers);
    ended
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_story_leaves_no_secret_and_no_trace_of_anybody_in_the_log() {
    let ended = a_story_leaves_nothing(Place::serve, Serving::terminate).await;
    assert!(ended.code.is_some(), "it ended by itself: {ended:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_crashes_leaves_no_secret_and_no_trace_of_anybody_either() {
    let ended = a_story_leaves_nothing(Place::serve_with_backtraces, Serving::abort).await;
    assert_eq!(ended.code, None, "a signal ended it: {ended:?}");
}

#[test]
fn nothing_that_fails_at_the_start_repeats_a_secret() {
    let place = Place::new();
    let secret = "xoxb-S3CRET-and-more";
    let mut needles = Needles::default();
    needles.add("a secret", secret);
    let good = place.configuration("data");
    let mut outcomes: Vec<Outcome> = Vec::new();
    for broken in [
        format!("{good}[slack]\nsigning_secret = \"{secret}\n"),
        format!("{good}[slack]\nsigning_secret = {secret}\n"),
        format!("{good}[slack]\nsigning_secret = [\"{secret}\"]\n"),
        format!("{good}[slack]\nsigning_secrets = \"{secret}\"\n"),
        format!("{good}[slack]\nenabled = true\nmode = \"{secret}\"\napp_token = \"x\"\n"),
        format!("{good}[slack]\nenabled = true\napp_token = \"{secret}\"\nmode = \"http\"\n"),
        format!("{good}[secrets]\nkey = \"{secret}\"\n"),
        format!("{good}[discord]\nenabled = true\nbot_token = \"{secret}\"\npublic_key = \"z\"\n"),
        format!("{good}[database]\nurl = \"postgres://chorus:{secret}@127.0.0.1:1/x\"\n"),
        format!("{good}[database]\nurl = \"mysql://chorus:{secret}@127.0.0.1:1/x\"\n"),
    ] {
        // A word that is no mode is repeated, so that it can be found: it is no secret's place.
        if broken.contains(&format!("mode = \"{secret}\"")) {
            continue;
        }
        place.write("chorus.toml", &broken);
        outcomes.push(place.run(&["serve"]));
    }
    place.write("chorus.toml", &good);
    let workspace = "[organization]\nslug = \"acme\"\nname = \"Acme\"\n[owner]\n\
        email = \"olga@acme.example\"\nname = \"Olga\"\n[[workspaces]]\nplatform = \"slack\"\n\
        external_id = \"T1\"\nname = \"Acme\"\n";
    for broken in [
        format!("{workspace}bot_token = \"{secret}\n"),
        format!("{workspace}bot_token = {secret}\n"),
        format!("{workspace}bot_tokens = \"{secret}\"\n"),
        format!("{workspace}bot_token = [\"{secret}\"]\n"),
        format!("{workspace}bot_token = \"{secret}\"\nbot_token_env = \"X\"\n"),
        format!("{workspace}bot_token = \"{secret}\u{1}\"\n"),
    ] {
        place.write("setup.toml", &broken);
        outcomes.push(place.run(&["setup", "setup.toml"]));
    }
    for outcome in outcomes {
        assert_ne!(outcome.code, Some(0), "{outcome:?}");
        needles.assert_none("the output", &outcome.said);
        needles.assert_none("the complaint", &outcome.complained);
    }
}
