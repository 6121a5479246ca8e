//! A post is judged where its approvers already are: the card comes to them, one press approves,
//! a note asks for changes, and who was slower hears what happened.

use chrono::TimeDelta;
use server_api::content_rules::UpdateContentRules;
use server_api::enums::{PostState, Role};
use server_api::member::CreateMember;
use server_api::post::{CreatePost, Post};
use tests::outside::ADA_EMAIL;
use tests::people::{Chat, Sight, Someone};
use tests::world::{World, on_each_chat};

use super::own_cards::asks_for_each_post;

const TITLE: &str = "Ask before you publish";

/// Somebody of the comms team who approves, and takes messages in that chat.
pub(super) async fn approver(world: &World, chat: Chat) -> Someone {
    let form = CreateMember {
        email: ADA_EMAIL.into(),
        display_name: "Ada Berger".into(),
        team: None,
        roles: vec![Role::Approver],
        language: None,
    };
    world.operator().create_member(&form).await.unwrap();
    let ada = world.ada_on(chat);
    asks_for_each_post(world, &ada).await;
    ada
}

pub(super) async fn hands_in(world: &World) -> Post {
    let operator = world.operator();
    let form = CreatePost {
        title: TITLE.into(),
        summary: "A neutral sentence about it.".into(),
        url: Some(world.outside.newsroom.article_url("why-we-repair")),
        ..CreatePost::default()
    };
    let post = operator.create_post(&form).await.unwrap();
    operator.submit_post(post.id).await.unwrap()
}

/// The card that asks for a judgement.
pub(super) async fn is_asked(ada: &Someone) -> Sight {
    let card = ada
        .is_told(|sight| sight.offers("Approve") && sight.text.contains(TITLE))
        .await;
    assert!(card.text.contains("by Olga Owner"), "{}", card.text);
    assert!(card.text.contains("for everybody"), "{}", card.text);
    assert!(card.text.contains("waits since"), "{}", card.text);
    let link = card.url("Open in the console").unwrap();
    assert!(link.contains("/o/lindenfeld/review?post="), "{link}");
    card
}

/// The card in the channel, which takes one message a second.
pub(super) async fn is_there(world: &World, ada: &Someone) {
    world
        .until("the card is in the channel", async || {
            let fits = |sight: &Sight| !sight.is_private && sight.text.contains(TITLE);
            ada.screen().iter().any(fits)
        })
        .await;
}

pub(super) async fn becomes(world: &World, ada: &Someone, card: &Sight, words: &str) {
    world
        .until("the card says what happened", async || {
            let now = ada.again(card);
            now.is_some_and(|now| now.text.contains(words) && !now.offers("Approve"))
        })
        .await;
}

pub(super) async fn state(world: &World, post: &Post) -> Post {
    world.operator().post(post.id).await.unwrap()
}

#[tokio::test]
async fn an_approver_approves_in_chat_and_the_post_goes_live() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = approver(&world, chat).await;
        let post = hands_in(&world).await;
        let card = is_asked(&ada).await;
        ada.clicks(&card, "Approve");
        becomes(&world, &ada, &card, "You approved it. It is live.").await;
        assert_eq!(state(&world, &post).await.state, PostState::Live);
        is_there(&world, &ada).await;
        world
            .until("it is suggested to her, too", async || {
                let own = |sight: &Sight| sight.offers("Not for me");
                ada.direct_messages().iter().any(own)
            })
            .await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_approver_asks_for_changes_in_chat_and_the_author_reads_the_note() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = approver(&world, chat).await;
        let post = hands_in(&world).await;
        let card = is_asked(&ada).await;
        ada.clicks(&card, "Ask for changes");
        ada.waits_for_dialog("Ask for changes").await;
        ada.fills("What is to change", "Shorter, please.");
        ada.submits().await;
        becomes(&world, &ada, &card, "You asked for changes.").await;
        let post = state(&world, &post).await;
        assert_eq!(post.state, PostState::Draft);
        assert_eq!(post.review_note.as_deref(), Some("Shorter, please."));

        // Handed in again, it waits anew.
        world.advance(TimeDelta::minutes(1));
        let operator = world.operator();
        operator.submit_post(post.id).await.unwrap();
        ada.types("/chorus review");
        let list = ada
            .sees(|sight| sight.is_private && sight.offers("Approve"))
            .await;
        ada.clicks(&list, "Approve");
        ada.is_answered("You approved it").await;
        assert_eq!(state(&world, &post).await.state, PostState::Live);
        is_there(&world, &ada).await;
        world
            .until("every message says so", async || {
                let asks = |sight: &Sight| sight.offers("Approve");
                let own = |sight: &Sight| sight.offers("Not for me");
                let told = ada.direct_messages();
                !told.iter().any(asks) && told.iter().any(own)
            })
            .await;
        ada.screen();
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn who_presses_late_hears_what_happened_and_nothing_changes() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = approver(&world, chat).await;
        let post = hands_in(&world).await;
        let card = is_asked(&ada).await;
        world.operator().recall_post(post.id).await.unwrap();
        // The card as it stood on her screen.
        ada.clicks(&card, "Approve");
        becomes(&world, &ada, &card, "took it back, to go on writing").await;
        assert_eq!(state(&world, &post).await.state, PostState::Draft);
        ada.types("/chorus review");
        ada.is_answered("Nothing waits for your judgement").await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_review_that_waits_too_long_is_told_once_more() {
    on_each_chat(async |world: World, chat: Chat| {
        let operator = world.operator();
        let rules = UpdateContentRules {
            review_hours: 3,
            ..UpdateContentRules::default()
        };
        operator.update_content_rules(0, &rules).await.unwrap();
        let ada = approver(&world, chat).await;
        hands_in(&world).await;
        is_asked(&ada).await;
        // A card that was delivered late would tell by itself.
        world.settles().await;
        world.advance(TimeDelta::hours(3));
        let late = |sight: &Sight| sight.text.contains("has waited too long");
        world
            .until("she hears of it once more", async || {
                ada.direct_messages().iter().any(late)
            })
            .await;
        for _ in 0..3 {
            world.advance(TimeDelta::minutes(2));
        }
        let told = ada.direct_messages();
        assert_eq!(told.iter().filter(|sight| late(sight)).count(), 1);
        let card = told.into_iter().find(late).unwrap();
        ada.clicks(&card, "Approve");
        becomes(&world, &ada, &card, "You approved it").await;
        is_there(&world, &ada).await;
        world
            .until("every message says so", async || {
                let asks = |sight: &Sight| sight.offers("Approve");
                let own = |sight: &Sight| sight.offers("Not for me");
                let told = ada.direct_messages();
                !told.iter().any(asks) && told.iter().any(own)
            })
            .await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn who_reviews_nothing_is_told_whom_to_ask() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        super::joins(&world, &ada, "By my name").await;
        hands_in(&world).await;
        ada.types("/chorus review");
        ada.is_answered("ask Olga in communications").await;
        assert!(
            !ada.direct_messages()
                .iter()
                .any(|sight| sight.offers("Approve"))
        );
        world.end().await;
    })
    .await;
}
