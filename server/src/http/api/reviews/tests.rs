//! Endpoint tests of reviews in chat: logged out, not allowed, of another organization, the
//! version that was shown, twice.

use entity::enums::Role;
use serde_json::json;
use server_api::post::Post;
use server_api::problem::Code;
use server_api::review::{Review, ReviewList};

use crate::service::actor::Actor;
use crate::service::posts::{create_post, recall_post, submit_post};
use crate::test_support::content::draft;
use crate::test_support::people::WORKSPACE;
use crate::test_support::server::Session;
use crate::test_support::{TestApp, on_both};

struct House {
    author: Actor,
    approver: Session,
    post: uuid::Uuid,
    server: crate::test_support::server::TestServer,
}

async fn house(t: &TestApp) -> House {
    let author = t.actor(&[Role::Curator]).await;
    t.workspace(&author.organization).await;
    let approver = t.actor_in(&author.organization, &[Role::Approver]).await;
    t.slack_account(&approver.member, "U0APPROVER").await;
    let post = create_post(&t.app, &author, draft("News"))
        .await
        .unwrap()
        .post;
    submit_post(&t.app, &author, post.id).await.unwrap();
    let server = t.server().await;
    House {
        approver: server.slack(Some(&format!("slack/{WORKSPACE}/U0APPROVER"))),
        author,
        post: post.id.0,
        server,
    }
}

#[tokio::test]
async fn only_who_reviews_sees_what_waits() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let server = &house.server;
        let path = format!("/me/reviews/{}", house.post);
        let nobody = server.anonymous().get("/me/reviews").await;
        assert_eq!(nobody.problem().code, Code::Unauthenticated);
        let curator = server.member(&t.token(&house.author).await);
        for path in ["/me/reviews", path.as_str()] {
            assert_eq!(curator.get(path).await.problem().code, Code::Forbidden);
        }
        let list: ReviewList = house.approver.get("/me/reviews").await.json();
        assert_eq!((list.items.len(), list.waiting), (1, 1));
        let one: Review = house.approver.get(&path).await.json();
        assert_eq!(one, list.items[0]);
        let stranger = t.actor(&[Role::Owner]).await;
        let stranger = server.member(&t.token(&stranger).await);
        assert_eq!(stranger.get(&path).await.problem().code, Code::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_judgement_is_of_the_version_that_was_shown() {
    on_both(async |t: TestApp| {
        let house = house(&t).await;
        let path = |step: &str| format!("/posts/{}/{step}", house.post);
        let review = format!("/me/reviews/{}", house.post);
        let seen: Review = house.approver.get(&review).await.json();
        let id = entity::ids::PostId(house.post);
        recall_post(&t.app, &house.author, id).await.unwrap();
        submit_post(&t.app, &house.author, id).await.unwrap();
        // What is done in the same instant has no order.
        t.clock.advance(chrono::TimeDelta::seconds(1));
        let stale = json!({"version": seen.version});
        let refused = house.approver.post(&path("approve"), &stale).await;
        assert_eq!(refused.problem().code, Code::VersionMismatch);
        let stale = json!({"version": seen.version, "note": "Shorter."});
        let refused = house.approver.post(&path("reject"), &stale).await;
        assert_eq!(refused.problem().code, Code::VersionMismatch);
        let now: Review = house.approver.get(&review).await.json();
        let good = json!({"version": now.version});
        for _ in 0..2 {
            let live: Post = house.approver.post(&path("approve"), &good).await.json();
            assert_eq!(live.state, server_api::enums::PostState::Live);
        }
        let told: Review = house.approver.get(&review).await.json();
        assert!(told.decision.unwrap().mine);
    })
    .await;
}
