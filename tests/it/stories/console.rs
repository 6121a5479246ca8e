//! The way from a chat into the console: asked for in private, open once.

use tests::browser::{Browser, PHONE};
use tests::world::{World, on_each_chat};

use super::joins;

#[tokio::test]
async fn the_chat_lets_a_member_into_the_console_once() {
    on_each_chat(async |world: World, chat| {
        let ada = world.ada_on(chat);
        joins(&world, &ada, "By my name").await;
        ada.types("/chorus console");
        let answer = ada
            .sees(|sight| sight.is_private && sight.offers("Open the console"))
            .await;
        let link = answer.url("Open the console").unwrap().to_owned();
        assert!(link.contains("/enter/"), "{link}");
        let browser = Browser::new(PHONE, "198.51.100.7").unwrap();
        let looked = browser.opens(&link).await.unwrap();
        assert_eq!(looked.status, 200);
        assert!(looked.body.contains("Hello, Ada Berger"), "{}", looked.body);
        let entered = browser.submits(&link, &[]).await.unwrap();
        assert_eq!(entered.status, 303, "{}", entered.body);
        let home = entered.location().unwrap();
        assert!(home.starts_with("/o/") && home.ends_with('/'), "{home}");
        let again = browser.submits(&link, &[]).await.unwrap();
        assert_eq!(again.status, 410);
        world.end().await;
    })
    .await;
}
