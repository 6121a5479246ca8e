//! A restart in the middle of everything: no state lived only in memory.

use tests::browser::{Browser, PHONE};
use tests::people::Chat;
use tests::world::{World, on_each_chat};

use super::{ada_herself, asks_to_share, joins, opens_x, publish};

#[tokio::test]
async fn after_a_restart_every_button_link_and_number_goes_on() {
    on_each_chat(async |mut world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        let post = publish(&world, "Before and after").await;
        joins(&world, &ada, "By my name").await;
        let choices = asks_to_share(&ada, "Before and after").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;
        world.reader(7).opens(&link).await.unwrap();

        world.halt().await;
        world.start().await;
        ada.clicks(&choices, "Done on X");

        ada.is_answered("Shared on X").await;
        world.reader(8).opens(&link).await.unwrap();
        let operator = world.operator();
        world
            .until("both clicks count", async || {
                operator.post_figures(post.id).await.unwrap().clicks == 2
            })
            .await;
        let again = opens_x(&phone, &choices).await;
        assert_eq!(again, link, "the same share, the same link");
        let me = ada_herself(&world).await;
        assert_eq!((me.shares, me.points_all_time), (1, 17));
        ada.screen();
        world.end().await;
    })
    .await;
}
