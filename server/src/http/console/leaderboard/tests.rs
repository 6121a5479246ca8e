//! Tests of the leaderboard's page.

use entity::enums::Network;

use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_member_finds_themselves_among_others_with_ties_and_how_points_work() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let house = &actor.organization;
        let browser = t.log_in(&actor).await;
        let empty = browser.get("leaderboard").await.text();
        assert!(empty.contains("Nobody has points here yet"), "{empty}");
        // Twelve have two shares each, and the member has one.
        let posts = [t.live_post(house).await, t.live_post(house).await];
        let people = t.people(house, None, 12).await;
        for post in &posts {
            t.all_share(&people, post, Network::X).await;
        }
        t.all_share(std::slice::from_ref(&actor), &posts[0], Network::X)
            .await;
        for period in ["", "?period=month", "?period=all_time", "?period=nonsense"] {
            let text = browser.get(&format!("leaderboard{period}")).await.text();
            assert_eq!(text.matches("class=\"me\"").count(), 1, "{period} {text}");
            // Ten, and two neighbours, of whom each is tied; oneself is not.
            assert_eq!(text.matches("class=\"tied\"").count(), 12, "{period}");
            assert!(text.contains("class=\"gap\""));
            assert!(text.contains("You are number 13. You have 5 points here."));
            assert!(text.contains("How points work"));
            assert!(!text.contains("style="));
        }
        // The file holds what the page shows, and nobody else.
        let file = browser.get("leaderboard/csv?period=month").await.text();
        assert_eq!(file.lines().count(), 1 + 10 + 3, "{file}");
        let last = file.lines().last().unwrap();
        assert!(last.starts_with("13,"), "{file}");
    })
    .await;
}
