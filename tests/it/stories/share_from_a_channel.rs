//! The main job: a feed item is suggested, shared in two clicks, its clicks
//! count, the leaderboard moves.

use server_api::page::PageQuery;
use tests::browser::{Browser, PHONE};
use tests::emulator::networks::site::Site;
use tests::people::{Chat, Someone};
use tests::world::{World, on_each_chat};

use super::{ada_herself, asks_to_share, joins, opens_x};

/// The headline of the newsroom's first article.
const HEADLINE: &str = "Ten thousand frames";

#[tokio::test]
async fn a_feed_item_is_suggested_shared_in_two_clicks_and_moves_the_leaderboard() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        world.news_comes().await;
        let card = ada.finds(HEADLINE).await;
        assert!(card.text.contains("Earns 5 points"), "{}", card.text);
        joins(&world, &ada, "By my name").await;

        // Two clicks: Share, and the network.
        let choices = asks_to_share(&ada, HEADLINE).await;
        let phone = Browser::new(PHONE, "198.51.100.7").unwrap();
        let link = opens_x(&phone, &choices).await;
        assert!(link.starts_with(&format!("{}/l/", world.public)), "{link}");
        ada.clicks(&choices, "Done on X");
        let receipt = ada.is_answered("Shared on X").await;
        assert!(receipt.text.contains('5'), "{}", receipt.text);

        one_click_counts(&world, &phone, &link).await;
        the_board_has_moved(&ada, &phone).await;
        // The card tells everybody, without a name, at most once a minute.
        world
            .until("the card counts", async || {
                let card = ada.again(&card).unwrap();
                card.text.contains("1 colleague shared it") && !card.text.contains("Ada")
            })
            .await;
        world.end().await;
    })
    .await;
}

/// A reader clicks twice, Ada once, a crawler once: one click counts.
async fn one_click_counts(world: &World, ada: &Browser, link: &str) {
    let reader = world.reader(7);
    let answer = reader.opens(link).await.unwrap();
    let target = answer.location().unwrap();
    assert!(target.contains("utm_medium=employee_advocacy"), "{target}");
    assert!(target.contains("utm_source=x"), "{target}");
    assert!(
        !target.to_lowercase().contains("ada"),
        "no name travels: {target}"
    );
    reader.opens(link).await.unwrap();
    ada.opens(link).await.unwrap();
    let crawler = Browser::new("Slackbot-LinkExpanding 1.0", "198.51.100.9").unwrap();
    crawler.opens(link).await.unwrap();

    let operator = world.operator();
    let post = operator
        .posts(None, &PageQuery::default())
        .await
        .unwrap()
        .items
        .remove(0);
    world
        .until("the click counts", async || {
            operator.post_figures(post.id).await.unwrap().clicks == 1
        })
        .await;
    let figures = operator.post_figures(post.id).await.unwrap();
    // Ada's own visit is what a member did, and is not told of so few.
    assert_eq!(
        (figures.hits, figures.human_hits, figures.clicks),
        (3, 2, 1)
    );
}

/// 5 points for the share, 10 for the first click by another, 1 for the click.
async fn the_board_has_moved(ada: &Someone, phone: &Browser) {
    ada.types("/chorus leaderboard");
    let board = ada.is_answered("Leaderboard").await;
    assert!(
        board.text.contains("Ada Berger") && board.text.contains("16"),
        "{}",
        board.text
    );
    let page = phone
        .opens(board.url("Open the board page").unwrap())
        .await
        .unwrap();
    assert!(page.status.is_success() && page.body.contains("Ada Berger"));
}

#[tokio::test]
async fn a_network_that_takes_no_text_leads_by_our_page_to_its_own() {
    on_each_chat(async |world: World, chat: Chat| {
        let ada = world.ada_on(chat);
        super::publish(&world, "Bring your own cup").await;
        joins(&world, &ada, "Not shown").await;
        let choices = asks_to_share(&ada, "Bring your own cup").await;
        let phone = Browser::new(PHONE, "198.51.100.8").unwrap();
        let token_page = choices.url("Open LinkedIn").unwrap().to_owned();
        let page = phone.opens(&token_page).await.unwrap();
        assert!(page.status.is_success());
        assert!(
            page.body.contains("Bring your own cup"),
            "the words to copy"
        );
        assert!(
            page.body
                .contains(&world.outside.networks.base_url(Site::Linkedin))
        );
        assert!(!page.body.contains("Ada"), "the page shows no name");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "same-origin");

        let done = page
            .body
            .split('"')
            .find(|part| part.starts_with("/s/") && part.contains("done"))
            .unwrap_or_else(|| panic!("a form to say done:\n{}", page.body));
        let answer = phone
            .submits(&format!("{}{done}", world.public), &[])
            .await
            .unwrap();
        assert!(answer.status.is_success() || answer.status.is_redirection());
        let me = ada_herself(&world).await;
        assert_eq!(
            (me.shares, me.points_this_week, me.rank_this_week),
            (1, 5, None)
        );
        ada.screen();
        world.end().await;
    })
    .await;
}
