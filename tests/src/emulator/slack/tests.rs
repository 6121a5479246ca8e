//! The emulator against the client library that production uses, and against plain requests.
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reqwest::Client;
use serde_json::Value;
use slack_morphism::prelude::*;

use super::model::UserKind;
use super::person::PersonError;
use super::state::journal::Rule;
use super::*;

mod home;
mod requests;

const TOKEN: &str = "xoxb-1";
const SCOPES: [&str; 12] = [
    "chat:write",
    "channels:history",
    "channels:read",
    "channels:join",
    "im:write",
    "im:history",
    "users:read",
    "users:read.email",
    "commands",
    "reactions:read",
    "reactions:write",
    "team:read",
];

async fn slack() -> SlackEmulator {
    let clock = Clock::from_fn(|| DateTime::<Utc>::from_timestamp(1_800_000_000, 0).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = SlackConfig {
        acknowledge_within: Duration::from_millis(400),
        patience: Duration::from_secs(5),
        ..SlackConfig::new(clock)
    };
    let slack = SlackEmulator::start(config, listener).unwrap();
    slack.add_workspace("T1", "Acme", "acme");
    let bot = slack.install("T1", TOKEN, &SCOPES);
    slack.add_user(User::member("T1", "U1", "Ada Lovelace", "ada@acme.example"));
    slack.add_channel(Channel::public("T1", "C1", "news", &["U1", bot.as_str()]));
    slack.add_channel(Channel::public("T1", "C2", "random", &["U1"]));
    slack
}

async fn call(slack: &SlackEmulator, method: &str, body: Value) -> Value {
    let url = format!("{}/{method}", slack.api_url());
    let request = http().post(url).bearer_auth(TOKEN).json(&body);
    request.send().await.unwrap().json().await.unwrap()
}

fn http() -> Client {
    Client::builder()
        .timeout(Duration::from_secs(1))
        .build()
        .unwrap()
}

fn card() -> Value {
    json!([
        { "type": "header", "text": { "type": "plain_text", "text": "We opened a garden" } },
        { "type": "section", "text": { "type": "mrkdwn", "text": "*Come* and see, <@U1>" } },
        { "type": "actions", "elements": [
            { "type": "button", "text": { "type": "plain_text", "text": "Share" },
              "action_id": "share", "value": "p1" },
            { "type": "button", "text": { "type": "plain_text", "text": "LinkedIn" },
              "action_id": "open", "url": "https://l.example/s/1" },
            { "type": "overflow", "action_id": "more", "options": [
                { "text": { "type": "plain_text", "text": "Not for me" }, "value": "no" },
                { "text": { "type": "plain_text", "text": "Later" }, "value": "later" } ] },
        ] },
    ])
}

/// Starts the real client; what it hears arrives here as lines, and each interaction is answered by
/// an ephemeral through its `response_url` when `answers`.
type Heard = tokio::sync::mpsc::UnboundedReceiver<String>;

type HyperClient = SlackClient<SlackClientHyperHttpsConnector>;

fn client(slack: &SlackEmulator) -> Arc<HyperClient> {
    let connector = hyper_rustls::HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(rustls::crypto::ring::default_provider())
        .unwrap()
        .https_or_http()
        .enable_http1()
        .enable_http2()
        .build();
    let connector = SlackClientHyperConnector::with_connector(connector);
    Arc::new(SlackClient::new(
        connector.with_slack_api_url(&slack.api_url()),
    ))
}

struct Told(tokio::sync::mpsc::UnboundedSender<String>);

async fn tell(states: SlackClientEventsUserState, line: String) {
    let states = states.read().await;
    states
        .get_user_state::<Told>()
        .unwrap()
        .0
        .send(line)
        .unwrap();
}

async fn on_command(
    event: SlackCommandEvent,
    _: Arc<HyperClient>,
    states: SlackClientEventsUserState,
) -> UserCallbackResult<SlackCommandEventResponse> {
    tell(
        states,
        format!(
            "command {} {}",
            event.command.0,
            event.text.unwrap_or_default()
        ),
    )
    .await;
    let content = SlackMessageContent::new().with_text("The board".to_owned());
    Ok(SlackCommandEventResponse::new(content))
}

async fn on_interaction(
    event: SlackInteractionEvent,
    _: Arc<HyperClient>,
    states: SlackClientEventsUserState,
) -> UserCallbackResult<()> {
    let line = match event {
        SlackInteractionEvent::BlockActions(event) => {
            let action = event.actions.unwrap().remove(0);
            let chosen = action.selected_option.map(|option| option.value);
            let value = action.value.or(chosen).unwrap_or_default();
            let has_message = event.message.is_some();
            format!("action {} {value} {has_message}", action.action_id.0)
        }
        other => format!("other {other:?}"),
    };
    tell(states, line).await;
    Ok(())
}

async fn on_event(
    event: SlackPushEventCallback,
    _: Arc<HyperClient>,
    states: SlackClientEventsUserState,
) -> UserCallbackResult<()> {
    let line = match event.event {
        SlackEventCallbackBody::ReactionAdded(event) => format!("reaction {}", event.reaction.0),
        other => format!("event {other:?}"),
    };
    tell(states, line).await;
    Ok(())
}

/// The next thing that the client heard, within bounds.
async fn next(heard: &mut Heard) -> String {
    tokio::time::timeout(Duration::from_secs(8), heard.recv())
        .await
        .unwrap()
        .unwrap()
}

async fn connect(slack: &SlackEmulator) -> Heard {
    let (sender, heard) = tokio::sync::mpsc::unbounded_channel();
    let callbacks = SlackSocketModeListenerCallbacks::new()
        .with_command_events(on_command)
        .with_interaction_events(on_interaction)
        .with_push_events(on_event);
    let environment =
        SlackClientEventsListenerEnvironment::new(client(slack)).with_user_state(Told(sender));
    let config = SlackClientSocketModeConfig::new()
        .with_max_connections_count(2)
        .with_initial_backoff_in_seconds(0)
        .with_reconnect_timeout_in_seconds(1);
    let listener = SlackClientSocketModeListener::new(&config, Arc::new(environment), callbacks);
    let token = SlackApiToken::new("xapp-1-emulator".into());
    listener.listen_for(&token).await.unwrap();
    tokio::spawn(async move {
        listener.start().await;
        std::future::pending::<()>().await;
    });
    slack.connected(2).await.unwrap();
    heard
}

#[tokio::test]
async fn the_real_client_hears_commands_presses_choices_and_reactions_and_acknowledges_them() {
    let slack = slack().await;
    let mut heard = connect(&slack).await;
    let ada = slack.person("T1", "U1");
    let posted = call(
        &slack,
        "chat.postMessage",
        json!({ "channel": "C1", "blocks": card() }),
    )
    .await;
    assert_eq!(posted["ok"], true, "{posted}");

    ada.types("/chorus leaderboard week", "C1").unwrap();
    assert_eq!(next(&mut heard).await, "command /chorus leaderboard week");
    let answer = ada.waits_for_text("C1", "The board").await.unwrap();
    assert!(answer.is_ephemeral);

    let press = ada.clicks("Share").await.unwrap();
    assert_eq!(
        (press.opens, next(&mut heard).await),
        (None, "action share p1 true".to_owned())
    );
    let press = ada.clicks("LinkedIn").await.unwrap();
    assert_eq!(press.opens.as_deref(), Some("https://l.example/s/1"));
    assert_eq!(next(&mut heard).await, "action open  true");
    ada.chooses("Later").await.unwrap();
    assert_eq!(next(&mut heard).await, "action more later true");
    let shown = ada
        .waits_for_text("C1", "Come and see, @Ada Lovelace")
        .await
        .unwrap();
    ada.reacts("mega", &shown).unwrap();
    assert_eq!(next(&mut heard).await, "reaction mega");
    slack
        .state()
        .until(|state| state.sockets.is_acknowledged(&press.envelope).then_some(()))
        .await;
    assert!(slack.violations().is_empty(), "{:?}", slack.violations());
    assert!(slack.unseen_messages().is_empty());
}

#[tokio::test]
async fn an_envelope_delivered_three_times_is_acknowledged_three_times_without_blame() {
    let slack = slack().await;
    let mut heard = connect(&slack).await;
    slack.deliver_envelope_times(3);
    slack
        .person("T1", "U1")
        .types("/chorus help", "C1")
        .unwrap();
    for _ in 0..3 {
        assert_eq!(next(&mut heard).await, "command /chorus help");
    }
    assert!(slack.violations().is_empty(), "{:?}", slack.violations());
}

#[tokio::test]
async fn the_real_client_comes_back_after_a_refresh_a_broken_socket_and_an_outage() {
    let slack = slack().await;
    let mut heard = connect(&slack).await;
    let ada = slack.person("T1", "U1");
    slack.disconnect("refresh_requested");
    slack.drop_sockets();
    slack.shutdown();
    tokio::time::timeout(Duration::from_secs(2), async {
        while slack.resume().await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    slack.connected(1).await.unwrap();
    ada.types("/chorus me", "C1").unwrap();
    assert_eq!(next(&mut heard).await, "command /chorus me");
}

/// A connection that never acknowledges by itself.
async fn silent_socket(
    slack: &SlackEmulator,
) -> tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>> {
    let url = format!("{}/apps.connections.open", slack.api_url());
    let opened = http()
        .post(url)
        .bearer_auth("xapp-1-emulator")
        .send()
        .await
        .unwrap();
    let opened: Value = opened.json().await.unwrap();
    tokio_tungstenite::connect_async(opened["url"].as_str().unwrap())
        .await
        .unwrap()
        .0
}

#[tokio::test]
async fn an_envelope_without_acknowledgement_comes_again_and_is_blamed() {
    use futures::{SinkExt, StreamExt};
    let slack = slack().await;
    let mut socket = silent_socket(&slack).await;
    let hello: Value =
        serde_json::from_str(socket.next().await.unwrap().unwrap().to_text().unwrap()).unwrap();
    assert_eq!(
        (&hello["type"], &hello["connection_info"]["app_id"]),
        (&json!("hello"), &json!("A0CHORUS"))
    );
    slack
        .person("T1", "U1")
        .types("/chorus help", "C1")
        .unwrap();
    let mut next = async || -> Value {
        serde_json::from_str(socket.next().await.unwrap().unwrap().to_text().unwrap()).unwrap()
    };
    let (first, second) = (next().await, next().await);
    assert_eq!(first["envelope_id"], second["envelope_id"]);
    assert_eq!(
        (&first["retry_attempt"], &second["retry_attempt"]),
        (&Value::Null, &json!(1))
    );
    let acknowledgement = json!({ "envelope_id": first["envelope_id"] }).to_string();
    for _ in 0..3 {
        socket.send(acknowledgement.clone().into()).await.unwrap();
    }
    let rules = slack
        .state()
        .until(|state| {
            let rules: Vec<Rule> = state.journal.violations.iter().map(|v| v.rule).collect();
            (rules.len() >= 2).then_some(rules)
        })
        .await;
    assert_eq!(rules, [Rule::NotAcknowledged, Rule::AcknowledgedTwice]);
}

#[tokio::test]
async fn what_a_closed_socket_left_goes_to_another() {
    use futures::StreamExt;
    let slack = slack().await;
    let mut first = silent_socket(&slack).await;
    first.next().await.unwrap().unwrap();
    slack
        .person("T1", "U1")
        .types("/chorus help", "C1")
        .unwrap();
    first.next().await.unwrap().unwrap();
    drop(first);
    let mut second = silent_socket(&slack).await;
    second.next().await.unwrap().unwrap();
    let envelope = second.next().await.unwrap().unwrap();
    assert!(envelope.to_text().unwrap().contains("/chorus"));
}

#[tokio::test]
async fn a_command_that_reaches_nobody_tells_the_person() {
    let slack = slack().await;
    let ada = slack.person("T1", "U1");
    ada.types("/chorus help", "C1").unwrap();
    ada.waits_for_text("C1", "dispatch_failed").await.unwrap();
    assert!(slack.violations().is_empty());
}

#[tokio::test]
async fn a_command_that_the_app_does_not_have_never_reaches_it() {
    let slack = slack().await;
    let ada = slack.person("T1", "U1");
    assert_eq!(ada.types("/giphy cat", "C1").unwrap(), None);
    assert_eq!(
        ada.sees_last("C1").unwrap().text,
        "/giphy is not a valid command."
    );
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
async fn calls_are_refused_with_slacks_own_codes() {
    let slack = slack().await;
    for (method, body, error) in [
        (
            "chat.postMessage",
            json!({ "channel": "C9", "text": "t" }),
            "channel_not_found",
        ),
        (
            "chat.postMessage",
            json!({ "channel": "C2", "text": "t" }),
            "not_in_channel",
        ),
        ("chat.postMessage", json!({ "channel": "C1" }), "no_text"),
        (
            "chat.postMessage",
            json!({ "channel": "C1", "text": "t", "x": 1 }),
            "invalid_arguments",
        ),
        (
            "chat.postMessage",
            json!({ "channel": "C1", "blocks": [{}] }),
            "invalid_blocks",
        ),
        (
            "chat.update",
            json!({ "channel": "C1", "ts": "1.1", "text": "t" }),
            "message_not_found",
        ),
        (
            "chat.postEphemeral",
            json!({ "channel": "C1", "user": "U9", "text": "t" }),
            "user_not_found",
        ),
        ("users.info", json!({ "user": "U1" }), "invalid_arguments"),
        (
            "conversations.open",
            json!({ "users": "U9" }),
            "user_not_found",
        ),
        (
            "views.open",
            json!({ "trigger_id": "x", "view": { "type": "modal", "blocks": [{ "type": "divider" }],
            "title": { "type": "plain_text", "text": "t" } } }),
            "invalid_trigger_id",
        ),
        ("chat.shout", json!({}), "unknown_method"),
    ] {
        let answer = call(&slack, method, body.clone()).await;
        assert_eq!(
            (&answer["ok"], answer["error"].as_str()),
            (&json!(false), Some(error)),
            "{method} {body}"
        );
    }
    let rules: Vec<Rule> = slack
        .violations()
        .iter()
        .map(|violation| violation.rule)
        .collect();
    let expected = [
        Rule::WrongArgument,
        Rule::UnknownArgument,
        Rule::OverLimit,
        Rule::JsonNotAccepted,
        Rule::UnknownMethod,
    ];
    assert_eq!(rules, expected);
}

#[tokio::test]
async fn tokens_and_scopes_are_checked() {
    let slack = slack().await;
    slack.add_workspace("T2", "Small", "small");
    slack.install("T2", "xoxb-2", &["commands"]);
    for (token, error) in [
        (None, "not_authed"),
        (Some("xoxb-9"), "invalid_auth"),
        (Some("xapp-1-emulator"), "not_allowed_token_type"),
        (Some("xoxb-2"), "missing_scope"),
    ] {
        let mut request = http().get(format!("{}/users.info?user=U1", slack.api_url()));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["error"], error);
    }
    let url = format!("{}/users.info?user=U1", slack.api_url());
    let answer = http().get(url).bearer_auth("xoxb-2").send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(
        (&answer["needed"], &answer["provided"]),
        (&json!("users:read"), &json!("commands"))
    );
    slack.uninstall("T1");
    let answer = call(&slack, "auth.test", json!({})).await;
    assert_eq!(answer["error"], "token_revoked");
}

#[tokio::test]
async fn a_person_is_shown_with_all_that_membership_depends_on() {
    let slack = slack().await;
    slack.add_user(User {
        kind: UserKind::Stranger { home: "T7".into() },
        email_confirmed: false,
        ..User::member("T1", "U2", "Bob", "bob@other.example")
    });
    let url = format!("{}/users.info", slack.api_url());
    let form = [("user", "U2"), ("include_locale", "true")];
    let answer = http()
        .post(url)
        .bearer_auth(TOKEN)
        .form(&form)
        .send()
        .await
        .unwrap();
    let answer: Value = answer.json().await.unwrap();
    let user = &answer["user"];
    assert_eq!(
        (&user["is_stranger"], &user["team_id"]),
        (&json!(true), &json!("T7"))
    );
    assert_eq!(
        (&user["is_email_confirmed"], &user["locale"]),
        (&json!(false), &json!("en-US"))
    );
    assert_eq!(user["profile"]["email"], "bob@other.example");
    assert_eq!(user["deleted"], false);
    slack.deactivate("T1", "U2");
    let url = format!("{}/users.info?user=U2", slack.api_url());
    let answer = http().get(url).bearer_auth(TOKEN).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["user"]["deleted"], true);
}

#[tokio::test]
async fn history_shows_metadata_when_asked_and_pages_and_can_be_hidden() {
    let slack = slack().await;
    slack.limits(|limits| limits.on = false);
    for n in 0..5 {
        let metadata =
            json!({ "event_type": "delivery", "event_payload": { "id": n.to_string() } });
        let body = json!({ "channel": "C1", "text": n.to_string(), "metadata": metadata });
        assert_eq!(call(&slack, "chat.postMessage", body).await["ok"], true);
    }
    let history = async |query: &str| -> Value {
        let url = format!(
            "{}/conversations.history?channel=C1&{query}",
            slack.api_url()
        );
        http()
            .get(url)
            .bearer_auth(TOKEN)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    };
    let page = history("limit=3&include_all_metadata=true").await;
    assert_eq!(page["messages"][0]["metadata"]["event_payload"]["id"], "4");
    let cursor = page["response_metadata"]["next_cursor"].as_str().unwrap();
    let rest = history(&format!("limit=3&cursor={cursor}")).await;
    assert_eq!(
        (
            rest["messages"].as_array().unwrap().len(),
            &rest["has_more"]
        ),
        (2, &json!(false))
    );
    assert_eq!(rest["messages"][0]["metadata"], Value::Null);
    let oldest = page["messages"][1]["ts"].as_str().unwrap();
    assert_eq!(
        history(&format!("oldest={oldest}")).await["messages"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    slack.hide_history("internal_error");
    assert_eq!(history("").await["error"], "internal_error");
}

#[tokio::test]
async fn who_does_not_wait_after_a_429_is_blamed() {
    let slack = slack().await;
    let post = async || {
        let url = format!("{}/chat.postMessage", slack.api_url());
        let body = json!({ "channel": "C1", "text": "t" });
        http()
            .post(url)
            .bearer_auth(TOKEN)
            .json(&body)
            .send()
            .await
            .unwrap()
    };
    for _ in 0..3 {
        assert_eq!(post().await.status(), 200);
    }
    let refused = post().await;
    assert_eq!(
        (
            refused.status().as_u16(),
            refused.headers()["retry-after"].as_bytes()
        ),
        (429, &b"1"[..])
    );
    assert!(slack.violations().is_empty());
    post().await;
    assert_eq!(slack.violations()[0].rule, Rule::CalledBeforeRetryAfter);
}

#[tokio::test]
async fn ordered_faults_happen_and_end() {
    let slack = slack().await;
    let body = || json!({ "channel": "C1", "text": "t" });
    let post = async || {
        let url = format!("{}/chat.postMessage", slack.api_url());
        let client = Client::builder()
            .timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let answer = client
            .post(url)
            .bearer_auth(TOKEN)
            .json(&body())
            .send()
            .await?;
        let status = answer.status().as_u16();
        answer.bytes().await?;
        Ok::<u16, reqwest::Error>(status)
    };
    slack.fault("chat.postMessage", FaultKind::TooMany(None), 1);
    slack.fault("chat.postMessage", FaultKind::ServerError, 1);
    slack.fault("chat.postMessage", FaultKind::Reset, 1);
    slack.fault("chat.postMessage", FaultKind::Timeout, 1);
    slack.fault("chat.postMessage", FaultKind::AnswerLost, 1);
    assert_eq!(post().await.unwrap(), 429);
    assert_eq!(post().await.unwrap(), 500);
    assert!(!post().await.unwrap_err().is_timeout());
    assert!(post().await.unwrap_err().is_timeout());
    assert_eq!(slack.person("T1", "U1").sees("C1").len(), 0);
    assert!(post().await.unwrap_err().is_timeout());
    assert_eq!(slack.person("T1", "U1").sees("C1").len(), 1);
    assert_eq!(post().await.unwrap(), 200);
}

#[tokio::test]
async fn an_ephemeral_is_seen_by_one_person_and_its_press_carries_no_message() {
    let slack = slack().await;
    let mut heard = connect(&slack).await;
    slack.add_user(User::member("T1", "U2", "Bob", "bob@acme.example"));
    slack.state().change(|state| {
        state
            .kept
            .channels
            .get_mut(&"C1".into())
            .unwrap()
            .members
            .insert("U2".into());
    });
    let body = json!({ "channel": "C1", "user": "U1", "blocks": card(), "text": "t" });
    assert_eq!(call(&slack, "chat.postEphemeral", body).await["ok"], true);
    assert!(slack.person("T1", "U2").sees("C1").is_empty());
    assert_eq!(slack.unseen_messages().len(), 1);
    slack.person("T1", "U1").clicks("Share").await.unwrap();
    assert_eq!(next(&mut heard).await, "action share p1 false");
    assert!(slack.unseen_messages().is_empty());
}

#[tokio::test]
async fn an_answer_may_replace_or_delete_the_message_acted_on() {
    use futures::StreamExt;
    let slack = slack().await;
    let mut socket = silent_socket(&slack).await;
    socket.next().await.unwrap().unwrap();
    let ada = slack.person("T1", "U1");
    let body = json!({ "channel": "C1", "user": "U1", "blocks": card() });
    call(&slack, "chat.postEphemeral", body).await;
    ada.clicks("Share").await.unwrap();
    let envelope: Value =
        serde_json::from_str(socket.next().await.unwrap().unwrap().to_text().unwrap()).unwrap();
    let url = envelope["payload"]["response_url"].as_str().unwrap();
    let answer = async |body: Value| {
        http()
            .post(url)
            .json(&body)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(
        answer(json!({ "replace_original": true, "text": "Done" })).await,
        200
    );
    assert_eq!(ada.sees_last("C1").unwrap().text, "Done");
    assert_eq!(
        answer(json!({ "response_type": "in_channel", "text": "All" })).await,
        200
    );
    assert!(!ada.sees_last("C1").unwrap().is_ephemeral);
    assert_eq!(answer(json!({ "delete_original": true })).await, 200);
    assert_eq!(ada.sees("C1").len(), 1);
    assert_eq!(answer(json!({ "text": "private" })).await, 200);
    assert_eq!(answer(json!({ "text": "fifth" })).await, 200);
    assert_eq!(answer(json!({ "text": "sixth" })).await, 404);
    assert_eq!(slack.violations()[0].rule, Rule::ResponseUrl);
}

#[tokio::test]
async fn a_modal_is_opened_filled_in_refused_and_submitted() {
    use futures::{SinkExt, StreamExt};
    let slack = slack().await;
    let mut socket = silent_socket(&slack).await;
    socket.next().await.unwrap().unwrap();
    let ada = slack.person("T1", "U1");
    ada.types("/chorus edit", "C1").unwrap();
    let mut next = async || -> Value {
        serde_json::from_str(socket.next().await.unwrap().unwrap().to_text().unwrap()).unwrap()
    };
    let command = next().await;
    let view = json!({
        "type": "modal", "title": { "type": "plain_text", "text": "Your words" },
        "submit": { "type": "plain_text", "text": "Share" }, "private_metadata": "p1",
        "blocks": [{ "type": "input", "block_id": "text", "label": { "type": "plain_text", "text": "Text" },
            "element": { "type": "plain_text_input", "action_id": "value", "initial_value": "Hello" } }],
    });
    let body = json!({ "trigger_id": command["payload"]["trigger_id"], "view": view });
    assert_eq!(call(&slack, "views.open", body.clone()).await["ok"], true);
    assert_eq!(
        call(&slack, "views.open", body).await["error"],
        "exchanged_trigger_id"
    );
    assert_eq!(
        ada.waits_for_dialog("Your words").await.unwrap().inputs[0].value["value"],
        "Hello"
    );
    ada.fills("Text", "Mine").unwrap();
    let submitting = tokio::spawn({
        let ada = ada.clone();
        async move { ada.submits().await }
    });
    let submission = next().await;
    assert_eq!(
        submission["payload"]["view"]["state"]["values"]["text"]["value"]["value"],
        "Mine"
    );
    let refusal = json!({ "response_action": "errors", "errors": { "text": "Too short" } });
    let answer = json!({ "envelope_id": submission["envelope_id"], "payload": refusal });
    socket.send(answer.to_string().into()).await.unwrap();
    submitting.await.unwrap().unwrap();
    assert_eq!(
        ada.dialog().unwrap().inputs[0].error.as_deref(),
        Some("Too short")
    );
    ada.closes_dialog().unwrap();
    assert!(matches!(
        ada.fills("Text", "x"),
        Err(PersonError::NoDialog { .. })
    ));
}

#[tokio::test]
async fn waiting_in_vain_tells_the_conversation_so_far() {
    let slack = slack().await;
    call(
        &slack,
        "chat.postMessage",
        json!({ "channel": "C1", "blocks": card() }),
    )
    .await;
    let ada = slack
        .person("T1", "U1")
        .patient_for(Duration::from_millis(20));
    let error = ada
        .waits_for_text("C1", "never")
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("We opened a garden") && error.contains("[Share]"),
        "{error}"
    );
    let error = ada.clicks("Nothing").await.unwrap_err().to_string();
    assert!(error.contains("We opened a garden"), "{error}");
}

#[tokio::test]
async fn what_was_said_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("slack.json");
    let before = slack().await;
    call(
        &before,
        "chat.postMessage",
        json!({ "channel": "C1", "text": "Still here" }),
    )
    .await;
    before.state().save(&file).unwrap();
    let after = slack().await;
    after.state().load(&file).unwrap();
    assert_eq!(
        after.person("T1", "U1").sees_last("C1").unwrap().text,
        "Still here"
    );
    call(
        &after,
        "chat.postMessage",
        json!({ "channel": "C1", "text": "Later" }),
    )
    .await;
    assert_eq!(
        after.person("T1", "U1").sees_last("C1").unwrap().text,
        "Later"
    );
}
