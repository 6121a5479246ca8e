//! What an organization settles, as people in the chats see it: points that change from now on, and
//! networks that are switched off.

use sea_orm::{ConnectionTrait as _, Database, Statement};
use server_api::enums::{Network, Period};
use server_api::settings::UpdateSettings;
use tests::browser::{Browser, PHONE};
use tests::people::{Chat, Someone};
use tests::world::{World, on_each_chat};

use super::own_cards::asks_for_each_post;
use super::{ada_herself, asks_to_share, joins, opens_x, publish};

async fn settle(world: &World, form: UpdateSettings) {
    let operator = world.operator();
    let seen = operator.settings().await.unwrap().version;
    let after = operator.update_settings(seen, &form).await.unwrap();
    assert_eq!(after.version, seen + 1);
    // Said once more, it is settled already.
    let same = operator.update_settings(seen, &form).await.unwrap();
    assert_eq!(same, after);
}

/// The ledger and the sums over it, row by row.
async fn ledger(world: &World) -> Vec<String> {
    let db = Database::connect(&world.database.url).await.unwrap();
    let mut all = Vec::new();
    for question in [
        "SELECT dedupe_key, points FROM point_event ORDER BY dedupe_key",
        "SELECT board AS dedupe_key, points FROM score ORDER BY board",
    ] {
        let asked = Statement::from_string(db.get_database_backend(), question);
        for row in db.query_all_raw(asked).await.unwrap() {
            let key: String = row.try_get("", "dedupe_key").unwrap();
            let points: i64 = row.try_get("", "points").unwrap();
            all.push(format!("{key}: {points}"));
        }
    }
    all
}

async fn shares_on_x(ada: &Someone, phone: &Browser, title: &str) {
    let choices = asks_to_share(ada, title).await;
    opens_x(phone, &choices).await;
    ada.clicks(&choices, "Done on X");
    ada.is_answered("Shared on X").await;
}

#[tokio::test]
async fn points_changed_without_touching_the_past() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        publish(&world, "Before the change").await;
        joins(&world, &ada, "By my name").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        shares_on_x(&ada, &phone, "Before the change").await;
        let on_the_board = async || {
            let board = world.operator().leaderboard(Period::Week).await.unwrap();
            board.top.first().map(|row| row.points)
        };
        world
            .until("the share counts", async || on_the_board().await == Some(5))
            .await;
        let before = ledger(&world).await;

        let operator = world.operator();
        let mut points = operator.settings().await.unwrap().points;
        points.share_confirmed = 50;
        let form = UpdateSettings {
            points: Some(points),
            ..UpdateSettings::default()
        };
        settle(&world, form).await;
        assert_eq!(ledger(&world).await, before, "the past stays");
        assert_eq!(on_the_board().await, Some(5));

        // What is shared from now on earns by the new rules, and its card says so.
        publish(&world, "After the change").await;
        world.settles().await;
        let card = ada.finds("After the change").await;
        assert!(card.text.contains("50 points"), "{}", card.text);
        shares_on_x(&ada, &phone, "After the change").await;
        world
            .until("it earns by the new rules", async || {
                on_the_board().await == Some(55)
            })
            .await;
        let after = ledger(&world).await;
        let is_kept = |line: &&String| line.starts_with("share:");
        for line in before.iter().filter(is_kept) {
            assert!(after.contains(line), "{line} in {after:?}");
        }
        ada.screen();
        world.end().await;
    })
    .await;
}

#[tokio::test]
async fn a_network_that_is_switched_off_is_gone_from_the_chat_and_its_links_lead_on() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        asks_for_each_post(&world, &ada).await;
        publish(&world, "While X was offered").await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let choices = asks_to_share(&ada, "While X was offered").await;
        assert!(choices.offers("Open Bluesky"));
        let link = opens_x(&phone, &choices).await;
        let unopened = choices.url("Open Bluesky").unwrap().to_owned();

        let form = UpdateSettings {
            networks: Some(vec![Network::Linkedin, Network::Mastodon, Network::Copy]),
            ..UpdateSettings::default()
        };
        settle(&world, form).await;
        publish(&world, "Now without X").await;
        world.settles().await;
        let card = ada.finds("Now without X").await;
        ada.clicks(&card, "Share");
        let fewer = ada
            .sees(|sight| {
                sight.is_private
                    && sight.text.contains("Now without X")
                    && sight.offers("Open LinkedIn")
            })
            .await;
        assert!(!fewer.offers("Open X") && !fewer.offers("Open Bluesky"));
        let own = || {
            let messages = ada.direct_messages().into_iter();
            messages
                .into_iter()
                .find(|sight| sight.text.contains("Now without X"))
        };
        world
            .until("the post comes to her", async || own().is_some())
            .await;
        let own = own().unwrap();
        assert!(own.offers("Share on LinkedIn") && !own.offers("Share on X"));

        // A button of before says why; what was opened goes on, and its link leads on.
        let refused = phone.opens(&unopened).await.unwrap();
        assert!(refused.body.contains("switched off"), "{}", refused.body);
        let reader = world.reader(7);
        let answer = reader.opens(&link).await.unwrap();
        assert!(answer.location().is_some());
        assert_eq!(ada_herself(&world).await.shares, 0);
        ada.screen();
        world.end().await;
    })
    .await;
}
