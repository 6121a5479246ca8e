//! Who may not join gets a private card that says whom to ask.

use server_api::enums::JoinPolicy;
use tests::outside::{BEN, CHANNEL, GUS, SAM};
use tests::people::Chat;
use tests::world::{World, on_both};

use super::publish;

/// The person whom the organization named.
const CONTACT: &str = "Olga in communications";

async fn is_told_whom_to_ask(world: &World, user: &str) {
    let person = world.person(user);
    let card = person
        .waits_for_text(CHANNEL, "For members only")
        .await
        .unwrap();
    person.clicks_on(&card, "Share").unwrap();
    let answer = person
        .waits_for(CHANNEL, |seen| {
            seen.is_ephemeral && seen.text.contains(CONTACT)
        })
        .await
        .unwrap();
    assert!(
        answer.text.contains("not part of this programme"),
        "{}",
        answer.text
    );
    assert!(
        person.direct().is_none(),
        "nobody is greeted who may not join"
    );
}

#[tokio::test]
async fn a_guest_is_told_whom_to_ask() {
    on_both(async |world: World| {
        publish(&world, "For members only").await;
        is_told_whom_to_ask(&world, GUS).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_slack_connect_user_is_told_whom_to_ask() {
    on_both(async |world: World| {
        publish(&world, "For members only").await;
        is_told_whom_to_ask(&world, SAM).await;
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn an_unlisted_person_is_told_whom_to_ask_where_only_the_list_may_join() {
    on_both(async |world: World| {
        world.set_up(JoinPolicy::List).await;
        publish(&world, "For members only").await;
        is_told_whom_to_ask(&world, BEN).await;
        // Once on the list, the same button works.
        let operator = world.operator();
        operator
            .import_members("email,name\nben@lindenfeld.example,Ben Okafor\n".into())
            .await
            .unwrap();
        let ben = world.ben_on(Chat::Slack);
        super::asks_to_share(&ben, "For members only").await;
        ben.is_told(|sight| sight.offers("By my name")).await;
        world.end().await;
    })
    .await;
}
