//! Tests of board pages, over the real listener.

use chrono::TimeDelta;
use entity::enums::Network;
use reqwest::Method;

use crate::service::addresses::board_url;
use crate::service::shares::{self, confirm};
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_member_sees_the_board_for_a_day() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let post = t.live_post(&actor.organization).await;
        let parties = shares::parties(&t.app, &actor, post.id).await.unwrap();
        confirm(&t.app, &parties, Network::X).await.unwrap();
        let other = t.actor_in(&actor.organization, &[]).await;
        let others = shares::parties(&t.app, &other, post.id).await.unwrap();
        confirm(&t.app, &others, Network::X).await.unwrap();
        let server = t.server().await;
        let path = board_url(&t.app, actor.member.id);
        let path = path.strip_prefix(&t.app.config.web.base_url).unwrap();
        for period in ["", "?period=week", "?period=all_time", "?period=nonsense"] {
            let page = server
                .visit(Method::GET, &format!("{path}{period}"), &[])
                .await;
            assert_eq!(page.status, 200, "{period}");
            assert_eq!(page.header("cache-control"), "no-store");
            let html = page.text();
            assert!(html.contains(&actor.member.display_name));
            assert!(html.contains("class=\"me\""));
            assert_eq!(html.matches("class=\"tied\"").count(), 2, "{html}");
            assert!(!html.contains("style="));
        }
        t.clock.advance(TimeDelta::days(1));
        let closed = server.visit(Method::GET, path, &[]).await;
        assert_eq!(closed.status, 410);
        assert!(closed.text().contains("This board has closed"));
    })
    .await;
}

#[tokio::test]
async fn rows_show_and_say_how_they_moved_but_for_all_time() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let other = t.actor_in(&actor.organization, &[]).await;
        let newcomer = t.actor_in(&actor.organization, &[]).await;
        let everybody = [newcomer, actor.clone(), other];
        let post = t.lasting_post(&actor.organization).await;
        t.all_share(&everybody[1..], &post, Network::X).await;
        t.all_share(&everybody[2..], &post, Network::Linkedin).await;
        t.clock.advance(TimeDelta::days(7));
        t.all_share(&everybody[..2], &post, Network::Linkedin).await;
        let server = t.server().await;
        let path = board_url(&t.app, actor.member.id);
        let path = path.strip_prefix(&t.app.config.web.base_url).unwrap();
        let week = server.visit(Method::GET, path, &[]).await.text();
        for part in [
            "scope=\"col\">Movement</th>",
            "aria-hidden=\"true\">▲ 1</span><span class=\"unseen\">up 1 place</span>",
            "–</span><span class=\"unseen\">same place, or none before</span>",
            "Movement compares a rank with the final one of the period before",
        ] {
            assert!(week.contains(part), "{part} {week}");
        }
        let all_time = format!("{path}?period=all_time");
        let all_time = server.visit(Method::GET, &all_time, &[]).await.text();
        assert!(!all_time.contains("Movement"), "{all_time}");
        assert!(!all_time.contains("class=\"movement\""), "{all_time}");
    })
    .await;
}
