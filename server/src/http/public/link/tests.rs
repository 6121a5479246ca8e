//! Tests of short links, over the real listener.

use chrono::TimeDelta;
use entity::enums::{HitClass, HitReason, Network, PostState};
use entity::ids::HitId;
use entity::{hit, post};
use reqwest::Method;

use crate::service::actor::Actor;
use crate::service::clicks::count_clicks;
use crate::service::shares::{Parties, open};
use crate::store::{StoreError, hits};
use crate::test_support::traffic::BEHIND_A_PROXY;
use crate::test_support::{Kind, TestApp, on_both};

struct Scene {
    actor: Actor,
    post: post::Model,
    path: String,
    destination: String,
}

async fn scene(t: &TestApp) -> Scene {
    let actor = t.actor(&[]).await;
    let post = t.live_post(&actor.organization).await;
    let parties = Parties {
        organization: actor.organization.clone(),
        member: actor.member.clone(),
        post: post.clone(),
    };
    let opened = open(&t.app, &parties, Network::X, None).await.unwrap();
    let link = opened.link.unwrap();
    Scene {
        actor,
        post,
        path: format!("/l/{}", link.code),
        destination: link.destination,
    }
}

async fn stored(t: &TestApp) -> Vec<hit::Model> {
    let start = HitId(uuid::Uuid::nil());
    hits::after(t.app.store.reader(), start, 100).await.unwrap()
}

#[tokio::test]
async fn a_reader_is_sent_on_and_the_hit_is_stored_before() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        let referer = ("referer", "https://www.linkedin.com/feed/?secret=1");
        let answer = server.visit(Method::GET, &scene.path, &[referer]).await;
        assert_eq!(answer.status, 302);
        assert_eq!(answer.header("location"), scene.destination);
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(
            answer.header("referrer-policy"),
            "strict-origin-when-cross-origin"
        );
        let hits = stored(&t).await;
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].class, HitClass::Human);
        assert_eq!(hits[0].visitor.as_ref().map(Vec::len), Some(16));
        assert_eq!(hits[0].referrer_host.as_deref(), Some("www.linkedin.com"));
    })
    .await;
}

#[tokio::test]
async fn every_hit_is_stored_with_its_class_and_who_asks_for_privacy_leaves_time_only() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        let cases = [
            (Method::HEAD, ("x-a", "b"), HitReason::HeadRequest),
            (
                Method::GET,
                ("sec-purpose", "prefetch;prerender"),
                HitReason::Prefetch,
            ),
            (
                Method::GET,
                ("user-agent", "Slackbot 1.0"),
                HitReason::Crawler,
            ),
            (Method::GET, ("dnt", "1"), HitReason::DoNotTrack),
            (
                Method::GET,
                ("sec-gpc", "1"),
                HitReason::GlobalPrivacyControl,
            ),
        ];
        for (method, header, reason) in cases {
            let before = stored(&t).await.len();
            let answer = server.visit(method, &scene.path, &[header]).await;
            assert_eq!(answer.status, 302);
            let hits = stored(&t).await;
            assert_eq!(hits.len(), before + 1);
            let hit = hits.iter().find(|hit| hit.reason == reason).unwrap();
            if hit.class == HitClass::Private {
                assert_eq!((&hit.visitor, &hit.network_key), (&None, &None));
                assert_eq!((hit.device, &hit.referrer_host), (None, &None));
            }
        }
        assert_eq!(count_clicks(&t.app).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_hundred_readers_at_once_are_a_hundred_hits_in_few_commits() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        let readers = (0..100).map(|_| server.visit(Method::GET, &scene.path, &[]));
        let answers = futures::future::join_all(readers).await;
        assert!(answers.iter().all(|answer| answer.status == 302));
        let start = HitId(uuid::Uuid::nil());
        let hits = hits::after(t.app.store.reader(), start, 1_000)
            .await
            .unwrap();
        assert_eq!(hits.len(), 100);
        assert_eq!(count_clicks(&t.app).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_code_is_a_friendly_page_and_no_row() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        for path in ["/l/abcdEFGH", "/l/x", "/l/..%2F..%2Fetc", "/l/%00"] {
            let german = ("accept-language", "de");
            let answer = server.visit(Method::GET, path, &[german]).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(
                answer.text().contains("Diesen Link gibt es nicht"),
                "{path}"
            );
        }
        assert!(stored(&t).await.is_empty());
        assert_eq!(t.app.ingest().unknown_codes(), 4);
    })
    .await;
}

#[tokio::test]
async fn links_of_an_expired_post_lead_on_and_of_a_withdrawn_one_do_not() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        t.clock.advance(TimeDelta::days(400));
        t.change_post(&scene.post, |post| post.state = PostState::Expired)
            .await;
        let answer = server.browse("192.0.2.1", &scene.path).await;
        assert_eq!(answer.header("location"), scene.destination);
        t.change_post(&scene.post, |post| post.state = PostState::Withdrawn)
            .await;
        let answer = server.browse("192.0.2.1", &scene.path).await;
        assert_eq!(answer.status, 410);
        assert!(answer.text().contains("This page was withdrawn"));
        t.change_post(&scene.post, |post| {
            post.state = PostState::Withdrawn;
            post.withdrawn_url = Some("https://acme.example/sorry".to_owned());
        })
        .await;
        let answer = server.browse("192.0.2.1", &scene.path).await;
        assert_eq!(answer.header("location"), "https://acme.example/sorry");
        assert_eq!(stored(&t).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn only_a_trusted_proxy_can_say_who_the_reader_is() {
    for (options, visitors) in [("", 1), (BEHIND_A_PROXY, 2)] {
        let t = TestApp::configured(Kind::Sqlite, options).await;
        let (scene, server) = (scene(&t).await, t.server().await);
        server.browse("192.0.2.1", &scene.path).await;
        server.browse("198.51.100.1", &scene.path).await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), visitors);
    }
}

#[tokio::test]
async fn the_members_own_browser_is_known_by_its_cookie_on_another_day() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        let share = t.share_path(&scene.actor, &scene.post, Network::X);
        let opened = server.visit(Method::GET, &share, &[]).await;
        let cookie = opened.header("set-cookie").to_owned();
        assert!(cookie.contains(&format!("Path={}", scene.path)), "{cookie}");
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
        let pair = cookie.split(';').next().unwrap();
        t.clock.advance(TimeDelta::days(1));
        server
            .visit(Method::GET, &scene.path, &[("cookie", pair)])
            .await;
        let hits = stored(&t).await;
        assert_eq!(hits[0].reason, HitReason::OwnCookie);
        // Without the cookie, the same day's visit to the share page tells.
        server.visit(Method::GET, &share, &[]).await;
        server.visit(Method::GET, &scene.path, &[]).await;
        assert_eq!(count_clicks(&t.app).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_known_link_leads_on_while_the_database_refuses() {
    use sea_orm::ConnectionTrait;
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        server.browse("192.0.2.1", &scene.path).await;
        let db = t.app.store.reader();
        for (table, lost) in [("hit", 1), ("link", 2)] {
            db.execute_unprepared(&format!("ALTER TABLE {table} RENAME TO {table}_away"))
                .await
                .unwrap();
            let known = server.browse("192.0.2.2", &scene.path).await;
            assert_eq!(
                (known.status, known.header("location")),
                (302, &*scene.destination)
            );
            assert_eq!(t.app.ingest().lost_hits(), lost);
        }
    })
    .await;
}

#[tokio::test]
async fn a_known_link_leads_on_while_the_database_is_away_and_the_loss_is_counted() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        server.browse("192.0.2.1", &scene.path).await;
        t.app.store.clone().close().await.unwrap();
        let known = server.browse("192.0.2.2", &scene.path).await;
        assert_eq!(
            (known.status, known.header("location")),
            (302, &*scene.destination)
        );
        assert_eq!(t.app.ingest().lost_hits(), 1);
        let unknown = server.browse("192.0.2.2", "/l/abcdEFGH").await;
        assert_eq!(unknown.status, 503);
        assert_eq!(unknown.header("retry-after"), "5");
        assert!(matches!(
            count_clicks(&t.app).await,
            Err(StoreError::Unavailable(_))
        ));
    })
    .await;
}
