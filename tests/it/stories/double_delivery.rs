//! Double clicks and repeated envelopes have one effect.

use tests::outside::CHANNEL;
use tests::world::{World, on_both};

use super::{asks_to_share, joins, publish};

#[tokio::test]
async fn the_same_button_pressed_twice_at_once_is_one_share_and_one_award() {
    on_both(async |world: World| {
        let ada = world.ada();
        publish(&world, "Pressed twice").await;
        let choices = asks_to_share(&ada, "Pressed twice").await;
        joins(&ada, "By my name").await;
        for _ in 0..4 {
            ada.clicks_on(&choices, "Done on X").unwrap();
        }
        one_share(&world).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_envelope_delivered_three_times_is_one_share_and_one_award() {
    on_both(async |world: World| {
        let ada = world.ada();
        publish(&world, "Delivered thrice").await;
        let choices = asks_to_share(&ada, "Delivered thrice").await;
        joins(&ada, "By my name").await;
        world.outside.slack.deliver_envelope_times(3);
        ada.clicks_on(&choices, "Done on X").unwrap();
        one_share(&world).await;
        world.end().await;
    })
    .await;
}

async fn one_share(world: &World) {
    let ada = world.ada();
    ada.waits_for(CHANNEL, |seen| seen.text.contains("Shared on X"))
        .await
        .unwrap();
    let operator = world.operator();
    // Longer than the slowest of the presses takes.
    world
        .until("the card counts it", async || {
            ada.sees(CHANNEL)
                .iter()
                .any(|seen| seen.text.contains("1 colleague shared it"))
        })
        .await;
    let me = operator
        .on_behalf_of("email/ada@lindenfeld.example")
        .me()
        .await
        .unwrap();
    assert_eq!((me.shares, me.points_all_time), (1, 5));
}
