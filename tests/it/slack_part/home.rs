//! The app's Home tab, and cards of one's own in direct messages.

use super::*;

#[tokio::test]
async fn the_home_tab_is_ones_page_and_leads_to_ones_choices_and_back() {
    for way in [Way::Socket, Way::Http] {
        let world = world_by(way).await;
        world.ada.opens_home().unwrap();
        let page = world.ada.waits_for_home("Ada Example at").await.unwrap();
        assert!(page.text.contains("40 services"), "{page}");
        world.ada.clicks_on_home("My choices").unwrap();
        let choices = world.ada.waits_for_home_change(&page).await.unwrap();
        world.ada.clicks_on_home("Followers").unwrap();
        world.ada.waits_for_dialog("Followers").await.unwrap();
        world.ada.fills("X", "many").unwrap();
        world.ada.submits().await.unwrap();
        assert_eq!(world.ada.dialog().unwrap().errors.len(), 1);
        world.ada.fills("X", "1,500").unwrap();
        world.ada.submits().await.unwrap();
        assert!(world.ada.dialog().is_none());
        let saved = world.ada.waits_for_home_change(&choices).await.unwrap();
        assert!(saved.text.contains("X 1,500"), "{saved}");
        world.ada.clicks_on_home("My page").unwrap();
        world.ada.waits_for_home("Ada Example at").await.unwrap();
        assert!(world.ada.sees("C1").is_empty(), "nothing comes beside it");
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_post_on_the_home_tab_is_shared_confirmed_or_declined_there() {
    let world = world().await;
    world.ada.opens_home().unwrap();
    let page = world.ada.waits_for_home("40 services").await.unwrap();
    let pressed = world.ada.clicks_on_home("Share on LinkedIn").unwrap();
    assert_eq!(
        pressed.opens.as_deref(),
        Some("https://chorus.example.org/s/token-0")
    );
    world.ada.clicks_on_home("Not for me").unwrap();
    let declined = world.ada.waits_for_home_change(&page).await.unwrap();
    assert!(declined.text.contains("Nobody is told"), "{declined}");
    world.ada.clicks_on_home("Undo").unwrap();
    let undone = world.ada.waits_for_home_change(&declined).await.unwrap();
    assert!(undone.text.contains("suggested to you again"), "{undone}");
    world.ada.clicks_on_home("Done, or elsewhere").unwrap();
    world.ada.waits_for_home("then press").await.unwrap();
    world.ada.clicks_on_home("Done on LinkedIn").unwrap();
    world.ada.waits_for_home("not de-duplicated").await.unwrap();
    assert_eq!(world.server.confirmed(), [Network::Linkedin]);
    world.ends_well().await;
}

#[tokio::test]
async fn an_opening_that_slack_tells_three_times_publishes_once() {
    for way in [Way::Socket, Way::Http] {
        let world = world_by(way).await;
        world.slack.deliver_envelope_times(3);
        world.ada.opens_home().unwrap();
        let page = world.ada.waits_for_home("Ada Example at").await.unwrap();
        world.slack.deliver_envelope_times(1);
        world.ada.clicks_on_home("My choices").unwrap();
        world.ada.waits_for_home_change(&page).await.unwrap();
        let calls = world.slack.calls();
        let published = calls.iter().filter(|call| call.method == "views.publish");
        assert_eq!(published.count(), 2);
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_card_of_ones_own_changes_in_its_place() {
    let world = world().await;
    world.server.delivers(
        Place::Person {
            user: "U1".to_owned(),
        },
        Operation::Post,
        Content::PersonalPost {
            choices: sample_data::share_choices(),
            dismissed: false,
        },
    );
    let card = world.ada.waits_for_direct(|_| true).await.unwrap();
    assert_eq!(
        card.url("Share on LinkedIn"),
        Some("https://chorus.example.org/s/token-0")
    );
    world.ada.clicks_on(&card, "Not for me").unwrap();
    let declined = world.ada.waits_for_change(&card).await.unwrap().unwrap();
    assert!(declined.text.contains("Nobody is told"), "{declined}");
    assert!(
        declined.message.metadata.is_some(),
        "the delivery's id is gone"
    );
    world.ada.clicks_on(&declined, "Undo").unwrap();
    let again = world
        .ada
        .waits_for_change(&declined)
        .await
        .unwrap()
        .unwrap();
    assert!(again.url("Share on LinkedIn").is_some(), "{again}");
    world.ada.chooses_on(&again, "Done on LinkedIn").unwrap();
    let shared = world.ada.waits_for_change(&again).await.unwrap().unwrap();
    assert_eq!(shared.ts, card.ts);
    assert_eq!(world.server.confirmed(), [Network::Linkedin]);
    assert_eq!(world.ada.sees(card.channel.clone()).len(), 1);
    world.ends_well().await;
}
