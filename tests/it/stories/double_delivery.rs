//! Double clicks and repeated envelopes have one effect.

mod events;
mod intents;

use std::fmt::Debug;
use std::future::Future;

use chrono::TimeDelta;
use server::test_support::Kind;
use server_api::enums::{BoardVisibility, DeliveryPreference, Language, Network, PostState};
use server_api::me::Me;
use server_api::page::PageQuery;
use tests::browser::{Browser, PHONE};
use tests::effort::rounds;
use tests::people::{Chat, Sight, Someone};
use tests::world::{World, on_each_chat};

use self::intents::Asked;
use super::joining::opens_the_field;
use super::pairing::pairs;
use super::proposals::{inbox, proposes};
use super::review_in_chat::{approver, becomes, hands_in, is_asked, is_there, state};
use super::{ada_herself, asks_to_share, joins, publish};

#[tokio::test]
async fn the_same_button_pressed_twice_at_once_is_one_share_and_one_award() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        let (card, choices) = is_about_to_share(&world, &ada, "Pressed twice").await;
        for _ in 0..4 {
            ada.clicks(&choices, "Done on X");
        }
        one_share(&world, &ada, &card).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_envelope_delivered_three_times_is_one_share_and_one_award() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        let (card, choices) = is_about_to_share(&world, &ada, "Delivered thrice").await;
        match chat {
            Chat::Slack => world.outside.slack.deliver_envelope_times(3),
            Chat::Discord => world.outside.discord.deliver_interaction_times(3),
        }
        ada.clicks(&choices, "Done on X");
        one_share(&world, &ada, &card).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn everything_that_somebody_does_on_slack_delivered_up_to_five_times_has_one_effect() {
    has_one_effect(Walk::Shares, Chat::Slack).await;
}

#[tokio::test]
async fn everything_that_somebody_does_on_discord_delivered_up_to_five_times_has_one_effect() {
    has_one_effect(Walk::Shares, Chat::Discord).await;
}

#[tokio::test]
async fn a_judgement_on_slack_delivered_up_to_five_times_is_one() {
    has_one_effect(Walk::Judges, Chat::Slack).await;
}

#[tokio::test]
async fn a_judgement_on_discord_delivered_up_to_five_times_is_one() {
    has_one_effect(Walk::Judges, Chat::Discord).await;
}

#[tokio::test]
async fn a_proposal_a_way_into_the_console_and_followers_on_slack_often_delivered_are_one_each() {
    has_one_effect(Walk::Enters, Chat::Slack).await;
}

#[tokio::test]
async fn a_proposal_a_way_into_the_console_and_followers_on_discord_often_delivered_are_one_each() {
    has_one_effect(Walk::Enters, Chat::Discord).await;
}

#[tokio::test]
async fn a_proposal_from_a_messages_menu_on_slack_delivered_up_to_five_times_is_one() {
    has_one_effect(Walk::Menus, Chat::Slack).await;
}

#[tokio::test]
async fn a_proposal_from_a_messages_menu_on_discord_delivered_up_to_five_times_is_one() {
    has_one_effect(Walk::Menus, Chat::Discord).await;
}

#[tokio::test]
async fn every_choice_on_slack_delivered_up_to_five_times_is_made_once() {
    has_one_effect(Walk::Chooses, Chat::Slack).await;
}

#[tokio::test]
async fn every_choice_on_discord_delivered_up_to_five_times_is_made_once() {
    has_one_effect(Walk::Chooses, Chat::Discord).await;
}

#[tokio::test]
async fn a_pairing_and_its_undoing_delivered_up_to_five_times_are_one_each() {
    has_one_effect(Walk::Pairs, Chat::Slack).await;
}

/// What somebody does one after the other; `intents` says what is on which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Walk {
    /// See [`walks`].
    Shares,
    /// See [`judges`].
    Judges,
    /// See [`proposes_and_enters`].
    Enters,
    /// See [`proposes_from_a_menu`].
    Menus,
    /// See [`chooses`].
    Chooses,
    /// See [`pairs_and_parts`], on both chats.
    Pairs,
}

impl Walk {
    async fn goes(self, chat: Chat, kind: Kind, times: u32) -> Traces {
        match self {
            Self::Shares => Box::pin(walks(kind, chat, times)).await,
            Self::Judges => Box::pin(judges(kind, chat, times)).await,
            Self::Enters => Box::pin(proposes_and_enters(kind, chat, times)).await,
            Self::Menus => Box::pin(proposes_from_a_menu(kind, chat, times)).await,
            Self::Chooses => Box::pin(chooses(kind, chat, times)).await,
            Self::Pairs => Box::pin(pairs_and_parts(kind, times)).await,
        }
    }
}

/// A walk is the same however often all of it is delivered, and comes by all that is on it.
async fn has_one_effect(walk: Walk, chat: Chat) {
    let asked = Asked::noted();
    is_the_same_however_often_delivered(chat, |kind, times| walk.goes(chat, kind, times)).await;
    asked.holds_all_on(walk);
}

/// A walk leaves the same, whether all of it reaches the app once or several times. In every run
/// the chats differ in the database on which it comes often.
async fn is_the_same_however_often_delivered<T: Debug + PartialEq, F: Future<Output = T>>(
    chat: Chat,
    walk: impl Fn(Kind, u32) -> F,
) {
    let (own, other) = match chat {
        Chat::Slack => (Kind::Sqlite, Kind::Postgres),
        Chat::Discord => (Kind::Postgres, Kind::Sqlite),
    };
    let once = Box::pin(walk(own, 1)).await;
    let all = [(other, 3), (own, 2), (own, 4), (other, 5)];
    for (kind, times) in all.into_iter().take(rounds(1, 4)) {
        let often = Box::pin(walk(kind, times)).await;
        assert_eq!(often, once, "{times} times");
    }
}

/// What a walk through commands, buttons and lists leaves.
#[derive(Debug, PartialEq, Eq)]
struct Traces {
    herself: String,
    audit: Vec<String>,
    deliveries: Vec<String>,
    seen: usize,
}

/// A world of these chats in which whatever anybody does reaches the app `times` times at once.
async fn delivering(kind: Kind, chats: &'static [Chat], times: u32) -> World {
    let world = Box::pin(World::begin(kind, chats)).await;
    world.outside.slack.deliver_envelope_times(times);
    world.outside.discord.deliver_interaction_times(times);
    world
}

fn only(chat: Chat) -> &'static [Chat] {
    match chat {
        Chat::Slack => &[Chat::Slack],
        Chat::Discord => &[Chat::Discord],
    }
}

/// Ada joins, shares one post, declines another and thinks better of it, looks around and
/// chooses.
async fn walks(kind: Kind, chat: Chat, times: u32) -> Traces {
    let world = delivering(kind, only(chat), times).await;
    let ada = world.ada_on(chat);
    let (card, choices) = is_about_to_share(&world, &ada, "Delivered often").await;
    ada.clicks(&choices, "Done on X");
    one_share(&world, &ada, &card).await;
    publish(&world, "Somebody else's").await;
    // A channel takes one message a second: the card may have to come again.
    let is_there = |sight: &Sight| !sight.is_private && sight.text.contains("Somebody else's");
    world
        .until("the second card is there", async || {
            ada.screen().iter().any(is_there)
        })
        .await;
    let other = ada.finds("Somebody else's").await;
    ada.clicks(&other, "Not for me");
    let declined = ada
        .sees(|sight| sight.is_private && sight.offers("Undo"))
        .await;
    ada.clicks(&declined, "Undo");
    ada.is_answered("may be suggested to you again").await;
    ada.types("/chorus leaderboard");
    ada.is_answered("Leaderboard").await;
    ada.types("/chorus me");
    let page = ada.sees(|sight| sight.offers("My choices")).await;
    ada.clicks(&page, "My choices");
    let choices = ada.sees(|sight| sight.offers("Networks")).await;
    ada.chooses(&choices, "Each suggested post");
    is_kept(&world, |me| me.delivery == DeliveryPreference::EachPost).await;
    let traces = traces(&world, &ada).await;
    world.end().await;
    traces
}

/// Ada, who approves, asks for changes of a post, and approves it when it is handed in again.
async fn judges(kind: Kind, chat: Chat, times: u32) -> Traces {
    let world = delivering(kind, only(chat), times).await;
    let ada = approver(&world, chat).await;
    let post = hands_in(&world).await;
    let card = is_asked(&ada).await;
    ada.clicks(&card, "Ask for changes");
    ada.waits_for_dialog("Ask for changes").await;
    ada.fills("What is to change", "Shorter, please.");
    ada.submits().await;
    becomes(&world, &ada, &card, "You asked for changes.").await;
    let asked = state(&world, &post).await;
    assert_eq!(asked.state, PostState::Draft);
    assert_eq!(asked.review_note.as_deref(), Some("Shorter, please."));

    world.advance(TimeDelta::minutes(1));
    world.operator().submit_post(post.id).await.unwrap();
    // Else the judgement may come before the card that asks for it is sent, which then never is.
    world.settles().await;
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
            let told = ada.direct_messages();
            let asks = told.iter().any(|sight| sight.offers("Approve"));
            !asks && told.iter().any(|sight| sight.offers("Not for me"))
        })
        .await;
    world.settles().await;
    let traces = traces_with_dialogs(&world, &ada).await;
    world.end().await;
    traces
}

/// Ada proposes a post and takes that back, asks for a way into the console and goes in, and
/// says how many follow her.
async fn proposes_and_enters(kind: Kind, chat: Chat, times: u32) -> Traces {
    let world = delivering(kind, only(chat), times).await;
    let ada = world.ada_on(chat);
    joins(&world, &ada, "By my name").await;
    let link = world.outside.newsroom.article_url("why-we-repair");
    proposes(&ada, &link).await;
    let receipt = ada.is_answered("It is with the comms team").await;
    assert_eq!(inbox(&world).await.len(), 1);
    ada.clicks(&receipt, "Take it back");
    ada.sees(|sight| sight.text.contains("You took it back"))
        .await;
    assert!(inbox(&world).await.is_empty());

    ada.types("/chorus console");
    let way = |sight: &Sight| sight.is_private && sight.offers("Open the console");
    let answer = ada.sees(way).await;
    // A second link would have ended the first, which is the one before her.
    let browser = Browser::new(PHONE, "198.51.100.7").unwrap();
    let link = answer.url("Open the console").unwrap();
    let entered = browser.submits(link, &[]).await.unwrap();
    assert_eq!(entered.status, 303, "{}", entered.body);
    assert_eq!(ada.screen().iter().filter(|sight| way(sight)).count(), 1);

    ada.types("/chorus me");
    let page = ada.sees(|sight| sight.offers("My choices")).await;
    ada.clicks(&page, "My choices");
    let choices = ada.sees(|sight| sight.offers("Followers")).await;
    ada.clicks(&choices, "Followers");
    opens_the_field(&ada).await;
    ada.fills("X", "850");
    ada.submits().await;
    world
        .until("the number is kept", async || {
            let me = ada_herself(&world).await;
            me.followers.values().copied().eq([850])
        })
        .await;
    world.settles().await;
    let traces = traces_with_dialogs(&world, &ada).await;
    world.end().await;
    traces
}

/// Ada proposes what a message says, from its menu.
async fn proposes_from_a_menu(kind: Kind, chat: Chat, times: u32) -> Traces {
    let world = delivering(kind, only(chat), times).await;
    let ada = world.ada_on(chat);
    joins(&world, &ada, "By my name").await;
    let link = world.outside.newsroom.article_url("why-we-repair");
    // Slack puts signs around an address, Discord leaves it as it is.
    ada.types(&match chat {
        Chat::Slack => format!("Look at this: <{link}>"),
        Chat::Discord => format!("Look at this: {link}"),
    });
    let said = ada.finds("Look at this").await;
    ada.proposes(&said);
    ada.waits_for_dialog("Propose a post").await;
    ada.submits().await;
    ada.is_answered("It is with the comms team").await;
    world.settles().await;
    let waiting = inbox(&world).await;
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert_eq!(waiting[0].url, link);
    let traces = traces_with_dialogs(&world, &ada).await;
    world.end().await;
    traces
}

/// Ada chooses otherwise, one by one: how boards show her, a language and back, a pause and its
/// end, and a network.
async fn chooses(kind: Kind, chat: Chat, times: u32) -> Traces {
    let world = delivering(kind, only(chat), times).await;
    let ada = world.ada_on(chat);
    joins(&world, &ada, "By my name").await;
    ada.types("/chorus me");
    let page = ada.sees(|sight| sight.offers("My choices")).await;
    ada.clicks(&page, "My choices");
    let choices = ada.sees(|sight| sight.offers("Networks")).await;
    ada.chooses(&choices, "Not shown");
    is_kept(&world, |me| me.board_visibility == BoardVisibility::Hidden).await;
    ada.chooses(&choices, "Deutsch");
    let said = |words: &'static str| move |sight: &Sight| sight.text.contains(words);
    let german = ada.sees(said("Meine Einstellungen")).await;
    is_kept(&world, |me| me.language == Language::De).await;
    ada.chooses(&german, "English");
    let choices = ada.sees(|sight| sight.offers("Networks")).await;
    ada.chooses(&choices, "None for a week");
    let paused = ada.sees(said("You are pausing until")).await;
    is_kept(&world, |me| me.paused_until.is_some()).await;
    ada.chooses(&paused, "End the pause");
    is_kept(&world, |me| me.paused_until.is_none()).await;
    let choices = ada.sees(said("come to your channels only")).await;
    ada.clicks(&choices, "Networks");
    let networks = ada.sees(said("These stand on every post")).await;
    ada.chooses(&networks, "Mastodon");
    is_kept(&world, |me| me.networks == [Network::Mastodon]).await;
    ada.clicks(&networks, "My choices");
    ada.sees(said("Your networks: Mastodon")).await;
    world.settles().await;
    let traces = traces(&world, &ada).await;
    world.end().await;
    traces
}

async fn is_kept(world: &World, fits: impl Fn(&Me) -> bool) {
    world
        .until("it is kept", async || fits(&ada_herself(world).await))
        .await;
}

/// Ada joins on Slack, pairs her account on Discord, and undoes that where she typed the code.
async fn pairs_and_parts(kind: Kind, times: u32) -> Traces {
    let world = delivering(kind, &Chat::ALL, times).await;
    let (slack, discord) = Box::pin(pairs(&world)).await;
    assert_eq!(ada_herself(&world).await.identities.len(), 2);
    let receipt = discord.sees(|sight| sight.offers("Undo")).await;
    discord.clicks(&receipt, "Undo");
    discord.is_answered("The pairing is undone").await;
    assert_eq!(ada_herself(&world).await.identities.len(), 1);
    world.settles().await;
    let mut traces = traces(&world, &slack).await;
    traces.seen += discord.screen().len() + discord.direct_messages().len();
    world.end().await;
    traces
}

/// The same for a walk with dialogs: Slack takes an answer to each sending of one, so there is
/// a receipt each time.
async fn traces_with_dialogs(world: &World, ada: &Someone) -> Traces {
    let traces = traces(world, ada).await;
    match ada.chat() {
        Chat::Slack => Traces { seen: 0, ..traces },
        Chat::Discord => traces,
    }
}

async fn traces(world: &World, ada: &Someone) -> Traces {
    let me = ada_herself(world).await;
    let operator = world.operator();
    let audit = operator.audit_events(&PageQuery::default()).await.unwrap();
    let mut audit: Vec<String> = audit.items.into_iter().map(|event| event.action).collect();
    audit.sort();
    let lines = operator.delivery_counts().await.unwrap().items.into_iter();
    let mut deliveries: Vec<String> = lines
        .map(|line| format!("{:?}: {}", line.state, line.count))
        .collect();
    deliveries.sort();
    Traces {
        herself: format!(
            "{} shares, {} points, {:?}, {:?}, {:?}, {:?}, resting until {:?}",
            me.shares,
            me.points_all_time,
            me.board_visibility,
            me.delivery,
            me.language,
            me.networks,
            me.paused_until
        ),
        audit,
        deliveries,
        seen: ada.screen().len() + ada.direct_messages().len(),
    }
}

async fn is_about_to_share(world: &World, ada: &Someone, title: &str) -> (Sight, Sight) {
    publish(world, title).await;
    joins(world, ada, "By my name").await;
    let choices = asks_to_share(ada, title).await;
    (ada.finds(title).await, choices)
}

async fn one_share(world: &World, ada: &Someone, card: &Sight) {
    ada.is_answered("Shared on X").await;
    // Longer than the slowest of the presses takes.
    world
        .until("the card counts it", async || {
            let card = ada.again(card).unwrap();
            card.text.contains("1 colleague shared it")
        })
        .await;
    let me = ada_herself(world).await;
    assert_eq!((me.shares, me.points_all_time), (1, 5));
}
