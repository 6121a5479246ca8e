//! Tests of boards over the API.

use chrono::TimeDelta;
use entity::enums::Network;
use server_api::leaderboard::{Leaderboard, Movement};
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

#[tokio::test]
async fn rows_say_how_they_moved_and_those_of_all_time_do_not() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let other = t.actor_in(&actor.organization, &[]).await;
        let (me, them) = (std::slice::from_ref(&actor), std::slice::from_ref(&other));
        let post = t.lasting_post(&actor.organization).await;
        t.all_share(me, &post, Network::X).await;
        t.clock.advance(TimeDelta::days(7));
        t.all_share(me, &post, Network::Linkedin).await;
        for network in [Network::X, Network::Linkedin] {
            t.all_share(them, &post, network).await;
        }
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        let moves = async |path: &str| -> Vec<Option<Movement>> {
            let board: Leaderboard = session.get(path).await.json();
            board.top.iter().map(|row| row.movement).collect()
        };
        let down = Movement::Down { places: 1 };
        assert_eq!(moves("/leaderboard").await, [None, Some(down)]);
        // The month before knows nobody.
        for period in ["month", "all_time"] {
            let told = moves(&format!("/leaderboard?period={period}")).await;
            assert_eq!(told, [None::<Movement>; 2], "{period}");
        }
        let told: serde_json::Value = session.get("/leaderboard").await.json();
        let expected = serde_json::json!({ "kind": "down", "places": 1 });
        assert_eq!(told["around"][1]["movement"], expected, "{told}");
        let home: serde_json::Value = session.get("/me/home").await.json();
        assert_eq!(home["board"]["around"][1]["movement"], expected, "{home}");
    })
    .await;
}
