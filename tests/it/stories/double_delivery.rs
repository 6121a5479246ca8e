//! Double clicks and repeated envelopes have one effect.

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
