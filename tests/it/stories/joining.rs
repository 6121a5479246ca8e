//! First use: one greeting, a choice of visibility, numbers, and "not for me".

use server_api::page::PageQuery;
use tests::outside::ADA_EMAIL;
use tests::people::{Chat, Someone};
use tests::world::{World, on_both, on_discord, on_each_chat};

use super::{ada_herself, asks_to_share, joins, publish};

#[tokio::test]
async fn a_member_is_greeted_once_and_appears_as_they_chose() {
    on_both(async |world: World| {
        let ada = world.ada_on(Chat::Slack);
        publish(&world, "A first post").await;
        for _ in 0..3 {
            ada.types("/chorus me");
        }
        ada.is_told(|sight| sight.offers("By my name")).await;
        let pseudonym = ada_herself(&world).await.pseudonym;
        joins(&world, &ada, &format!("As {pseudonym}")).await;
        let greetings = ada.direct_messages();
        assert_eq!(greetings.len(), 1, "one greeting, revised in place");
        others_see_only(&world, Chat::Slack, &pseudonym).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_is_invited_and_on_discord_alone_appears_as_they_chose() {
    on_discord(async |world: World| {
        let ada = world.ada_on(Chat::Discord);
        publish(&world, "A first post").await;
        // Nobody vouches for a Discord account: the first press says how to pair it.
        let card = ada.finds("A first post").await;
        ada.clicks(&card, "Share");
        let first = ada.is_answered("Pair this account first").await;
        assert!(
            first.text.contains("Olga in communications"),
            "{}",
            first.text
        );
        let code = world.invitation(ADA_EMAIL, "Ada Berger").await;
        let pseudonym = ada_herself(&world).await.pseudonym;
        ada.types(&format!("/chorus pair {}", code.to_lowercase()));
        let choice = format!("As {pseudonym}");
        let receipt = ada.sees(|sight| sight.offers(&choice)).await;
        ada.clicks(&receipt, &choice);
        ada.is_answered("You are in").await;
        others_see_only(&world, Chat::Discord, &pseudonym).await;
        world.end().await;
    })
    .await;
}

/// Ada shares; what a colleague sees of her is her pseudonym.
async fn others_see_only(world: &World, chat: Chat, pseudonym: &str) {
    let (ada, ben) = (world.ada_on(chat), world.ben_on(chat));
    let choices = asks_to_share(&ada, "A first post").await;
    ada.clicks(&choices, "Done on X");
    ada.is_answered("Shared on X").await;
    if chat == Chat::Discord {
        let code = world
            .invitation("ben@lindenfeld.example", "Ben Okafor")
            .await;
        ben.types(&format!("/chorus pair {code}"));
        let receipt = ben.sees(|sight| sight.offers("Not shown")).await;
        ben.clicks(&receipt, "Not shown");
        ben.is_answered("You are in").await;
    }
    ben.types("/chorus leaderboard");
    let board = ben.is_answered(pseudonym).await;
    assert!(!board.text.contains("Ada"), "{}", board.text);
    if chat == Chat::Slack {
        ben.is_told(|sight| sight.offers("By my name")).await;
    }
    for person in [&ada, &ben] {
        person.screen();
    }
}

#[tokio::test]
async fn not_for_me_is_private_and_can_be_undone() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        publish(&world, "Not everybody's cup of tea").await;
        joins(&world, &ada, "By my name").await;
        let card = ada.finds("cup of tea").await;
        ada.clicks(&card, "Not for me");
        let answer = ada
            .sees(|sight| sight.is_private && sight.offers("Undo"))
            .await;
        assert!(answer.text.contains("Nobody is told"), "{}", answer.text);
        let audit = world
            .operator()
            .audit_events(&PageQuery::default())
            .await
            .unwrap();
        assert!(
            audit
                .items
                .iter()
                .all(|event| !event.action.contains("dismiss"))
        );

        ada.types("/chorus share");
        ada.is_answered("Nothing new to share").await;
        ada.clicks(&answer, "Undo");
        ada.is_answered("may be suggested to you again").await;
        ada.types("/chorus share");
        ada.is_answered("One post for you").await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn followers_are_typed_in_a_dialog_and_become_reach() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        publish(&world, "Reaching further").await;
        joins(&world, &ada, "By my name").await;
        ada.types("/chorus me");
        let page = ada.sees(|sight| sight.offers("My choices")).await;
        ada.clicks(&page, "My choices");
        let choices = ada.sees(|sight| sight.offers("Followers")).await;
        ada.clicks(&choices, "Followers");
        opens_the_field(&ada).await;
        ada.fills("X", "many");
        ada.submits().await;
        match chat {
            // The dialog stays open.
            Chat::Slack => {}
            // A modal cannot: the answer says what is wrong, and opens it again.
            Chat::Discord => {
                let refusal = ada.is_answered("Type a whole number").await;
                ada.clicks(&refusal, "Followers");
            }
        }
        ada.waits_for_dialog("Followers").await;
        ada.fills("X", "850");
        ada.submits().await;
        world
            .until("the number is kept", async || {
                let me = ada_herself(&world).await;
                me.followers.values().copied().eq([850])
            })
            .await;
        let choices = asks_to_share(&ada, "Reaching further").await;
        ada.clicks(&choices, "Done on X");
        ada.is_answered("Shared on X").await;
        assert_eq!(ada_herself(&world).await.potential_reach, 850);
        ada.screen();
        world.end().await;
    })
    .await;
}

/// A modal of Discord holds five fields: there, those to fill are chosen first.
pub(super) async fn opens_the_field(ada: &Someone) {
    if ada.chat() == Chat::Discord {
        let picker = ada.is_answered("How many people follow you").await;
        ada.chooses(&picker, "X");
    }
    ada.waits_for_dialog("Followers").await;
}
