//! Tests of short links, over the real listener.

use chrono::TimeDelta;
use entity::enums::{HitClass, HitReason, Network, PostState, Role};
use entity::ids::{HitId, LinkId};
use entity::{hit, link, post};
use reqwest::Method;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::ingest::{self, Outcome, Target, look_for_withdrawals};
use crate::service::actor::Actor;
use crate::service::clicks::count_clicks;
use crate::service::posts::withdraw_post;
use crate::service::shares::{Parties, open};
use crate::store::{hits, links};
use crate::test_support::traffic::{BEHIND_A_PROXY, FIREFOX, request};
use crate::test_support::{Kind, TestApp, on_both};

struct Scene {
    actor: Actor,
    post: post::Model,
    link: LinkId,
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
        link: link.id,
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
        assert_eq!(t.app.metrics().links.unknown.get(), 4);
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
        t.change_post(&scene.post, |post| {
            post.state = PostState::Withdrawn;
            post.withdrawn_at = Some(t.app.now());
        })
        .await;
        look_for_withdrawals(&t.app).await.unwrap();
        let answer = server.browse("192.0.2.1", &scene.path).await;
        assert_eq!(answer.status, 410);
        assert!(answer.text().contains("This page was withdrawn"));
        t.change_post(&scene.post, |post| {
            post.state = PostState::Withdrawn;
            post.withdrawn_at = Some(t.app.now());
            post.withdrawn_url = Some("https://acme.example/sorry".to_owned());
        })
        .await;
        look_for_withdrawals(&t.app).await.unwrap();
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
async fn a_code_that_is_written_in_another_way_leads_on_and_counts_once() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        let code = scene.path.strip_prefix("/l/").unwrap();
        let (first, rest) = code.split_at(1);
        let path = format!("/l/%{:02x}{rest}", first.as_bytes()[0]);
        let answer = server.visit(Method::GET, &path, &[]).await;
        assert_eq!(answer.status, 302);
        assert_eq!(answer.header("location"), scene.destination);
        assert_eq!(stored(&t).await.len(), 1);
        let mut figures = String::new();
        t.app.metrics().write(&mut figures);
        let counted = "chorus_http_requests_total{listener=\"public\",method=\"GET\",\
                       route=\"/l/{code}\",status=\"302\"} 1\n";
        assert!(figures.contains(counted), "{figures}");
    })
    .await;
}

#[tokio::test]
async fn a_redirect_bears_its_id_and_the_headers_of_every_answer() {
    on_both(async |t: TestApp| {
        let (scene, server) = (scene(&t).await, t.server().await);
        for path in [&*scene.path, "/l/abcdEFGH"] {
            let answer = server.browse("192.0.2.1", path).await;
            assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert!(answer.header("content-security-policy").contains("'none'"));
        }
        let posted = server.visit(Method::POST, &scene.path, &[]).await;
        assert_eq!(posted.status, 405);
    })
    .await;
}

#[tokio::test]
async fn a_link_leads_on_as_soon_as_it_is_made_on_every_replica() {
    on_both(async |t: TestApp| {
        let replica = t.another(8).await;
        let code = "Qqqqqqq2";
        let seen = async |app: &App| {
            let visit = request(FIREFOX);
            ingest::receive(app, code, visit).await.unwrap()
        };
        assert_eq!(seen(&replica).await, Outcome::Unknown);
        let scene = scene(&t).await;
        let txn = t.app.store.begin().await.unwrap();
        let link = links::find_many(t.app.store.reader(), &[scene.link]).await;
        let twin = link::Model {
            id: LinkId(t.app.uuid()),
            code: code.to_owned(),
            share_id: None,
            owner_key: "twin".to_owned(),
            ..link.unwrap().remove(0)
        };
        assert!(links::insert_unless_there(&txn, twin).await.unwrap());
        txn.commit().await.unwrap();
        let target = Target::On(scene.destination.into());
        for app in [&t.app, &replica] {
            assert_eq!(seen(app).await, Outcome::Known(target.clone()));
        }
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_holds_at_once_here_and_within_two_seconds_everywhere() {
    on_both(async |t: TestApp| {
        let (scene, replica) = (scene(&t).await, t.another(8).await);
        let code = scene.path.trim_start_matches("/l/");
        let seen = async |app: &App| {
            let visit = request(FIREFOX);
            ingest::receive(app, code, visit).await.unwrap()
        };
        let on = Outcome::Known(Target::On(scene.destination.clone().into()));
        assert_eq!(seen(&replica).await, on);
        assert_eq!(seen(&t.app).await, on);
        let stop = CancellationToken::new();
        let behind = tokio::spawn(ingest::drain::run(replica.clone(), stop.clone()));
        let actor = t
            .actor_in(&scene.actor.organization, &[Role::Curator])
            .await;
        withdraw_post(&t.app, &actor, scene.post.id, None)
            .await
            .unwrap();
        let gone = Outcome::Known(Target::Gone);
        assert_eq!(seen(&t.app).await, gone);
        let began = std::time::Instant::now();
        while seen(&replica).await != gone {
            assert!(
                began.elapsed().as_secs() < 10,
                "the replica never learns it"
            );
            tokio::time::timeout(std::time::Duration::from_millis(50), stop.cancelled())
                .await
                .unwrap_err();
        }
        assert!(ingest::drain::GLANCE.as_secs() < 2);
        stop.cancel();
        behind.await.unwrap();
    })
    .await;
}
