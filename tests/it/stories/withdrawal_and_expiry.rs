//! A post that ends: the card, `/s/` and `/l/` each say so; links of an expired post go on.

use chrono::TimeDelta;
use server_api::post::WithdrawPost;
use tests::browser::{Browser, PHONE};
use tests::people::Chat;
use tests::world::{World, on_each_chat};

use super::{asks_to_share, joins, opens_x, publish};

#[tokio::test]
async fn withdrawn_between_card_and_click_the_card_the_share_link_and_the_short_link_say_so() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        let post = publish(&world, "Soon taken back").await;
        joins(&world, &ada, "By my name").await;
        let card = ada.finds("Soon taken back").await;
        let choices = asks_to_share(&ada, "Soon taken back").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;

        world
            .operator()
            .withdraw_post(post.id, &WithdrawPost::default())
            .await
            .unwrap();

        // Buttons of the card and of the private choices no longer work.
        ada.clicks(&choices, "Done on X");
        ada.is_answered("was withdrawn").await;
        world
            .until("the card says so", async || {
                let card = ada.again(&card).unwrap();
                card.text.contains("was withdrawn") && !card.offers("Share")
            })
            .await;
        assert_eq!(
            phone
                .opens(choices.url("Open X").unwrap())
                .await
                .unwrap()
                .status,
            410
        );
        assert_eq!(world.reader(9).opens(&link).await.unwrap().status, 410);
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_post_leads_where_its_curator_chose() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        let post = publish(&world, "Replaced by another").await;
        joins(&world, &ada, "By my name").await;
        let card = ada.finds("Replaced by another").await;
        let choices = asks_to_share(&ada, "Replaced by another").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;
        let elsewhere = world.outside.newsroom.article_url("open-drawings");
        let form = WithdrawPost {
            url: Some(elsewhere.clone()),
        };
        world
            .operator()
            .withdraw_post(post.id, &form)
            .await
            .unwrap();
        let answer = world.reader(9).opens(&link).await.unwrap();
        assert_eq!(answer.location(), Some(elsewhere.as_str()));
        world
            .until("the card ends", async || {
                ada.again(&card).unwrap().text.contains("was withdrawn")
            })
            .await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn after_expiry_sharing_ends_and_links_go_on() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        publish(&world, "Good for a fortnight").await;
        joins(&world, &ada, "By my name").await;
        let card = ada.finds("Good for a fortnight").await;
        let choices = asks_to_share(&ada, "Good for a fortnight").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;

        world.advance(TimeDelta::days(15));
        world
            .until("the card says so", async || {
                let card = ada.again(&card).unwrap();
                card.text.contains("is over") && !card.offers("Share")
            })
            .await;
        assert_eq!(
            phone
                .opens(choices.url("Open X").unwrap())
                .await
                .unwrap()
                .status,
            410
        );
        let answer = world.reader(9).opens(&link).await.unwrap();
        assert!(answer.status.is_redirection());
        assert!(answer.location().unwrap().contains("why-we-repair"));
        world.end().await;
    })
    .await;
}
