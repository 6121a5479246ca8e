//! What Slack posts, over a real connection: whole, forged, stale, again and broken.

mod hostile;

use std::fmt::Write;
use std::time::Duration;

use conversation::Conversation;
use conversation::backend::fake::{FakeBackend, FakeDirectory};
use server_api::identity::AccountKind;
use tokio_util::task::TaskTracker;

use super::*;
use crate::clock::SystemClock;
use crate::recent::Recent;
use crate::slack::directory::SlackDirectory;
use crate::slack::outbound::Outbound;
use crate::slack::tests::stand_in::{StandIn, TEAM};

const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

struct World {
    slack: StandIn,
    url: String,
    http: reqwest::Client,
    shutdown: CancellationToken,
    serving: tokio::task::JoinHandle<Result<(), SlackError>>,
}

struct Answered {
    status: u16,
    body: String,
}

async fn world() -> World {
    let slack = StandIn::start(vec![]).await;
    let installations = slack.installations();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let shutdown = CancellationToken::new();
    let account = AccountKind::Full;
    let dispatch = Arc::new(Dispatch {
        conversation: Conversation::new(
            Arc::new(FakeBackend::default()),
            Arc::new(FakeDirectory { account }),
        ),
        outbound: Arc::new(Outbound::new(
            slack.api(),
            installations.clone(),
            vec![slack.origin()],
        )),
        directory: SlackDirectory::new(slack.api(), installations.clone()),
        installations,
        clock: Arc::clone(&clock),
        tracker: TaskTracker::new(),
        shutdown: shutdown.clone(),
        recent: Recent::default(),
        counts: crate::metrics::Metrics::default().of(server_api::enums::Platform::Slack),
    });
    let listener = Arc::new(TcpListener::bind("127.0.0.1:0").unwrap());
    let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
    let http = Http {
        listener,
        signing_key: SigningKey::new(SECRET).unwrap(),
        dispatch,
        clock,
    };
    World {
        slack,
        url,
        http: reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(10))
            .build()
            .unwrap(),
        serving: tokio::spawn(http.run(shutdown.clone())),
        shutdown,
    }
}

fn sign(secret: &str, stamp: &str, body: &str) -> String {
    let mut mac = SigningKey::new(secret).unwrap().0;
    mac.update(format!("v0:{stamp}:{body}").as_bytes());
    let mut signature = "v0=".to_owned();
    for byte in mac.finalize().into_bytes() {
        write!(signature, "{byte:02x}").unwrap();
    }
    signature
}

fn now() -> i64 {
    SystemClock.wall().timestamp()
}

impl World {
    async fn posts(&self, kind: &str, body: &str) -> Answered {
        let stamp = now().to_string();
        self.sends(kind, body, (&stamp, &sign(SECRET, &stamp, body)))
            .await
    }

    async fn sends(&self, kind: &str, body: &str, seal: (&str, &str)) -> Answered {
        let request = self
            .http
            .post(&self.url)
            .header("content-type", kind)
            .header("x-slack-request-timestamp", seal.0)
            .header("x-slack-signature", seal.1)
            .body(body.to_owned());
        let answer = request.send().await.unwrap();
        Answered {
            status: answer.status().as_u16(),
            body: answer.text().await.unwrap(),
        }
    }
}

fn command(text: &str, trigger: &str, response_url: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("team_id", TEAM)
        .append_pair("user_id", "U1")
        .append_pair("channel_id", "C1")
        .append_pair("command", "/chorus")
        .append_pair("text", text)
        .append_pair("trigger_id", trigger)
        .append_pair("response_url", response_url)
        .finish()
}

fn interaction(payload: &Value) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("payload", &payload.to_string())
        .finish()
}

fn submission(typed: &str) -> Value {
    json!({
        "type": "view_submission",
        "team": { "id": TEAM },
        "user": { "id": "U1" },
        "view": {
            "id": "V1", "hash": "1.h", "callback_id": "1.followers.en",
            "private_metadata": "{}",
            "state": { "values": {
                "followers.xx": { "typed": { "type": "plain_text_input", "value": typed } },
            } },
        },
    })
}

#[test]
fn the_example_on_slacks_own_page_verifies() {
    let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow\
        &channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner\
        &command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands\
        %2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015\
        .47445629121.803a0bc887a14d10d2c447fce8b6703c";
    let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    let key = SigningKey::new(SECRET).unwrap();
    assert!(key.verifies("1531420618", signature, body.as_bytes()));
    assert!(!key.verifies("1531420619", signature, body.as_bytes()));
    assert!(!key.verifies("1531420618", signature, b"token=other"));
    for broken in [
        "",
        "v0=",
        "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b5",
        "v0=+2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    ] {
        assert!(
            !key.verifies("1531420618", broken, body.as_bytes()),
            "{broken}"
        );
    }
}

#[test]
fn an_empty_secret_is_no_key() {
    assert!(SigningKey::new("").is_none());
}

#[tokio::test]
async fn the_address_proves_itself_to_slack() {
    let world = world().await;
    let body = json!({ "type": "url_verification", "challenge": "3eZb" }).to_string();
    let answer = world.posts(JSON, &body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, r#"{"challenge":"3eZb"}"#);
}

#[tokio::test]
async fn a_command_is_answered_at_once_and_worked_on_after() {
    let world = world().await;
    let body = command("help", "7.8.z", &world.slack.response_url());
    let answer = world.posts(FORM, &body).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let calls = world.slack.waits_for_calls(1).await;
    assert_eq!(calls[0].0, "respond");
    assert!(calls[0].1.to_string().contains("What Chorus can do"));
}

#[tokio::test]
async fn a_pressed_button_opens_its_modal_by_the_api() {
    let world = world().await;
    let body = interaction(&json!({
        "type": "block_actions",
        "team": { "id": TEAM },
        "user": { "id": "U1" },
        "container": { "type": "message", "message_ts": "1.2", "channel_id": "D1" },
        "trigger_id": "1.2.abc",
        "response_url": world.slack.response_url(),
        "actions": [{ "type": "button", "action_id": "control.1", "value": "1.f" }],
    }));
    let answer = world.posts(FORM, &body).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let calls = world.slack.waits_for_calls(1).await;
    assert_eq!(calls[0].0, "views.open");
    assert_eq!(calls[0].1["trigger_id"], "1.2.abc");
}

#[tokio::test]
async fn a_refused_field_is_the_body_of_the_answer() {
    let world = world().await;
    let answer = world.posts(FORM, &interaction(&submission("many"))).await;
    assert_eq!(answer.status, 200);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["response_action"], "errors");
    assert!(body["errors"]["followers.xx"].is_string());
    // Slack closes a modal only for an empty body.
    let saved = world.posts(FORM, &interaction(&submission("12"))).await;
    assert_eq!((saved.status, saved.body.as_str()), (200, ""));
}

#[tokio::test]
async fn forged_and_stale_requests_change_nothing() {
    let world = world().await;
    let body = command("help", "7.8.z", &world.slack.response_url());
    let stamp = now().to_string();
    let forged = sign("another secret", &stamp, &body);
    let good = sign(SECRET, &stamp, &body);
    let stale = (now() - 301).to_string();
    let of_stale = sign(SECRET, &stale, &body);
    for (body, seal) in [
        (body.as_str(), (stamp.as_str(), forged.as_str())),
        (body.as_str(), (stale.as_str(), of_stale.as_str())),
        // A good signature, moved to another body or another stamp.
        ("command=/chorus", (stamp.as_str(), good.as_str())),
        (body.as_str(), (stale.as_str(), good.as_str())),
        (body.as_str(), (stamp.as_str(), "")),
        // Neither is a body read that is no form at all.
        ("{", (stamp.as_str(), good.as_str())),
    ] {
        assert_eq!(world.sends(FORM, body, seal).await.status, 401);
    }
    assert!(world.slack.calls().is_empty());
    assert_eq!(world.posts(FORM, &body).await.status, 200);
    world.slack.waits_for_calls(1).await;
}

#[tokio::test]
async fn a_replayed_request_has_no_second_effect() {
    let world = world().await;
    let body = interaction(&submission("many"));
    let stamp = now().to_string();
    let signature = sign(SECRET, &stamp, &body);
    let seal = (stamp.as_str(), signature.as_str());
    assert!(world.sends(FORM, &body, seal).await.body.contains("errors"));
    let again = world.sends(FORM, &body, seal).await;
    assert_eq!((again.status, again.body.as_str()), (200, ""));
    // The same digits written otherwise are the same request.
    let loud = signature.to_uppercase().replacen('V', "v", 1);
    let again = world.sends(FORM, &body, (&stamp, &loud)).await;
    assert_eq!((again.status, again.body.as_str()), (200, ""));
}

#[tokio::test]
async fn an_interaction_that_is_signed_anew_is_answered_once() {
    let world = world().await;
    let url = world.slack.response_url();
    // Its bodies differ, its trigger does not.
    let first = command("help", "7.8.z", &url);
    assert_eq!(world.posts(FORM, &first).await.status, 200);
    world.slack.waits_for_calls(1).await;
    let second = command("help ", "7.8.z", &url);
    assert_eq!(world.posts(FORM, &second).await.status, 200);
    let other = command("help", "7.8.y", &url);
    assert_eq!(world.posts(FORM, &other).await.status, 200);
    assert_eq!(world.slack.waits_for_calls(2).await.len(), 2);
}

#[tokio::test]
async fn what_is_too_large_is_refused_unread() {
    let world = world().await;
    let body = "x".repeat(endpoint::BODY_LIMIT + 1);
    assert_eq!(world.posts(FORM, &body).await.status, 413);
}

#[tokio::test]
async fn other_kinds_of_body_are_refused_and_strange_ones_mean_nothing() {
    let world = world().await;
    let help = command("help", "7.8.z", &world.slack.response_url());
    for (kind, body, status) in [
        ("text/plain", "command=a", 415),
        ("multipart/form-data; boundary=x", "command=b", 415),
        (JSON, "{", 400),
        (JSON, "[]", 200),
        (JSON, r#"{"type":"app_rate_limited"}"#, 200),
        (JSON, r#"{"type":"event_callback"}"#, 200),
        (FORM, "payload=%7B", 400),
        (FORM, "payload=%5B%5D", 200),
        (FORM, "ssl_check=1&token=x", 200),
        (FORM, "a=b", 400),
        (FORM, "", 400),
    ] {
        let answer = world.posts(kind, body).await;
        assert_eq!(answer.status, status, "{kind}: {body}");
    }
    assert!(world.slack.calls().is_empty());
    let with_charset = "Application/X-WWW-Form-Urlencoded; charset=utf-8";
    assert_eq!(world.posts(with_charset, &help).await.status, 200);
    world.slack.waits_for_calls(1).await;
}

#[tokio::test]
async fn it_stops_when_told() {
    let world = world().await;
    assert_eq!(world.posts(FORM, "ssl_check=1").await.status, 200);
    world.shutdown.cancel();
    world.serving.await.unwrap().unwrap();
}
