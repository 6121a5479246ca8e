//! Feeds over HTTP; what imports do is tested with the use case.

use entity::enums::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server_api::enums::FeedMode;
use server_api::feed::{Feed, FeedItem};
use server_api::page::Page;
use server_api::problem::Code;
use uuid::Uuid;

use crate::test_support::server::{Answer, Session};
use crate::test_support::{TestApp, on_both};

fn form() -> Value {
    json!({ "url": "https://news.example/feed.xml" })
}

#[tokio::test]
async fn who_may_not_manage_feeds_does_nothing_with_them() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let plain = t.actor_in(&owner.organization, &[Role::Approver]).await;
        let server = t.server().await;
        let plain = server.member(&t.token(&plain).await);
        let session = server.member(&t.token(&owner).await);
        let feed: Feed = session.post("/feeds", &form()).await.json();
        let id = feed.id;
        for (method, path) in [
            (Method::GET, "/feeds".to_owned()),
            (Method::POST, "/feeds".to_owned()),
            (Method::PATCH, format!("/feeds/{id}")),
            (Method::POST, format!("/feeds/{id}/run")),
            (Method::GET, format!("/feeds/{id}/items")),
        ] {
            let ask = |who: &Session| who.request(method.clone(), &path).json(&form());
            assert_eq!(Answer::to(ask(&server.anonymous())).await.status, 401);
            let answer = Answer::to(ask(&plain)).await;
            assert_eq!(answer.problem().code, Code::Forbidden, "{method} {path}");
        }
        let other = t.actor(&[Role::Owner]).await;
        let other = server.member(&t.token(&other).await);
        for answer in [
            other.get(&format!("/feeds/{id}/items")).await,
            other.patch(&format!("/feeds/{id}"), &json!({})).await,
            other.post(&format!("/feeds/{id}/run"), &json!(null)).await,
            session
                .patch(&format!("/feeds/{}", Uuid::from_u128(1)), &json!({}))
                .await,
        ] {
            assert_eq!(answer.status, 404, "{}", answer.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_followed_once_and_changed() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let feed: Feed = session.post("/feeds", &form()).await.json();
        assert_eq!(
            (feed.mode, feed.cron.as_str()),
            (FeedMode::Draft, "0 * * * *")
        );
        assert!(feed.next_run_at.is_some());
        let answer = session.post("/feeds", &form()).await;
        assert_eq!(answer.problem().code, Code::AlreadyExists);
        let path = format!("/feeds/{}", feed.id);
        let change = json!({ "mode": "review", "cron": "30 6 * * 1-5", "paused": true });
        for _ in 0..2 {
            let changed: Feed = session.patch(&path, &change).await.json();
            assert_eq!(changed.mode, FeedMode::Review);
            assert_eq!(changed.cron, "30 6 * * 1-5");
            assert!(changed.paused);
            assert_eq!(changed.next_run_at, None);
        }
        let resumed: Feed = session
            .patch(&path, &json!({ "paused": false }))
            .await
            .json();
        assert!(resumed.next_run_at.is_some());
        let list: Page<Feed> = session.get("/feeds").await.json();
        assert_eq!(list.items, [resumed]);
        let items: Page<FeedItem> = session.get(&format!("{path}/items")).await.json();
        assert!(items.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_bad_feed_is_refused_by_field() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        for (body, field) in [
            (json!({ "url": "news.example" }), "url"),
            (json!({ "url": "file:///etc/passwd" }), "url"),
            (
                json!({ "url": "https://news.example/", "cron": "every day" }),
                "cron",
            ),
            (
                json!({ "url": "https://news.example/", "cron": "0 0 1 * 1" }),
                "cron",
            ),
            (
                json!({ "url": "https://news.example/", "mode": "loud" }),
                "mode",
            ),
        ] {
            let answer = session.post("/feeds", &body).await;
            assert_eq!(answer.status, 422, "{}", answer.text());
            assert_eq!(answer.problem().fields[0].field, field);
        }
        let list: Page<Feed> = session.get("/feeds").await.json();
        assert!(list.items.is_empty(), "nothing half done stays");
    })
    .await;
}

#[tokio::test]
async fn a_feed_inside_our_own_network_is_not_fetched() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let inside = json!({ "url": "http://169.254.169.254/latest/meta-data" });
        let feed: Feed = session.post("/feeds", &inside).await.json();
        let answer = session
            .post(&format!("/feeds/{}/run", feed.id), &Value::Null)
            .await;
        assert_eq!(answer.status, 422);
        let field = &answer.problem().fields[0];
        assert_eq!(field.field, "url");
        assert!(field.reason.contains("public network"), "{}", field.reason);
        let list: Page<Feed> = session.get("/feeds").await.json();
        assert!(list.items[0].last_error.is_some());
    })
    .await;
}
