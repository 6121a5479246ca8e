//! Tests of boards over the API.

use entity::enums::Network;
use server_api::leaderboard::Leaderboard;
use server_api::problem::Code;

use crate::service::shares::{self, confirm};
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_member_sees_the_board_of_each_period_and_nobody_else_does() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let post = t.live_post(&actor.organization).await;
        let parties = shares::parties(&t.app, &actor, post.id).await.unwrap();
        confirm(&t.app, &parties, Network::X).await.unwrap();
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        for (query, label) in [
            ("", "2026-W47"),
            ("?period=month", "2026-11"),
            ("?period=quarter", "2026-Q4"),
            ("?period=all_time", ""),
        ] {
            let board: Leaderboard = session.get(&format!("/leaderboard{query}")).await.json();
            assert_eq!(board.label, label);
            assert_eq!((board.my_rank, board.my_points), (Some(1), Some(5)));
            assert_eq!((board.top.len(), board.around.len()), (1, 1));
            assert!(board.page_url.is_some_and(|url| url.contains("/b/")));
        }
        for malformed in ["?period=year", "?period=", "?span=week"] {
            let refused = session.get(&format!("/leaderboard{malformed}")).await;
            assert_eq!(refused.problem().code, Code::InvalidField);
        }
        assert_eq!(server.anonymous().get("/leaderboard").await.status, 401);
        let stranger = t.actor(&[]).await;
        let theirs: Leaderboard = server
            .member(&t.token(&stranger).await)
            .get("/leaderboard")
            .await
            .json();
        assert_eq!((theirs.members, theirs.my_rank), (0, None));
    })
    .await;
}
