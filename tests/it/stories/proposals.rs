//! A member proposes a post where they already are, and hears there what became of it.

use chrono::TimeDelta;
use server_api::enums::ProposalState;
use server_api::page::PageQuery;
use server_api::post::{ApprovePost, CreatePost};
use server_api::proposal::{DeclineProposal, Proposal, ProposalQuery};
use tests::people::{Chat, Sight, Someone};
use tests::world::{World, on_each_chat};

use super::{ada_herself, joins};

const WHY: &str = "We wrote it together.";
const WORDS: &str = "What <we> do *differently*, @everyone.";

/// Types the command with a link, and sends the dialog.
pub(super) async fn proposes(ada: &Someone, link: &str) {
    ada.types(&match ada.chat() {
        Chat::Slack => format!("/chorus propose {link}"),
        Chat::Discord => format!("/chorus propose link:{link}"),
    });
    ada.waits_for_dialog("Propose a post").await;
    ada.fills("Why it is worth sharing", WHY);
    ada.fills("How you would say it", WORDS);
    ada.submits().await;
}

/// What waits for the comms team.
pub(super) async fn inbox(world: &World) -> Vec<Proposal> {
    let page = PageQuery::default();
    let found = world
        .operator()
        .proposals(&ProposalQuery::default(), &page)
        .await;
    found.unwrap().items
}

/// The minute is over in which it could be taken back, and the one in which that was told.
async fn hears(world: &World, ada: &Someone, words: &str) -> Sight {
    world.advance(TimeDelta::minutes(2));
    world
        .until("she hears of it", async || {
            ada.direct_messages()
                .iter()
                .any(|sight| sight.text.contains(words))
        })
        .await;
    let told = ada.direct_messages().into_iter();
    let told: Vec<Sight> = told.filter(|sight| sight.text.contains(words)).collect();
    assert_eq!(told.len(), 1, "once");
    told.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_member_proposes_and_hears_the_outcome() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        joins(&world, &ada, "By my name").await;
        let link = world.outside.newsroom.article_url("why-we-repair");
        proposes(&ada, &link).await;
        let receipt = ada.is_answered("It is with the comms team").await;
        assert!(
            receipt.text.contains("you earn 15 points"),
            "{}",
            receipt.text
        );
        assert!(receipt.offers("Take it back"));
        let waiting = inbox(&world).await;
        let [one] = waiting.as_slice() else {
            panic!("{waiting:?}");
        };
        assert_eq!((one.url.as_str(), one.why.as_str()), (link.as_str(), WHY));
        assert_eq!(one.words, WORDS);
        assert_eq!(one.proposer.as_deref(), Some("Ada Berger"));
        world
            .until("its page is read", async || {
                inbox(&world).await.iter().any(|one| one.title.is_some())
            })
            .await;

        let operator = world.operator();
        let accepted = operator.accept_proposal(one.id).await.unwrap();
        assert_eq!(accepted.state, ProposalState::Accepted);
        let told = hears(&world, &ada, "You earned 15 points").await;
        assert!(told.offers("More to share"));
        assert_eq!(ada_herself(&world).await.points_all_time, 15);

        let post = operator.post(accepted.post_id.unwrap()).await.unwrap();
        let words = CreatePost {
            title: "Why we repair".into(),
            url: post.url.clone(),
            ..CreatePost::default()
        };
        operator.update_post(post.id, &words).await.unwrap();
        operator.submit_post(post.id).await.unwrap();
        operator
            .approve_post(post.id, &ApprovePost::default())
            .await
            .unwrap();
        // Claimed together with what else is due, the card may be put off by a second for its pace: only a
        // clock that goes on brings it then.
        world.settles().await;
        ada.sees(|sight| sight.text.contains("Why we repair") && sight.offers("Share"))
            .await;
        hears(&world, &ada, "The post that you proposed is out").await;
        ada.screen();
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_refusal_comes_with_a_friendly_note() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        joins(&world, &ada, "By my name").await;
        let link = world.outside.newsroom.article_url("why-we-repair");
        proposes(&ada, &link).await;
        ada.is_answered("It is with the comms team").await;
        proposes(&ada, &link).await;
        ada.is_answered("You proposed this page before").await;
        let waiting = inbox(&world).await;
        assert_eq!(waiting.len(), 1);
        let note = DeclineProposal {
            note: "Thank you. We <told> it *last* week.".into(),
        };
        let declined = world
            .operator()
            .decline_proposal(waiting[0].id, &note)
            .await;
        assert_eq!(declined.unwrap().state, ProposalState::Declined);
        let told = hears(&world, &ada, "does not make a post").await;
        assert!(
            told.text.contains("Thank you. We <told> it"),
            "{}",
            told.text
        );
        assert!(told.offers("Propose a post"));
        ada.screen();
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_colleagues_message_is_proposed_from_its_menu() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        joins(&world, &ada, "By my name").await;
        let link = world.outside.newsroom.article_url("why-we-repair");
        // Slack puts signs around what people write, Discord leaves it as it is.
        ada.types(&match chat {
            Chat::Slack => format!("<@U0BEN> look at this: <{link}>"),
            Chat::Discord => format!("<@80351110224678912> look at this: {link}"),
        });
        let said = ada.finds("look at this").await;
        ada.proposes(&said);
        ada.waits_for_dialog("Propose a post").await;
        ada.submits().await;
        ada.is_answered("It is with the comms team").await;
        let waiting = inbox(&world).await;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].url, link);
        assert_eq!(waiting[0].words, "look at this:");
        ada.screen();
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_proposed_can_be_taken_back() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        joins(&world, &ada, "By my name").await;
        let link = world.outside.newsroom.article_url("why-we-repair");
        proposes(&ada, &link).await;
        let receipt = ada.is_answered("It is with the comms team").await;
        ada.clicks(&receipt, "Take it back");
        ada.sees(|sight| sight.text.contains("You took it back"))
            .await;
        assert!(inbox(&world).await.is_empty());
        ada.screen();
        world.end().await;
    })
    .await;
}
