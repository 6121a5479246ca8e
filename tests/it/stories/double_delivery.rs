//! Double clicks and repeated envelopes have one effect.

use server::test_support::Kind;
use server_api::enums::DeliveryPreference;
use server_api::page::PageQuery;
use tests::effort::rounds;
use tests::people::{Chat, Sight, Someone};
use tests::world::{World, on_each_chat};

use super::{ada_herself, asks_to_share, joins, publish};

#[tokio::test]
async fn the_same_button_pressed_twice_at_once_is_one_share_and_one_award() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        let (card, choices) = is_about_to_share(&world, &ada, "Pressed twice").await;
        for _ in 0..4 {
            ada.clicks(&choices, "Done on X");
        }
        one_share(&world, &ada, &card).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_envelope_delivered_three_times_is_one_share_and_one_award() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        let (card, choices) = is_about_to_share(&world, &ada, "Delivered thrice").await;
        match chat {
            Chat::Slack => world.outside.slack.deliver_envelope_times(3),
            Chat::Discord => world.outside.discord.deliver_interaction_times(3),
        }
        ada.clicks(&choices, "Done on X");
        one_share(&world, &ada, &card).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn everything_that_somebody_does_on_slack_delivered_up_to_five_times_has_one_effect() {
    is_the_same_however_often_delivered(Chat::Slack).await;
}

#[tokio::test]
async fn everything_that_somebody_does_on_discord_delivered_up_to_five_times_has_one_effect() {
    is_the_same_however_often_delivered(Chat::Discord).await;
}

async fn is_the_same_however_often_delivered(chat: Chat) {
    let once = Box::pin(walks(Kind::Sqlite, chat, 1)).await;
    let all = [
        (Kind::Postgres, 3),
        (Kind::Sqlite, 2),
        (Kind::Sqlite, 4),
        (Kind::Postgres, 5),
    ];
    for (kind, times) in all.into_iter().take(rounds(1, 4)) {
        let often = Box::pin(walks(kind, chat, times)).await;
        assert_eq!(often, once, "{times} times");
    }
}

/// What a walk through commands, buttons and lists leaves.
#[derive(Debug, PartialEq, Eq)]
struct Traces {
    herself: String,
    audit: Vec<String>,
    deliveries: Vec<String>,
    seen: usize,
}

/// Ada joins, shares one post, declines another, looks around and chooses; whatever she
/// does reaches the app `times` times at once.
async fn walks(kind: Kind, chat: Chat, times: u32) -> Traces {
    let chats: &'static [Chat] = match chat {
        Chat::Slack => &[Chat::Slack],
        Chat::Discord => &[Chat::Discord],
    };
    let world = World::begin(kind, chats).await;
    match chat {
        Chat::Slack => world.outside.slack.deliver_envelope_times(times),
        Chat::Discord => world.outside.discord.deliver_interaction_times(times),
    }
    let ada = world.ada_on(chat);
    let (card, choices) = is_about_to_share(&world, &ada, "Delivered often").await;
    ada.clicks(&choices, "Done on X");
    one_share(&world, &ada, &card).await;
    publish(&world, "Somebody else's").await;
    // A channel takes one message a second: the card may have to come again.
    let is_there = |sight: &Sight| !sight.is_private && sight.text.contains("Somebody else's");
    world
        .until("the second card is there", async || {
            ada.screen().iter().any(is_there)
        })
        .await;
    let other = ada.finds("Somebody else's").await;
    ada.clicks(&other, "Not for me");
    ada.sees(|sight| sight.is_private && sight.offers("Undo"))
        .await;
    ada.types("/chorus leaderboard");
    ada.is_answered("Leaderboard").await;
    ada.types("/chorus me");
    let page = ada.sees(|sight| sight.offers("My choices")).await;
    ada.clicks(&page, "My choices");
    let choices = ada.sees(|sight| sight.offers("Networks")).await;
    ada.chooses(&choices, "Each suggested post");
    world
        .until("it is kept", async || {
            ada_herself(&world).await.delivery == DeliveryPreference::EachPost
        })
        .await;
    let traces = traces(&world, &ada).await;
    world.end().await;
    traces
}

async fn traces(world: &World, ada: &Someone) -> Traces {
    let me = ada_herself(world).await;
    let operator = world.operator();
    let audit = operator.audit_events(&PageQuery::default()).await.unwrap();
    let mut audit: Vec<String> = audit.items.into_iter().map(|event| event.action).collect();
    audit.sort();
    let lines = operator.delivery_counts().await.unwrap().items.into_iter();
    let mut deliveries: Vec<String> = lines
        .map(|line| format!("{:?}: {}", line.state, line.count))
        .collect();
    deliveries.sort();
    Traces {
        herself: format!(
            "{} shares, {} points, {:?}, {:?}",
            me.shares, me.points_all_time, me.board_visibility, me.delivery
        ),
        audit,
        deliveries,
        seen: ada.screen().len() + ada.direct_messages().len(),
    }
}

async fn is_about_to_share(world: &World, ada: &Someone, title: &str) -> (Sight, Sight) {
    publish(world, title).await;
    joins(world, ada, "By my name").await;
    let choices = asks_to_share(ada, title).await;
    (ada.finds(title).await, choices)
}

async fn one_share(world: &World, ada: &Someone, card: &Sight) {
    ada.is_answered("Shared on X").await;
    // Longer than the slowest of the presses takes.
    world
        .until("the card counts it", async || {
            let card = ada.again(card).unwrap();
            card.text.contains("1 colleague shared it")
        })
        .await;
    let me = ada_herself(world).await;
    assert_eq!((me.shares, me.points_all_time), (1, 5));
}
