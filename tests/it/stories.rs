//! Stories: what people do and see, told on both databases and each chat through
//! the real clients and the emulators.

mod connecting;
mod console;
mod double_delivery;
mod joining;
mod leaver;
mod own_cards;
mod pairing;
mod proposals;
mod restart;
mod review_in_chat;
mod settings;
mod share_from_a_channel;
mod slack_login;
mod strangers;
mod weekly_leaderboard;
mod withdrawal_and_expiry;

use server_api::me::Me;
use server_api::post::{ApprovePost, CreatePost, Post};
use tests::browser::Browser;
use tests::outside::ADA_EMAIL;
use tests::people::{Chat, Sight, Someone};
use tests::world::World;

/// Writes a post in the owner's name and publishes it at once.
async fn publish(world: &World, title: &str) -> Post {
    let operator = world.operator();
    let form = CreatePost {
        title: title.into(),
        summary: "A neutral sentence about it.".into(),
        url: Some(format!(
            "{}?ref=press#top",
            world.outside.newsroom.article_url("why-we-repair")
        )),
        ..CreatePost::default()
    };
    let post = operator.create_post(&form).await.unwrap();
    operator.submit_post(post.id).await.unwrap();
    operator
        .approve_post(post.id, &ApprovePost::default())
        .await
        .unwrap()
}

/// Presses *Share* on the card of a post, and gives the private choices.
async fn asks_to_share(person: &Someone, title: &str) -> Sight {
    let card = person.finds(title).await;
    person.clicks(&card, "Share");
    person
        .sees(|sight| sight.is_private && sight.text.contains(title) && sight.offers("Open X"))
        .await
}

/// Ada joins, as people do on her chat: the greeting's last step asks how she wants to
/// appear. Where no directory vouches for her, the comms team invites her.
async fn joins(world: &World, ada: &Someone, choice: &str) {
    match ada.chat() {
        Chat::Slack => {
            ada.types("/chorus help");
            let greeting = ada.is_told(|sight| sight.offers(choice)).await;
            ada.clicks(&greeting, choice);
            ada.is_told(|sight| sight.text.contains("You are in")).await;
        }
        Chat::Discord => {
            let code = world.invitation(ADA_EMAIL, "Ada Berger").await;
            ada.types(&format!("/chorus pair {code}"));
            let receipt = ada
                .sees(|sight| sight.is_private && sight.offers(choice))
                .await;
            ada.clicks(&receipt, choice);
            ada.is_answered("You are in").await;
        }
    }
    ada.screen();
}

/// Opens the personal link of a network; gives the tracked link that the
/// network's own page would publish.
async fn opens_x(browser: &Browser, choices: &Sight) -> String {
    let answer = browser.opens(choices.url("Open X").unwrap()).await.unwrap();
    let target: url::Url = answer.location().unwrap_or_default().parse().unwrap();
    let (_, link) = target
        .query_pairs()
        .find(|(name, _)| name == "url")
        .unwrap();
    link.into_owned()
}

/// What the server says of Ada.
async fn ada_herself(world: &World) -> Me {
    let ada = world.operator().on_behalf_of(&format!("email/{ADA_EMAIL}"));
    ada.me().await.unwrap()
}
