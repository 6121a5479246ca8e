//! One member on two chats: one share, one rank, the same choices.

use tests::browser::{Browser, PHONE};
use tests::people::{Chat, Someone};
use tests::world::{World, across_chats};

use super::{ada_herself, asks_to_share, joins, opens_x, publish};

/// Ada, who has joined on Slack, pairs her account on Discord.
pub(super) async fn pairs(world: &World) -> (Someone, Someone) {
    let (slack, discord) = (world.ada_on(Chat::Slack), world.ada_on(Chat::Discord));
    joins(world, &slack, "By my name").await;
    slack.types("/chorus pair");
    let issued = slack.is_answered("The code counts once").await;
    let code = issued
        .text
        .split_whitespace()
        .map(|word| word.trim_end_matches('.'))
        .find(|word| word.len() == 9 && word.contains('-'))
        .unwrap_or_else(|| panic!("a code in {:?}", issued.text));
    discord.types(&format!("/chorus pair {code}"));
    let receipt = discord.is_answered("now belongs to").await;
    assert!(receipt.text.contains("Ada Berger"), "{}", receipt.text);
    world
        .until("the side of the code is told", async || {
            let told = slack.direct_messages();
            told.iter()
                .any(|sight| sight.text.contains("was paired with yours"))
        })
        .await;
    (slack, discord)
}

#[tokio::test]
async fn one_paired_member_walks_across_both_chats() {
    across_chats(async |world: World| {
        let (slack, discord) = pairs(&world).await;
        let post = publish(&world, "Here and there").await;
        // The same post arrives in both; begun in one, confirmed in the other.
        let cards = [
            slack.finds("Here and there").await,
            discord.finds("Here and there").await,
        ];
        let choices = asks_to_share(&slack, "Here and there").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;
        let elsewhere = asks_to_share(&discord, "Here and there").await;
        assert_eq!(
            opens_x(&phone, &elsewhere).await,
            link,
            "the same share, the same link"
        );
        discord.clicks(&elsewhere, "Done on X");
        discord.is_answered("Shared on X").await;
        slack.clicks(&choices, "Done on X");
        slack.is_answered("Shared on X").await;
        world.reader(7).opens(&link).await.unwrap();
        let operator = world.operator();
        world
            .until("the click counts", async || {
                operator.post_figures(post.id).await.unwrap().clicks == 1
            })
            .await;
        let me = ada_herself(&world).await;
        assert_eq!(
            (me.shares, me.points_all_time),
            (1, 16),
            "one share, one award"
        );
        // A share in one moves the board in the other, and the cards in both.
        for (person, card) in [&slack, &discord].into_iter().zip(cards) {
            person.types("/chorus leaderboard");
            let board = person.is_answered("Leaderboard").await;
            assert!(board.text.contains("16"), "{}", board.text);
            world
                .until("the card counts", async || {
                    let card = person.again(&card).unwrap();
                    card.text.contains("1 colleague shared it")
                })
                .await;
            person.screen();
        }
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_pairing_is_undone_where_the_code_was_asked_for() {
    across_chats(async |world: World| {
        let (slack, discord) = pairs(&world).await;
        let notice = slack.is_told(|sight| sight.offers("Undo")).await;
        slack.clicks(&notice, "Undo");
        slack
            .is_told(|sight| sight.text.contains("The pairing is undone"))
            .await;
        is_nobodys_again(world, &slack, &discord).await;
    })
    .await;
}

#[tokio::test]
async fn a_pairing_is_undone_where_the_code_was_typed() {
    across_chats(async |world: World| {
        let (slack, discord) = pairs(&world).await;
        let receipt = discord.sees(|sight| sight.offers("Undo")).await;
        discord.clicks(&receipt, "Undo");
        discord.is_answered("The pairing is undone").await;
        is_nobodys_again(world, &slack, &discord).await;
    })
    .await;
}

/// The account on Discord has to be paired anew.
async fn is_nobodys_again(world: World, slack: &Someone, discord: &Someone) {
    publish(&world, "Once more apart").await;
    let card = discord.finds("Once more apart").await;
    discord.clicks(&card, "Share");
    discord.is_answered("Pair this account first").await;
    assert_eq!(ada_herself(&world).await.identities.len(), 1);
    slack.finds("Once more apart").await;
    for person in [slack, discord] {
        person.screen();
    }
    world.end().await;
}

#[tokio::test]
async fn a_wrong_code_is_refused_and_the_sixth_in_an_hour_too() {
    across_chats(async |world: World| {
        let discord = world.ada_on(Chat::Discord);
        let code = world
            .invitation(tests::outside::ADA_EMAIL, "Ada Berger")
            .await;
        for _ in 0..5 {
            discord.types("/chorus pair AAAA-AAAA");
        }
        discord.is_answered("unknown, used or too old").await;
        world
            .until("every try is answered", async || {
                let answers = discord.screen();
                let refused = |text: &str| text.contains("unknown, used or too old");
                answers.iter().filter(|sight| refused(&sight.text)).count() == 5
            })
            .await;
        discord.types(&format!("/chorus pair {code}"));
        discord.is_answered("Too many codes").await;
        world.end().await;
    })
    .await;
}
