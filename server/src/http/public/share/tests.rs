//! Tests of share pages, over the real listener.

use chrono::TimeDelta;
use entity::enums::{Language, Network, PostState, ShareState};
use entity::post;
use reqwest::Method;

use crate::service::actor::Actor;
use crate::service::me::{self, Change};
use crate::store::shares;
use crate::test_support::{TestApp, on_both};

async fn scene(t: &TestApp) -> (Actor, post::Model) {
    let actor = t.actor(&[]).await;
    let post = t.live_post(&actor.organization).await;
    (actor, post)
}

async fn state(
    t: &TestApp,
    actor: &Actor,
    post: &post::Model,
    network: Network,
) -> Option<ShareState> {
    let (organization, member) = (actor.organization.id, actor.member.id);
    shares::of(t.app.store.reader(), organization, member, post.id, network)
        .await
        .unwrap()
        .map(|share| share.state)
}

#[tokio::test]
async fn a_network_that_takes_the_words_is_opened_at_once() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::X);
        let answer = server.visit(Method::GET, &path, &[]).await;
        assert_eq!(answer.status, 303);
        let target = answer.header("location");
        assert!(
            target.starts_with(
                "https://x.com/intent/post?text=Have%20you%20tried%20%3Coolong%3E%3F&url=http"
            ),
            "{target}"
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
        let again = server.visit(Method::GET, &path, &[]).await;
        assert_eq!(again.header("location"), target);
        assert_eq!(
            state(&t, &actor, &post, Network::X).await,
            Some(ShareState::Opened)
        );
    })
    .await;
}

#[tokio::test]
async fn where_words_must_be_copied_the_page_holds_them_and_done_confirms() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::Linkedin);
        let page = server.visit(Method::GET, &path, &[]).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("referrer-policy"), "same-origin");
        assert_eq!(page.header("cache-control"), "no-store");
        let policy = page.header("content-security-policy");
        assert!(!policy.contains("unsafe"), "{policy}");
        let html = page.text();
        assert!(html.contains("Have you tried &#60;oolong&#62;?"), "{html}");
        assert!(html.contains("https://www.linkedin.com/sharing/share-offsite/?url="));
        assert!(html.contains("Copy and open LinkedIn"));
        assert!(!html.contains(&actor.member.display_name));
        assert!(!html.contains("style=") && !html.contains("<style"));
        for _ in 0..2 {
            let done = server
                .visit(Method::POST, &format!("{path}/done"), &[])
                .await;
            assert_eq!(done.status, 200);
            assert!(done.text().contains("Thank you"));
        }
        let now = state(&t, &actor, &post, Network::Linkedin).await;
        assert_eq!(now, Some(ShareState::Confirmed));
    })
    .await;
}

#[tokio::test]
async fn a_form_of_another_site_confirms_nothing() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::Linkedin);
        let foreign = [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ];
        let answer = server
            .visit(Method::POST, &format!("{path}/done"), &foreign)
            .await;
        assert_eq!(answer.status, 403);
        assert_eq!(state(&t, &actor, &post, Network::Linkedin).await, None);
    })
    .await;
}

#[tokio::test]
async fn programs_open_nothing() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::X);
        let crawler = ("user-agent", "Slackbot-LinkExpanding 1.0");
        let answer = server.visit(Method::GET, &path, &[crawler]).await;
        assert_eq!((answer.status, answer.header("location")), (200, ""));
        server.visit(Method::HEAD, &path, &[]).await;
        assert_eq!(state(&t, &actor, &post, Network::X).await, None);
    })
    .await;
}

#[tokio::test]
async fn ended_posts_and_forged_addresses_get_a_page_that_says_so() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::X);
        let mut forged = path.clone();
        forged.replace_range(10..11, if &path[10..11] == "A" { "B" } else { "A" });
        for path in [&forged, "/s/x", "/s/%00", "/b/x"] {
            let answer = server.visit(Method::GET, path, &[]).await;
            assert_eq!(answer.status, 404);
            assert!(answer.text().contains("This address does not work"));
        }
        t.clock.advance(TimeDelta::days(14));
        let answer = server.visit(Method::GET, &path, &[]).await;
        assert_eq!(answer.status, 410);
        assert!(answer.text().contains("This post has ended"));
        t.change_post(&post, |post| post.state = PostState::Withdrawn)
            .await;
        for (method, path) in [
            (Method::GET, path.clone()),
            (Method::POST, format!("{path}/done")),
        ] {
            let answer = server.visit(method, &path, &[]).await;
            assert_eq!(answer.status, 410);
            assert!(answer.text().contains("This post was withdrawn"));
        }
        assert_eq!(state(&t, &actor, &post, Network::X).await, None);
    })
    .await;
}

#[tokio::test]
async fn the_mastodon_instance_is_asked_once_in_the_members_language() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let german = Change {
            language: Some(Language::De),
            ..Change::default()
        };
        me::update(&t.app, &actor, german).await.unwrap();
        let path = t.share_path(&actor, &post, Network::Mastodon);
        let asked = server.visit(Method::GET, &path, &[]).await.text();
        assert!(asked.contains("Wo ist dein Mastodon-Konto?"), "{asked}");
        let tell = |instance: &'static str| {
            let form = server
                .http
                .post(format!("{}{path}/instance", server.public))
                .header("content-type", "application/x-www-form-urlencoded")
                .body(format!("instance={instance}"));
            crate::test_support::server::Answer::to(form)
        };
        assert!(
            tell("nonsense")
                .await
                .text()
                .contains("Das ist keine Adresse")
        );
        assert!(tell("").await.text().contains("Das ist keine Adresse"));
        let ready = tell("%40ada%40social.example").await.text();
        assert!(
            ready.contains("https://social.example/share?text="),
            "{ready}"
        );
        let onward = server.visit(Method::GET, &path, &[]).await;
        assert_eq!(onward.status, 303);
        assert!(
            onward
                .header("location")
                .starts_with("https://social.example/share?")
        );
    })
    .await;
}

#[tokio::test]
async fn not_for_me_takes_the_post_out_of_the_suggestions() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let suggested = async || {
            crate::service::suggestions::list_suggestions(&t.app, &actor)
                .await
                .unwrap()
                .len()
        };
        assert_eq!(suggested().await, 1);
        let path = t.share_path(&actor, &post, Network::Linkedin);
        let answer = server
            .visit(Method::POST, &format!("{path}/dismiss"), &[])
            .await;
        assert_eq!(answer.status, 200);
        assert_eq!(suggested().await, 0);
    })
    .await;
}

#[tokio::test]
async fn own_files_are_kept_for_good_under_the_name_of_their_content() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::Copy);
        let html = server.visit(Method::GET, &path, &[]).await.text();
        let names: Vec<&str> = html
            .split('"')
            .filter(|part| part.starts_with("/assets/"))
            .collect();
        assert_eq!(names.len(), 3);
        for name in names {
            let asset = server.visit(Method::GET, name, &[]).await;
            assert_eq!(asset.status, 200);
            assert!(asset.header("cache-control").contains("immutable"));
        }
        let outdated = server
            .visit(Method::GET, "/assets/chorus-00000000.css", &[])
            .await;
        assert_eq!(outdated.status, 404);
    })
    .await;
}
