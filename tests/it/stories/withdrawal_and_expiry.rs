//! A post that ends: the card, `/s/` and `/l/` each say so; links of an expired post go on.

use chrono::TimeDelta;
use server_api::post::WithdrawPost;
use tests::browser::{Browser, PHONE};
use tests::outside::CHANNEL;
use tests::world::{World, on_both};

use super::{asks_to_share, joins, opens_x, publish};

#[tokio::test]
async fn withdrawn_between_card_and_click_the_card_the_share_link_and_the_short_link_say_so() {
    on_both(async |world: World| {
        let ada = world.ada();
        let post = publish(&world, "Soon taken back").await;
        let choices = asks_to_share(&ada, "Soon taken back").await;
        joins(&ada, "By my name").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;

        world
            .operator()
            .withdraw_post(post.id, &WithdrawPost::default())
            .await
            .unwrap();

        // Buttons of the card and of the private choices no longer work.
        ada.clicks_on(&choices, "Done on X").unwrap();
        let refusal = ada
            .waits_for(CHANNEL, |seen| {
                seen.is_ephemeral && seen.text.contains("was withdrawn")
            })
            .await
            .unwrap();
        assert!(refusal.is_ephemeral);
        world
            .until("the card says so", async || {
                let seen = ada.sees(CHANNEL);
                let card = seen.iter().find(|seen| !seen.is_ephemeral).unwrap();
                card.text.contains("was withdrawn") && card.button("Share").is_none()
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
    on_both(async |world: World| {
        let ada = world.ada();
        let post = publish(&world, "Replaced by another").await;
        let choices = asks_to_share(&ada, "Replaced by another").await;
        joins(&ada, "By my name").await;
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
        ada.sees(CHANNEL);
        world
            .until("the card ends", async || {
                ada.sees(CHANNEL)
                    .iter()
                    .any(|seen| seen.text.contains("was withdrawn"))
            })
            .await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn after_expiry_sharing_ends_and_links_go_on() {
    on_both(async |world: World| {
        let ada = world.ada();
        publish(&world, "Good for a fortnight").await;
        let choices = asks_to_share(&ada, "Good for a fortnight").await;
        joins(&ada, "By my name").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;

        world.advance(TimeDelta::days(15));
        world
            .until("the card says so", async || {
                let seen = ada.sees(CHANNEL);
                let card = seen.iter().find(|seen| !seen.is_ephemeral).unwrap();
                card.text.contains("is over") && card.button("Share").is_none()
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
