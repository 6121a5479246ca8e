//! Once a week, the channel sees how last week went.

use chrono::TimeDelta;
use tests::people::{Chat, Sight};
use tests::world::{World, on_each_chat};

use super::{asks_to_share, joins, publish};

#[tokio::test]
async fn on_monday_the_channel_sees_last_weeks_board_once() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        joins(&world, &ada, "By my name").await;
        publish(&world, "A good week").await;
        let choices = asks_to_share(&ada, "A good week").await;
        ada.clicks(&choices, "Done on X");
        ada.is_answered("Shared on X").await;

        world.advance(TimeDelta::days(7));
        let is_board = |sight: &Sight| !sight.is_private && sight.text.contains("last week");
        world
            .until("last week's board comes", async || {
                ada.screen().iter().any(is_board)
            })
            .await;
        let board = ada.sees(is_board).await;
        assert!(board.text.contains("Ada Berger"), "{}", board.text);
        world.advance(TimeDelta::hours(3));
        world
            .until("the card counts", async || {
                ada.finds("A good week").await.text.contains("1 colleague")
            })
            .await;
        let boards = ada.screen().into_iter().filter(is_board).count();
        assert_eq!(boards, 1, "once");
        world.end().await;
    })
    .await;
}
