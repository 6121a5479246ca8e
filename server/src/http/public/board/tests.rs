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
