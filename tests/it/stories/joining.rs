//! First use: one greeting, a choice of visibility, numbers, and "not for me".

use server_api::page::PageQuery;
use tests::outside::{ADA, CHANNEL};
use tests::world::{World, on_both};

use super::{asks_to_share, joins, publish};

#[tokio::test]
async fn a_member_is_greeted_once_and_appears_as_they_chose() {
    on_both(async |world: World| {
        let ada = world.ada();
        publish(&world, "A first post").await;
        for _ in 0..3 {
            ada.types("/chorus me", CHANNEL).unwrap();
        }
        ada.waits_for_direct(|seen| seen.button("By my name").is_some())
            .await
            .unwrap();
        let pseudonym = world
            .operator()
            .on_behalf_of("email/ada@lindenfeld.example")
            .me()
            .await
            .unwrap()
            .pseudonym;
        joins(&ada, &format!("As {pseudonym}")).await;
        let direct = ada.direct().unwrap();
        assert_eq!(ada.sees(direct).len(), 1, "one greeting, revised in place");

        let choices = asks_to_share(&ada, "A first post").await;
        ada.clicks_on(&choices, "Done on X").unwrap();
        ada.waits_for(CHANNEL, |seen| seen.text.contains("Shared on X"))
            .await
            .unwrap();
        let ben = world.ben();
        ben.types("/chorus leaderboard", CHANNEL).unwrap();
        let board = ben
            .waits_for(CHANNEL, |seen| seen.text.contains(&pseudonym))
            .await
            .unwrap();
        assert!(!board.text.contains("Ada"), "{}", board.text);
        ben.waits_for_direct(|_| true).await.unwrap();
        for person in [&ada, &ben] {
            person.sees(CHANNEL);
        }
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn not_for_me_is_private_and_can_be_undone() {
    on_both(async |world: World| {
        let ada = world.ada();
        publish(&world, "Not everybody's cup of tea").await;
        let card = ada.waits_for_text(CHANNEL, "cup of tea").await.unwrap();
        ada.clicks_on(&card, "Not for me").unwrap();
        let answer = ada
            .waits_for(CHANNEL, |seen| {
                seen.is_ephemeral && seen.button("Undo").is_some()
            })
            .await
            .unwrap();
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

        ada.types("/chorus share", CHANNEL).unwrap();
        ada.waits_for(CHANNEL, |seen| seen.text.contains("Nothing new to share"))
            .await
            .unwrap();
        ada.clicks_on(&answer, "Undo").unwrap();
        ada.waits_for(CHANNEL, |seen| {
            seen.text.contains("may be suggested to you again")
        })
        .await
        .unwrap();
        ada.types("/chorus share", CHANNEL).unwrap();
        ada.waits_for(CHANNEL, |seen| {
            seen.is_ephemeral && seen.text.contains("One post for you")
        })
        .await
        .unwrap();
        ada.waits_for_direct(|_| true).await.unwrap();
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn followers_are_typed_in_a_dialog_and_become_reach() {
    on_both(async |world: World| {
        let ada = world.ada();
        publish(&world, "Reaching further").await;
        ada.types("/chorus me", CHANNEL).unwrap();
        joins(&ada, "By my name").await;
        let me = ada
            .waits_for(CHANNEL, |seen| {
                seen.is_ephemeral && seen.button("My choices").is_some()
            })
            .await
            .unwrap();
        ada.clicks_on(&me, "My choices").unwrap();
        let choices = ada.waits_for_change(&me).await.unwrap().unwrap();
        ada.clicks_on(&choices, "Followers").unwrap();
        ada.waits_for_dialog("Followers").await.unwrap();
        ada.fills("X", "many").unwrap();
        ada.submits().await.unwrap();
        ada.waits_for_dialog("Followers")
            .await
            .expect("a wrong number keeps the dialog open");
        ada.fills("X", "850").unwrap();
        ada.submits().await.unwrap();
        let operator = world.operator();
        world
            .until("the number is kept", async || {
                let me = operator
                    .on_behalf_of("email/ada@lindenfeld.example")
                    .me()
                    .await
                    .unwrap();
                me.followers.values().copied().eq([850])
            })
            .await;
        let choices = asks_to_share(&ada, "Reaching further").await;
        ada.clicks_on(&choices, "Done on X").unwrap();
        ada.waits_for(CHANNEL, |seen| seen.text.contains("Shared on X"))
            .await
            .unwrap();
        let me = operator
            .on_behalf_of("email/ada@lindenfeld.example")
            .me()
            .await
            .unwrap();
        assert_eq!(me.potential_reach, 850);
        assert_eq!(ada.id().as_str(), ADA);
        ada.sees(CHANNEL);
        world.end().await;
    })
    .await;
}
