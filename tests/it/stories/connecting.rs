//! Connecting Slack in the console, from nothing to a post in the right channel, and ending it.

use server_api::connection::AilmentKind;
use server_api::enums::JoinPolicy;
use server_api::ids::ChannelId;
use server_api::organization::{Setup, SetupOrganization, SetupOwner};
use server_api::post::{ApprovePost, CreatePost};
use server_api::topic::CreateTopic;
use tests::browser::{Browser, DESKTOP};
use tests::outside::{CHANNEL, COMPANY, OWNER_EMAIL, WORKSPACE};
use tests::people::Chat;
use tests::world::World;

use server::test_support::Kind;

/// The console's address, and the owner's browser in it.
async fn owner(world: &World) -> (String, Browser) {
    let link = world.operator().console_link().await.unwrap().url;
    let browser = Browser::new(DESKTOP, "198.51.100.7").unwrap();
    let entered = browser.submits(&link, &[]).await.unwrap();
    assert_eq!(entered.status, 303, "{}", entered.body);
    let (base, _) = link.split_once("/enter/").unwrap();
    (format!("{base}/o/lindenfeld"), browser)
}

/// A programme of nothing but an owner, before an app that is in no workspace yet.
async fn nothing_yet(kind: Kind) -> World {
    let mut world = World::empty(kind, &[Chat::Slack]).await;
    world.start().await;
    let setup = Setup {
        organization: SetupOrganization {
            slug: "lindenfeld".into(),
            name: COMPANY.into(),
            time_zone: None,
            language: None,
            join_policy: Some(JoinPolicy::Workspace),
            contact: None,
        },
        owner: SetupOwner {
            email: OWNER_EMAIL.into(),
            name: "Olga Owner".into(),
        },
        workspaces: Vec::new(),
        feeds: Vec::new(),
    };
    world.operator().setup(&setup).await.unwrap();
    world
}

/// Presses *Connect Slack*, and allows it in the company's workspace.
async fn connects(console: &str, browser: &Browser) {
    let sent = browser.opens(&format!("{console}/connect/slack")).await;
    let sent = sent.unwrap();
    let slack = sent.location().unwrap_or_else(|| panic!("{}", sent.body));
    let asked = browser.opens(slack).await.unwrap();
    assert!(asked.body.contains("Allow in Lindenfeld"), "{}", asked.body);
    let allowed = browser.opens(&format!("{slack}&allows={WORKSPACE}")).await;
    let back = allowed.unwrap().location().unwrap().to_owned();
    let done = browser.opens(&back).await.unwrap();
    assert_eq!(done.status, 303, "{}", done.body);
}

async fn publish(world: &World, title: &str, topics: &[&str]) {
    let operator = world.operator();
    let form = CreatePost {
        title: title.into(),
        url: Some(world.outside.newsroom.article_url("why-we-repair")),
        topics: topics.iter().map(|&name| name.into()).collect(),
        ..CreatePost::default()
    };
    let post = operator.create_post(&form).await.unwrap();
    operator.submit_post(post.id).await.unwrap();
    let approval = ApprovePost::default();
    operator.approve_post(post.id, &approval).await.unwrap();
}

/// A card arrives: what a chat refuses for a moment is tried again some seconds later, on the
/// world's clock.
async fn arrives(world: &World, title: &str) {
    let ada = world.ada_on(Chat::Slack);
    world
        .until(title, async || {
            world.advance(chrono::TimeDelta::seconds(5));
            ada.screen().iter().any(|one| one.text.contains(title))
        })
        .await;
}

#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
async fn a_newcomer(kind: Kind) {
    let world = nothing_yet(kind).await;
    world.outside.slack.rotates_tokens();
    let (console, browser) = owner(&world).await;
    let page = format!("{console}/settings/connections");
    let empty = browser.opens(&page).await.unwrap();
    assert!(
        empty.body.contains("No chat is connected yet"),
        "{}",
        empty.body
    );
    connects(&console, &browser).await;

    let operator = world.operator();
    let connection = operator.connections().await.unwrap().items.remove(0);
    assert_eq!(connection.external_id, WORKSPACE);
    let add = format!("{page}/{}/channels", connection.id);
    let fields = [("place", CHANNEL), ("name", "share-this")];
    let added = browser.submits(&add, &fields).await.unwrap();
    assert_eq!(added.status, 303, "{}", added.body);
    let topic = CreateTopic {
        name: "Repair".into(),
    };
    let topic = operator.create_topic(&topic).await.unwrap().id.to_string();
    let channel = operator.connections().await.unwrap().items.remove(0);
    let channel: ChannelId = channel.channels[0].id;
    let topics = format!("{console}/settings/channels/{channel}/topics");
    let fields = [
        ("version", "1"),
        ("which", "chosen"),
        ("topic", topic.as_str()),
    ];
    let routed = browser.submits(&topics, &fields).await.unwrap();
    assert_eq!(routed.status, 303, "{}", routed.body);
    let tested = format!("{console}/settings/channels/{channel}/test");
    let tested = browser.submits(&tested, &[]).await.unwrap();
    assert_eq!(tested.status, 303, "{}", tested.body);
    let ada = world.ada_on(Chat::Slack);
    ada.sees(|sight| sight.text.contains("This is a test."))
        .await;

    publish(&world, "About everything else", &[]).await;
    publish(&world, "How we repair", &["Repair"]).await;
    arrives(&world, "How we repair").await;
    let all = ada.screen();
    assert!(
        all.iter().all(|one| !one.text.contains("everything else")),
        "it is about no topic of the channel"
    );

    // Half a day on, the token was renewed while nobody looked.
    world.advance(chrono::TimeDelta::hours(11));
    world
        .until("the token is renewed", async || {
            let now = world.operator().connections().await.unwrap();
            now.items[0].token_expires_at > connection.token_expires_at
        })
        .await;
    publish(&world, "Repaired again", &["Repair"]).await;
    arrives(&world, "Repaired again").await;

    let stop = format!("{page}/{}/disconnect", connection.id);
    let stopped = browser.submits(&stop, &[]).await.unwrap();
    assert_eq!(stopped.status, 303, "{}", stopped.body);
    let ended = world.operator().connections().await.unwrap();
    let kinds: Vec<AilmentKind> = ended.items[0].ailments.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [AilmentKind::Disconnected]);
    world.end().await;
}

#[tokio::test]
async fn a_newcomer_connects_slack_and_routes_a_topic_on_sqlite() {
    Box::pin(a_newcomer(Kind::Sqlite)).await;
}

#[tokio::test]
async fn a_newcomer_connects_slack_and_routes_a_topic_on_postgres() {
    Box::pin(a_newcomer(Kind::Postgres)).await;
}

#[tokio::test]
async fn an_app_that_is_uninstalled_is_told_and_connected_again_goes_on() {
    let world = nothing_yet(Kind::Sqlite).await;
    let (console, browser) = owner(&world).await;
    connects(&console, &browser).await;
    let id = world.operator().connections().await.unwrap().items[0].id;
    let add = format!("{console}/settings/connections/{id}/channels");
    let fields = [("place", CHANNEL), ("name", "share-this")];
    browser.submits(&add, &fields).await.unwrap();
    publish(&world, "Before", &[]).await;
    let ada = world.ada_on(Chat::Slack);
    arrives(&world, "Before").await;
    world.outside.slack.uninstall(WORKSPACE);
    world
        .until("the console says so", async || {
            let page = format!("{console}/settings/connections");
            let page = browser.opens(&page).await.unwrap();
            page.body.contains("The app was removed in the chat.")
        })
        .await;
    let home = browser.opens(&format!("{console}/")).await.unwrap();
    let told = "The app was removed in Slack";
    assert!(home.body.contains(told), "{}", home.body);
    let overview = browser.opens(&format!("{console}/settings")).await.unwrap();
    let told = "One was removed in its chat and needs you.";
    assert!(overview.body.contains(told), "{}", overview.body);
    publish(&world, "Meanwhile", &[]).await;
    connects(&console, &browser).await;
    publish(&world, "After", &[]).await;
    arrives(&world, "After").await;
    let all = ada.screen();
    assert!(all.iter().all(|one| !one.text.contains("Meanwhile")));
    world.end().await;
}
