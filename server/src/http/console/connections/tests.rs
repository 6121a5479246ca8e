//! Connections as a browser without script sees them.

use std::sync::Arc;

use entity::enums::Role;
use serde_json::json;

use crate::service::topics;
use crate::test_support::console::Browser;
use crate::test_support::granting::{Granting, slack_grant};
use crate::test_support::people::WORKSPACE;
use crate::test_support::server::Answer;
use crate::test_support::{Kind, TestApp};

struct Scene {
    t: TestApp,
    chat: Granting,
    browser: Browser,
    owner: crate::service::actor::Actor,
    server: Arc<crate::test_support::server::TestServer>,
}

async fn on_both<F: Future<Output = ()>>(test: impl Fn(Scene) -> F) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let chat = Granting::start().await;
        let t = TestApp::configured(kind, &chat.options()).await;
        let owner = t.actor(&[Role::Owner]).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &owner).await;
        test(Scene {
            t,
            chat,
            browser,
            owner,
            server,
        })
        .await;
    }
}

impl Scene {
    /// Begins; the state in the address, and the browser with what it keeps.
    async fn begins(&self) -> (String, Browser) {
        let sent = self.browser.get("connect/slack").await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let location = sent.header("location").to_owned();
        assert!(location.starts_with(&format!("{}/oauth/v2/authorize?", self.chat.base)));
        let (_, state) = location.split_once("state=").unwrap();
        let kept = sent.header("set-cookie").split(';').next().unwrap();
        assert!(kept.starts_with("chorus-connect-slack="), "{kept}");
        let cookie = format!("{}; {kept}", self.browser.cookie);
        (state.to_owned(), self.browser.with_cookie(cookie))
    }

    async fn connects(&self) -> Answer {
        let (state, browser) = self.begins().await;
        let back = format!("/connect/slack/callback?code=c&state={state}");
        browser.get(&back).await
    }
}

#[tokio::test]
async fn a_chat_is_connected_gets_a_channel_and_is_disconnected() {
    on_both(async |scene: Scene| {
        let empty = scene.browser.get("settings/connections").await.text();
        assert!(empty.contains("No chat is connected yet"), "{empty}");
        assert!(empty.contains("connect/slack\"") && empty.contains("connect/discord\""));
        scene.chat.grants(slack_grant("T1", "xoxb-1"));
        let back = scene.connects().await;
        assert_eq!(back.status, 303, "{}", back.text());
        let page = scene.browser.get(back.header("location")).await.text();
        assert!(page.contains("Connected. Now add a channel."), "{page}");
        assert!(page.contains("No channel gets posts.") && !page.contains("xoxb"));
        let (_, rest) = page.split_once("id=\"c-").unwrap();
        let id = rest.split('"').next().unwrap();
        let overview = scene.browser.get("settings").await.text();
        let short = "One chat is connected. One of them needs you.";
        assert!(overview.contains(short), "{overview}");
        let home = scene.browser.get("").await.text();
        assert!(home.contains("Connections to chats"), "{home}");
        let add = format!("settings/connections/{id}/channels");
        let wrong = [("place", "somewhere"), ("name", "tea")];
        let again = scene.browser.post(&add, &wrong).await;
        assert_eq!(again.status, 422);
        assert!(again.text().contains("value=\"somewhere\""));
        let right = [("place", "C0TEA"), ("name", "tea")];
        let page = scene.browser.post_and_follow(&add, &right).await.text();
        assert!(page.contains("#tea") && page.contains("Gets posts of every topic."));

        let stop = format!("settings/connections/{id}/disconnect");
        for _ in 0..2 {
            let page = scene.browser.post_and_follow(&stop, &[]).await.text();
            assert!(page.contains("Somebody disconnected it here."), "{page}");
            assert!(!page.contains("#tea"), "{page}");
            let home = scene.browser.get("").await.text();
            assert!(
                !home.contains("Connections to chats"),
                "what ended ails nobody"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_back_otherwise_connects_nothing_and_is_told_why() {
    on_both(async |scene: Scene| {
        scene.chat.grants(slack_grant("T1", "xoxb-1"));
        let (state, browser) = scene.begins().await;
        let back = format!("/connect/slack/callback?code=c&state={state}");
        let other = scene.t.actor(&[Role::Owner]).await;
        let other = scene.t.log_in_on(&scene.server, &other).await;
        let nobody = scene.browser.with_cookie(String::new());
        for lured in [&other, &nobody, &scene.browser] {
            let refused = lured.get(&back).await;
            assert_eq!(refused.status, 403);
            assert!(refused.text().contains("was not begun in this browser"));
        }
        // Another chat in another tab, and whoever is lured back, leave this one under way.
        let discord = browser.get("connect/discord").await;
        let kept = discord.header("set-cookie");
        assert!(kept.starts_with("chorus-connect-discord="), "{kept}");
        let lured = "/connect/slack/callback?code=c&state=made-up";
        let lured = browser.get(lured).await;
        assert_eq!(lured.status, 403);
        assert!(lured.headers.get("set-cookie").is_none());
        let done = browser.get(&back).await;
        assert_eq!(done.status, 303);
        let kept = done.header("set-cookie");
        assert!(kept.starts_with("chorus-connect-slack=;"), "{kept}");
        assert_eq!(browser.get(&back).await.status, 403, "it counts once");

        let (state, browser) = scene.begins().await;
        let denied = format!("/connect/slack/callback?error=access_denied&state={state}");
        let denied = browser.get(&denied).await;
        assert_eq!(denied.status, 403);
        assert!(denied.text().contains("It was not allowed in the chat"));
        scene
            .chat
            .grants(json!({"ok": false, "error": "bad_redirect_uri"}));
        let broken = scene.connects().await;
        assert_eq!(broken.status, 502);

        let theirs = scene.t.actor(&[Role::Owner]).await;
        scene.t.workspace(&theirs.organization).await;
        scene.chat.grants(slack_grant(WORKSPACE, "xoxb-2"));
        let elsewhere = scene.connects().await;
        assert_eq!(elsewhere.status, 409);
        assert!(elsewhere.text().contains("belongs to another organization"));
        // A form from another site changes nothing.
        let page = format!("{}settings/connections/x/disconnect", scene.browser.home);
        let headers = [
            ("cookie", scene.browser.cookie.as_str()),
            ("origin", "https://evil.example"),
        ];
        let forged = scene
            .server
            .visit(reqwest::Method::POST, &page, &headers)
            .await;
        assert_eq!(forged.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_channels_topics_are_chosen_over_what_the_form_saw() {
    on_both(async |scene: Scene| {
        scene.t.workspace(&scene.owner.organization).await;
        let tea = topics::create_topic(&scene.t.app, &scene.owner, "Tea").await;
        let tea = tea.unwrap().topic.id.to_string();
        let page = scene.browser.get("settings/connections").await.text();
        let (_, rest) = page.split_once("settings/channels/").unwrap();
        let id = rest.split('/').next().unwrap().to_owned();
        let path = format!("settings/channels/{id}/topics");
        let chosen = [("version", "1"), ("which", "chosen"), ("topic", &tea)];
        let page = scene.browser.post_and_follow(&path, &chosen).await.text();
        assert!(page.contains("Gets posts about Tea."), "{page}");
        let late = [("version", "1"), ("which", "all")];
        let late = scene.browser.post(&path, &late).await;
        assert_eq!(late.status, 422);
        let text = late.text();
        assert!(text.contains("Somebody changed the topics") && text.contains("value=\"2\""));
        let none = [("version", "2"), ("which", "chosen")];
        let none = scene.browser.post(&path, &none).await;
        assert!(none.text().contains("Tick one topic at least"));
        let every = [("version", "2"), ("which", "all")];
        let page = scene.browser.post_and_follow(&path, &every).await.text();
        assert!(page.contains("Gets posts of every topic."), "{page}");

        let rests = format!("settings/channels/{id}/pause");
        let page = scene.browser.post_and_follow(&rests, &[]).await.text();
        assert!(page.contains("All of its channels rest."), "{page}");
        let wakes = format!("settings/channels/{id}/resume");
        scene.browser.post_and_follow(&wakes, &[]).await;
        let path = format!("settings/channels/{id}/test");
        let tried = scene.browser.post(&path, &[]);
        let courier = async {
            let mut delivered = Vec::new();
            while delivered.is_empty() {
                delivered = scene.t.deliver().await;
            }
        };
        let (tried, ()) = tokio::join!(tried, courier);
        let page = scene.browser.get(tried.header("location")).await.text();
        assert!(page.contains("The test has arrived."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_app_that_was_removed_in_its_chat_needs_somebody_until_they_leave_it_so() {
    on_both(async |scene: Scene| {
        let home = scene.t.workspace(&scene.owner.organization).await;
        let uninstalled =
            crate::service::installations::revoke(&scene.t.app, home.platform, home.id);
        uninstalled.await.unwrap();
        let page = scene.browser.get("settings/connections").await.text();
        assert!(page.contains("The app was removed in the chat."), "{page}");
        assert!(!page.contains("id=\"ended\""), "it is not over yet: {page}");
        let start = scene.browser.get("").await.text();
        let told = "The app was removed in Slack: nothing goes there until it is connected again.";
        assert!(start.contains(told), "{start}");
        assert!(start.contains("connect/slack\""), "{start}");
        let overview = scene.browser.get("settings").await.text();
        let short = "No chat is connected. One was removed in its chat and needs you.";
        assert!(overview.contains(short), "{overview}");

        // Whoever leaves it so is not asked again.
        let leave = format!("settings/connections/{}/disconnect", home.id);
        for _ in 0..2 {
            let page = scene.browser.post_and_follow(&leave, &[]).await.text();
            let (_, ended) = page.split_once("id=\"ended\"").unwrap();
            assert!(ended.contains("Ended: one connection"), "{page}");
            assert!(ended.contains("Somebody disconnected it here."), "{page}");
        }
        let start = scene.browser.get("").await.text();
        assert!(!start.contains("Connections to chats"), "{start}");
        let overview = scene.browser.get("settings").await.text();
        assert!(!overview.contains("removed in its chat"), "{overview}");
    })
    .await;
}

#[tokio::test]
async fn a_channel_that_was_added_by_mistake_is_removed_and_brought_back() {
    on_both(async |scene: Scene| {
        scene.t.workspace(&scene.owner.organization).await;
        let page = scene.browser.get("settings/connections").await.text();
        let (_, rest) = page.split_once("settings/channels/").unwrap();
        let id = rest.split('/').next().unwrap().to_owned();
        assert!(page.contains("Remove channel") && !page.contains("Removed: one channel"));
        let remove = format!("settings/channels/{id}/remove");
        let restore = format!("settings/channels/{id}/restore");
        for _ in 0..2 {
            let page = scene.browser.post_and_follow(&remove, &[]).await.text();
            assert!(page.contains("The channel is removed"), "{page}");
            assert!(page.contains("Removed: one channel"), "{page}");
            assert!(page.contains("No channel gets posts."), "{page}");
            assert!(page.contains(">Undo</button>"), "{page}");
            assert!(!page.contains(&remove), "{page}");
        }
        let stranger = scene.t.actor(&[Role::Owner]).await;
        let stranger = scene.t.log_in_on(&scene.server, &stranger).await;
        assert_eq!(stranger.post(&restore, &[]).await.status, 404);
        for _ in 0..2 {
            let page = scene.browser.post_and_follow(&restore, &[]).await.text();
            assert!(page.contains("The channel is back."), "{page}");
            assert!(!page.contains("No channel gets posts."), "{page}");
            assert!(page.contains(&remove), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_without_applications_says_what_is_lacking() {
    let t = TestApp::new(Kind::Sqlite).await;
    let owner = t.actor(&[Role::Owner]).await;
    let browser = t.log_in(&owner).await;
    let page = browser.get("settings/connections").await.text();
    assert!(page.contains("client_id and client_secret under [slack]"));
    assert!(page.contains("/connect/slack/callback"));
    for chat in ["slack", "discord"] {
        let none = browser.get(&format!("connect/{chat}")).await;
        assert_eq!(none.status, 404);
        assert!(none.text().contains("has no application there yet"));
    }
    let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
    let curator = t.log_in(&curator).await;
    assert_eq!(curator.get("settings/connections").await.status, 403);
}
