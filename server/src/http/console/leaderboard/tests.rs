//! Tests of the leaderboard's page.

use chrono::TimeDelta;
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

#[tokio::test]
async fn rows_show_and_say_how_they_moved_but_for_all_time() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let house = &actor.organization;
        let other = t.actor_in(house, &[]).await;
        let (me, them) = (std::slice::from_ref(&actor), std::slice::from_ref(&other));
        let post = t.lasting_post(house).await;
        t.all_share(me, &post, Network::X).await;
        t.clock.advance(TimeDelta::days(7));
        t.all_share(me, &post, Network::Linkedin).await;
        for network in [Network::X, Network::Linkedin] {
            t.all_share(them, &post, network).await;
        }
        let browser = t.log_in(&actor).await;
        let week = browser.get("leaderboard").await.text();
        for part in [
            "scope=\"col\">Movement</th>",
            "aria-hidden=\"true\">▼ 1</span><span class=\"unseen\">down 1 place</span>",
            "–</span><span class=\"unseen\">same place, or none before</span>",
            "Movement compares a rank with the final one of the period before",
        ] {
            assert!(week.contains(part), "{part} {week}");
        }
        let file = browser.get("leaderboard/csv").await.text();
        let ends: Vec<&str> = file
            .lines()
            .filter_map(|line| line.rsplit(',').next())
            .collect();
        assert_eq!(ends, ["Movement", "", "-1"], "{file}");
        let all_time = browser.get("leaderboard?period=all_time").await.text();
        assert!(!all_time.contains("Movement"), "{all_time}");
        assert!(!all_time.contains("class=\"movement\""), "{all_time}");
        let file = browser.get("leaderboard/csv?period=all_time").await.text();
        assert_eq!(file.lines().count(), 3, "{file}");
        for line in file.lines() {
            assert_eq!(line.matches(',').count(), 2, "{file}");
        }
    })
    .await;
}
