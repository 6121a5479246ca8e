//! Double clicks and repeated envelopes have one effect.

use tests::outside::CHANNEL;
use tests::world::{World, on_both};

use super::{asks_to_share, joins, publish};

#[tokio::test]
async fn the_same_button_pressed_twice_at_once_is_one_share_and_one_award() {
    on_both(async |world: World| {
        let ada = world.ada();
        let post = publish(&world, "Pressed twice").await;
        let choices = asks_to_share(&ada, "Pressed twice").await;
        joins(&ada, "By my name").await;
        for _ in 0..4 {
            ada.clicks_on(&choices, "Done on X").unwrap();
        }
        one_share(&world, post.id).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_envelope_delivered_three_times_is_one_share_and_one_award() {
    on_both(async |world: World| {
        let ada = world.ada();
        let post = publish(&world, "Delivered thrice").await;
        let choices = asks_to_share(&ada, "Delivered thrice").await;
        joins(&ada, "By my name").await;
        world.outside.slack.deliver_envelope_times(3);
        ada.clicks_on(&choices, "Done on X").unwrap();
        one_share(&world, post.id).await;
    })
    .await;
}

async fn one_share(world: &World, post: server_api::ids::PostId) {
    let ada = world.ada();
    ada.waits_for(CHANNEL, |seen| seen.text.contains("Shared on X"))
        .await
        .unwrap();
    let operator = world.operator();
    let shares = async || {
        let figures = operator.post_figures(post).await.unwrap();
        figures.shares.iter().map(|line| line.count).sum::<i64>()
    };
    world
        .until("the share is there", async || shares().await == 1)
        .await;
    let me = operator
        .on_behalf_of("email/ada@lindenfeld.example")
        .me()
        .await
        .unwrap();
    assert_eq!((me.shares, me.points_all_time), (1, 5));
    ada.sees(CHANNEL);
}
