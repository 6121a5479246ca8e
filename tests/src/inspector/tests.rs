//! The pages as a person without script uses them.
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::*;
use crate::browser::{Browser, DESKTOP};
use crate::clock::Clock;
use crate::emulator::discord::DiscordConfig;
use crate::emulator::slack::SlackConfig;
use crate::emulator::slack::model::{Channel, User};

mod discord;

const ROOM: &str = "/chat/U1/C1";

struct Stage {
    slack: SlackEmulator,
    discord: DiscordEmulator,
    base: String,
    browser: Browser,
}

impl Stage {
    async fn opens(&self, path: &str) -> String {
        self.browser
            .opens(&format!("{}{path}", self.base))
            .await
            .unwrap()
            .body
    }

    async fn submits(&self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let url = format!("{}{path}", self.base);
        let answer = self.browser.submits(&url, fields).await.unwrap();
        (
            answer.status.as_u16(),
            answer.location().unwrap_or_default().to_owned(),
        )
    }
}

async fn stage() -> Stage {
    let listener = || async { TcpListener::bind("127.0.0.1:0").await.unwrap() };
    let clock = Clock::from_fn(|| chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    let config = SlackConfig {
        acknowledge_within: Duration::from_millis(50),
        ..SlackConfig::new(clock.clone())
    };
    let slack = SlackEmulator::start(config, listener().await).unwrap();
    let discord = DiscordConfig {
        acknowledge_within: Duration::from_millis(50),
        ..DiscordConfig::new(clock.clone())
    };
    let discord = DiscordEmulator::start(discord, listener().await).unwrap();
    let networks = NetworksEmulator::start(clock, "Ada Lovelace", listener().await).unwrap();
    slack.add_workspace("T1", "Acme & Sons", "acme");
    let bot = slack.install("T1", "xoxb-1", &["chat:write", "commands"]);
    slack.add_user(User::member("T1", "U1", "Ada <b>", "ada@acme.example"));
    slack.add_channel(Channel::public("T1", "C1", "news", &["U1", bot.as_str()]));
    let served = listener().await;
    let base = format!("http://{}", served.local_addr().unwrap());
    let board = Link {
        label: "Leaderboard".to_owned(),
        about: "Who is ahead".to_owned(),
        url: "http://127.0.0.1:1/b/x".to_owned(),
    };
    let router = router((slack.clone(), discord.clone()), networks, vec![board]);
    tokio::spawn(async move { axum::serve(served, router).await });
    Stage {
        slack,
        discord,
        base,
        browser: Browser::new(DESKTOP, "127.0.0.1").unwrap(),
    }
}

async fn post_card(slack: &SlackEmulator) {
    let button = |label: &str, id: &str| {
        json!({ "type": "button", "action_id": id,
        "text": { "type": "plain_text", "text": label } })
    };
    let mut link = button("LinkedIn", "open");
    link["url"] = json!("https://l.example/s/1");
    let blocks = json!([
        { "type": "header", "text": { "type": "plain_text", "text": "A <garden>" } },
        { "type": "actions", "block_id": "b", "elements": [button("Share", "share"), link,
            { "type": "overflow", "action_id": "more", "options": [
                { "text": { "type": "plain_text", "text": "Not for me" }, "value": "1" },
                { "text": { "type": "plain_text", "text": "Later" }, "value": "2" }] }] },
    ]);
    calls(
        slack,
        "chat.postMessage",
        json!({ "channel": "C1", "blocks": blocks }),
    )
    .await;
}

async fn calls(slack: &SlackEmulator, method: &str, body: Value) {
    let url = format!("{}/{method}", slack.api_url());
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let answer = client
        .post(url)
        .bearer_auth("xoxb-1")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["ok"], true);
}

#[tokio::test]
async fn a_newcomer_finds_the_chat_the_networks_and_the_board() {
    let stage = stage().await;
    let landing = stage.opens("/").await;
    assert!(landing.contains("href=\"/chat\"") && landing.contains("http://127.0.0.1:1/b/x"));
    let url = format!("{}/chat", stage.base);
    let first = stage.browser.opens(&url).await.unwrap();
    assert_eq!(first.location(), Some(ROOM));
    let window = stage.opens(ROOM).await;
    assert!(window.contains("Slack emulator") && window.contains("Nothing here yet"));
    assert!(!window.contains("<b>"), "names are escaped");
}

#[tokio::test]
async fn a_press_a_choice_and_a_link_reach_the_app_by_plain_forms() {
    let stage = stage().await;
    post_card(&stage.slack).await;
    let window = stage.opens(ROOM).await;
    assert!(
        window.contains("A &lt;garden&gt;") && window.contains("Not for me"),
        "{window}"
    );
    let ada = stage.slack.person("T1", "U1");
    let ts = ada.sees_last("C1").unwrap().ts.to_string();
    let fields = |action: &'static str| [("ts", ts.as_str()), ("block", "b"), ("action", action)];
    let press = format!("{ROOM}/press");
    assert_eq!(
        stage.submits(&press, &fields("share")).await,
        (303, ROOM.to_owned())
    );
    let opened = stage.submits(&press, &fields("open")).await;
    assert_eq!(opened, (303, "https://l.example/s/1".to_owned()));
    let [a, b, c] = fields("more");
    let chosen = stage.submits(&press, &[a, b, c, ("option", "Later")]).await;
    assert_eq!(chosen, (303, ROOM.to_owned()));
    assert_eq!(stage.submits(&press, &fields("gone")).await.0, 409);
    ada.waits_for("C1", |seen| {
        seen.is_ephemeral && seen.text.contains("dispatch_failed")
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn words_and_commands_are_typed_in_one_box_and_ephemerals_say_so() {
    let stage = stage().await;
    let say = format!("{ROOM}/say");
    stage.submits(&say, &[("line", "Hello *all*")]).await;
    assert!(
        stage
            .opens(ROOM)
            .await
            .contains("Hello <strong>all</strong>")
    );
    stage.submits(&say, &[("line", "/chorus help")]).await;
    let ada = stage.slack.person("T1", "U1");
    ada.waits_for_text("C1", "dispatch_failed").await.unwrap();
    let conversation = stage.opens(&format!("{ROOM}/conversation")).await;
    assert!(conversation.contains("Only visible to you"));
    assert_eq!(
        stage.submits("/chat/U9/C1/say", &[("line", "x")]).await.0,
        404
    );
}

#[tokio::test]
async fn the_home_tab_is_a_page_beside_the_direct_messages() {
    let stage = stage().await;
    let home = "/chat/U1/home";
    let empty = stage.opens(home).await;
    assert!(empty.contains("has not published a page"), "{empty}");
    assert!(!empty.contains("id=\"line\""), "nothing can be typed there");
    publish_home(&stage.slack).await;
    let page = stage.opens(&format!("{home}/conversation")).await;
    assert!(page.contains("Your &lt;page&gt;"), "{page}");
    let press = format!("{home}/press");
    let fields = |action: &'static str| [("ts", "V"), ("block", "h"), ("action", action)];
    assert_eq!(
        stage.submits(&press, &fields("more")).await,
        (303, home.to_owned())
    );
    let opened = stage.submits(&press, &fields("open")).await;
    assert_eq!(opened, (303, "https://l.example/s/1".to_owned()));
    assert_eq!(stage.submits(&press, &fields("gone")).await.0, 409);
    let window = stage.opens(home).await;
    assert!(window.contains(">Messages</a>"), "{window}");
    let direct = stage.slack.person("T1", "U1").direct().unwrap();
    let messages = stage.opens(&format!("/chat/U1/{direct}")).await;
    assert!(messages.contains(">Home</a>") && messages.contains("id=\"line\""));
}

async fn publish_home(slack: &SlackEmulator) {
    let button = |label: &str, id: &str| {
        json!({ "type": "button", "action_id": id,
        "text": { "type": "plain_text", "text": label } })
    };
    let mut link = button("LinkedIn", "open");
    link["url"] = json!("https://l.example/s/1");
    let blocks = json!([
        { "type": "header", "text": { "type": "plain_text", "text": "Your <page>" } },
        { "type": "actions", "block_id": "h", "elements": [button("More", "more"), link] },
    ]);
    let body = json!({ "user_id": "U1", "view": { "type": "home", "blocks": blocks } });
    calls(slack, "views.publish", body).await;
}
