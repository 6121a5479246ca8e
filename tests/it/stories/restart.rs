//! A restart in the middle of everything: no state lived only in memory.

use tests::browser::{Browser, PHONE};
use tests::outside::CHANNEL;
use tests::world::{World, on_both};

use super::{asks_to_share, joins, opens_x, publish};

#[tokio::test]
async fn after_a_restart_every_button_link_and_number_goes_on() {
    on_both(async |mut world: World| {
        let ada = world.ada();
        let post = publish(&world, "Before and after").await;
        let choices = asks_to_share(&ada, "Before and after").await;
        joins(&ada, "By my name").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;
        world.reader(7).opens(&link).await.unwrap();

        world.halt().await;
        world.start().await;
        ada.clicks_on(&choices, "Done on X").unwrap();

        ada.waits_for(CHANNEL, |seen| seen.text.contains("Shared on X"))
            .await
            .unwrap();
        world.reader(8).opens(&link).await.unwrap();
        let operator = world.operator();
        world
            .until("both clicks count", async || {
                operator.post_figures(post.id).await.unwrap().clicks == 2
            })
            .await;
        let again = opens_x(&phone, &choices).await;
        assert_eq!(again, link, "the same share, the same link");
        let me = operator
            .on_behalf_of("email/ada@lindenfeld.example")
            .me()
            .await
            .unwrap();
        assert_eq!((me.shares, me.points_all_time), (1, 17));
        ada.sees(CHANNEL);
        world.end().await;
    })
    .await;
}
