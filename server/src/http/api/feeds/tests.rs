//! Feeds over HTTP; what imports do is tested with the use case.

use entity::enums::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server_api::cadence::Cadence;
use server_api::enums::FeedMode;
use server_api::feed::{Feed, FeedItem, FeedPreview, PreviewOutcome};
use server_api::page::Page;
use server_api::problem::Code;
use uuid::Uuid;

use crate::test_support::server::{Answer, Session};
use crate::test_support::site::Site;
use crate::test_support::{Kind, TestApp, on_both};

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
            (Method::GET, format!("/feeds/{id}")),
            (Method::DELETE, format!("/feeds/{id}")),
            (Method::POST, "/feed-preview".to_owned()),
            (Method::GET, "/cadence".to_owned()),
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
            other.get(&format!("/feeds/{id}")).await,
            other.delete(&format!("/feeds/{id}")).await,
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

#[tokio::test]
async fn a_schedule_is_told_in_words_with_its_next_times() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let path = "/cadence?cron=0+9+*+*+1-5&language=de";
        let told: Cadence = session.get(path).await.json();
        assert_eq!(told.reading, "Montag bis Freitag um 09:00 Uhr");
        assert_eq!(told.next_runs.len(), 5);
        assert!(told.next_runs.is_sorted());
        let own: Cadence = session.get("/cadence").await.json();
        assert_eq!(
            (own.cron.as_str(), own.reading.as_str()),
            ("0 * * * *", "Every hour, on the hour")
        );
        let wrong = session.get("/cadence?cron=0+25+*+*+*").await;
        let field = &wrong.problem().fields[0];
        assert_eq!(field.field, "cron");
        assert!(
            field.reason.contains("`25` for the hour"),
            "{}",
            field.reason
        );
    })
    .await;
}

#[tokio::test]
async fn a_preview_tells_what_would_become_of_each_item_and_writes_nothing() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let item = |title: &str, link: &str| {
            format!("<item><title>{title}</title><link>{link}</link></item>")
        };
        let items: String = ["e", "d", "c", "b", "a"]
            .map(|one| item(&format!("News {one}"), &format!("https://e.org/{one}")))
            .concat();
        let bad = item("Nowhere", "javascript:alert(1)");
        let document = format!(
            "<rss version=\"2.0\"><channel><title>News</title>{items}{bad}</channel></rss>"
        );
        let site = Site::open(document.as_bytes()).await;
        let t =
            TestApp::configured(kind, &format!("[fetch]\nallow = [\"{}\"]\n", site.place)).await;
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let known = json!({ "title": "There", "url": "https://e.org/e?utm_source=x" });
        assert_eq!(session.post("/posts", &known).await.status, 200);
        let url = format!("http://{}/feed.xml", site.place);
        let asked = json!({ "url": url, "mode": "auto_publish" });
        for _ in 0..2 {
            let seen: FeedPreview = session.post("/feed-preview", &asked).await.json();
            assert_eq!(seen.title.as_deref(), Some("News"));
            assert_eq!(
                (seen.found, seen.fresh, seen.known, seen.refused),
                (6, 4, 1, 1)
            );
            let told: Vec<_> = seen
                .items
                .iter()
                .map(|item| (item.title.as_str(), item.outcome))
                .collect();
            // Of a first import the newest three go live.
            let expected = [
                ("News e", PreviewOutcome::Known),
                ("News d", PreviewOutcome::Publish),
                ("News c", PreviewOutcome::Publish),
                ("News b", PreviewOutcome::Draft),
                ("News a", PreviewOutcome::Draft),
                ("Nowhere", PreviewOutcome::Refused),
            ];
            for one in expected {
                assert!(told.contains(&one), "{one:?} in {told:?}");
            }
        }
        let list: Page<Feed> = session.get("/feeds").await.json();
        assert!(list.items.is_empty(), "nothing is followed");
        let feed: Feed = session.post("/feeds", &asked).await.json();
        let removed = session.delete(&format!("/feeds/{}", feed.id)).await;
        assert_eq!(removed.status, 204);
        assert_eq!(
            session.delete(&format!("/feeds/{}", feed.id)).await.status,
            404
        );
        t.work().await;
    }
}
