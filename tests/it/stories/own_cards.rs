//! Cards in direct messages, for who asked: from there a share is one click, and the card
//! follows what its member does.

use server_api::enums::DeliveryPreference;
use server_api::post::WithdrawPost;
use tests::browser::{Browser, PHONE};
use tests::people::{Chat, Sight, Someone};
use tests::world::{World, on_each_chat};

use super::{ada_herself, joins, publish};

/// Ada asks that each suggested post comes to her directly.
pub(super) async fn asks_for_each_post(world: &World, ada: &Someone) {
    joins(world, ada, "By my name").await;
    ada.types("/chorus me");
    let page = ada.sees(|sight| sight.offers("My choices")).await;
    ada.clicks(&page, "My choices");
    let choices = ada.sees(|sight| sight.offers("Networks")).await;
    ada.chooses(&choices, "Each suggested post");
    world
        .until("it is kept", async || {
            ada_herself(world).await.delivery == DeliveryPreference::EachPost
        })
        .await;
}

/// The card in her direct messages.
async fn gets(world: &World, ada: &Someone, title: &str) -> Sight {
    let find = || {
        let messages = ada.direct_messages();
        messages
            .into_iter()
            .find(|sight| sight.text.contains(title))
    };
    world
        .until("the post comes to her", async || find().is_some())
        .await;
    find().unwrap()
}

async fn becomes(world: &World, ada: &Someone, card: &Sight, fits: impl Fn(&Sight) -> bool) {
    world
        .until("her card follows", async || {
            ada.again(card).is_some_and(|card| fits(&card))
        })
        .await;
}

#[tokio::test]
async fn from_a_card_of_ones_own_a_share_is_one_click() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        asks_for_each_post(&world, &ada).await;
        let post = publish(&world, "Straight to you").await;
        let card = gets(&world, &ada, "Straight to you").await;

        // One click, and the network's own page stands there with the words.
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let answer = phone.opens(card.url("Share on X").unwrap()).await.unwrap();
        let target: url::Url = answer.location().unwrap_or_default().parse().unwrap();
        assert!(target.query_pairs().any(|(name, _)| name == "url"));
        ada.chooses(&card, "Done on X");
        becomes(&world, &ada, &card, |card| {
            card.text.contains("You shared it: X")
        })
        .await;
        let me = ada_herself(&world).await;
        assert_eq!((me.shares, me.points_all_time), (1, 5));

        let operator = world.operator();
        let form = WithdrawPost::default();
        operator.withdraw_post(post.id, &form).await.unwrap();
        becomes(&world, &ada, &card, |card| {
            card.text.contains("was withdrawn") && card.url("Share on X").is_none()
        })
        .await;
        ends(world, &ada, "Straight to you").await;
    })
    .await;
}

#[tokio::test]
async fn not_for_me_on_a_card_of_ones_own_changes_it_and_can_be_undone() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        asks_for_each_post(&world, &ada).await;
        publish(&world, "Perhaps another time").await;
        let card = gets(&world, &ada, "Perhaps another time").await;
        ada.clicks(&card, "Not for me");
        becomes(&world, &ada, &card, |card| card.offers("Undo")).await;
        let declined = ada.again(&card).unwrap();
        ada.clicks(&declined, "Undo");
        becomes(&world, &ada, &card, |card| card.offers("Share on X")).await;
        ends(world, &ada, "Perhaps another time").await;
    })
    .await;
}

#[tokio::test]
async fn whoever_asked_for_nothing_gets_nothing_of_their_own() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        joins(&world, &ada, "By my name").await;
        publish(&world, "For the channel alone").await;
        ada.finds("For the channel alone").await;
        let posts = |sight: &Sight| sight.text.contains("For the channel alone");
        assert!(!ada.direct_messages().iter().any(posts));
        world.end().await;
    })
    .await;
}

/// The channel had its card, too.
async fn ends(world: World, ada: &Someone, title: &str) {
    let posts = |sight: &Sight| sight.text.contains(title);
    world
        .until("the channel has it", async || {
            ada.screen().iter().any(posts)
        })
        .await;
    ada.direct_messages();
    world.end().await;
}
