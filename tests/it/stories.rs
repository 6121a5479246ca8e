//! Stories: what people do and see, told on both databases through the real
//! clients and the emulators.

mod double_delivery;
mod joining;
mod restart;
mod share_from_a_channel;
mod strangers;
mod withdrawal_and_expiry;

use server_api::post::{ApprovePost, CreatePost, Post};
use tests::browser::Browser;
use tests::emulator::slack::person::Person;
use tests::emulator::slack::person::rendered::Seen;
use tests::outside::CHANNEL;
use tests::world::World;

/// Writes a post in the owner's name and publishes it at once.
async fn publish(world: &World, title: &str) -> Post {
    let operator = world.operator();
    let form = CreatePost {
        kind: None,
        title: title.into(),
        summary: "A neutral sentence about it.".into(),
        url: Some(format!(
            "{}?ref=press#top",
            world.outside.newsroom.article_url("why-we-repair")
        )),
        image_url: None,
        image_alt: None,
        language: None,
        campaign: None,
        edit_mode: None,
        featured: false,
        variants: Vec::new(),
        publish_at: None,
        expires_at: None,
    };
    let post = operator.create_post(&form).await.unwrap();
    operator.submit_post(post.id).await.unwrap();
    operator
        .approve_post(post.id, &ApprovePost::default())
        .await
        .unwrap()
}

/// Presses *Share* on the card of a post, and gives the private choices.
async fn asks_to_share(person: &Person, title: &str) -> Seen {
    let card = person
        .waits_for(CHANNEL, |seen| {
            seen.text.contains(title) && seen.button("Share").is_some()
        })
        .await
        .unwrap();
    person.clicks_on(&card, "Share").unwrap();
    person
        .waits_for(CHANNEL, |seen| {
            seen.is_ephemeral && seen.url("Open X").is_some()
        })
        .await
        .unwrap()
}

/// Finishes onboarding in the greeting's own words.
async fn joins(person: &Person, choice: &str) {
    person
        .waits_for_direct(|seen| seen.button(choice).is_some())
        .await
        .unwrap();
    person.clicks(choice).await.unwrap();
    person
        .waits_for_direct(|seen| seen.text.contains("You are in"))
        .await
        .unwrap();
}

/// Opens the personal link of a network; gives the tracked link that the
/// network's own page would publish.
async fn opens_x(browser: &Browser, choices: &Seen) -> String {
    let answer = browser.opens(choices.url("Open X").unwrap()).await.unwrap();
    let target: url::Url = answer.location().unwrap_or_default().parse().unwrap();
    let (_, link) = target
        .query_pairs()
        .find(|(name, _)| name == "url")
        .unwrap();
    link.into_owned()
}
