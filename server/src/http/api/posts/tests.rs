//! Posts over HTTP: logged out, not allowed, malformed, limits, success, twice.

use entity::enums::Role;
use reqwest::Method;
use serde_json::{Value, json};
use server_api::enums::PostState;
use server_api::page::Page;
use server_api::post::Post;
use server_api::problem::Code;
use uuid::Uuid;

use crate::domain::audit::Wanted;
use crate::service::actor::Actor;
use crate::test_support::server::{Answer, Session, TestServer};
use crate::test_support::{TestApp, on_both};

fn form(title: &str) -> Value {
    json!({ "title": title, "url": "https://acme.example/news" })
}

struct Desk {
    server: TestServer,
    owner: Session,
    actor: Actor,
}

async fn desk(t: &TestApp) -> Desk {
    let actor = t.actor(&[Role::Owner]).await;
    let server = t.server().await;
    let owner = server.member(&t.token(&actor).await);
    Desk {
        server,
        owner,
        actor,
    }
}

impl Desk {
    async fn member(&self, t: &TestApp, roles: &[Role]) -> Session {
        let actor = t.actor_in(&self.actor.organization, roles).await;
        self.server.member(&t.token(&actor).await)
    }

    async fn draft(&self, title: &str) -> Post {
        let answer = self.owner.post("/posts", &form(title)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    async fn step(&self, post: &Post, step: &str, body: &Value) -> Answer {
        let path = format!("/posts/{}/{step}", post.id);
        self.owner.post(&path, body).await
    }
}

#[tokio::test]
async fn who_is_not_logged_in_or_not_allowed_does_nothing() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let plain = desk.member(&t, &[]).await;
        let stranger = desk.server.anonymous();
        let id = post.id;
        for (method, path) in [
            (Method::GET, "/posts".to_owned()),
            (Method::POST, "/posts".to_owned()),
            (Method::GET, format!("/posts/{id}")),
            (Method::PUT, format!("/posts/{id}")),
            (Method::POST, format!("/posts/{id}/submit")),
            (Method::POST, format!("/posts/{id}/approve")),
            (Method::POST, format!("/posts/{id}/reject")),
            (Method::POST, format!("/posts/{id}/publish")),
            (Method::POST, format!("/posts/{id}/withdraw")),
        ] {
            let ask = |who: &Session| who.request(method.clone(), &path).json(&form("x"));
            let answer = Answer::to(ask(&stranger)).await;
            assert_eq!(answer.status, 401, "{method} {path}");
            let answer = Answer::to(ask(&plain)).await;
            assert_eq!(answer.problem().code, Code::Forbidden, "{method} {path}");
        }
        let curator = desk.member(&t, &[Role::Curator]).await;
        let path = format!("/posts/{id}/approve");
        assert_eq!(curator.post(&path, &json!({})).await.status, 403);
        let approver = desk.member(&t, &[Role::Approver]).await;
        assert_eq!(approver.post("/posts", &form("x")).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn posts_of_other_organizations_do_not_exist() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let other = t.actor(&[Role::Owner]).await;
        let other = desk.server.member(&t.token(&other).await);
        let id = post.id;
        assert_eq!(other.get(&format!("/posts/{id}")).await.status, 404);
        let answer = other.put(&format!("/posts/{id}"), &form("x")).await;
        assert_eq!(answer.status, 404);
        for step in ["submit", "approve", "publish", "withdraw"] {
            let path = format!("/posts/{id}/{step}");
            assert_eq!(other.post(&path, &json!({})).await.status, 404, "{step}");
        }
        let list: Page<Post> = other.get("/posts").await.json();
        assert!(list.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_malformed_post_is_refused_by_field() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        for (body, field) in [
            (json!({ "title": "" }), "title"),
            (json!({ "title": "a".repeat(201) }), "title"),
            (json!({ "title": "a", "url": "javascript:x" }), "url"),
            (
                json!({ "title": "a", "image_url": "https://e.org/a.png" }),
                "image_alt",
            ),
            (
                json!({ "title": "a", "variants": [{ "network": "x", "text": "a".repeat(281) }] }),
                "variants.0.text",
            ),
        ] {
            let answer = desk.owner.post("/posts", &body).await;
            assert_eq!(answer.status, 422, "{}", answer.text());
            assert_eq!(answer.problem().fields[0].field, field);
        }
        let request = desk.owner.request(Method::POST, "/posts");
        let request = request
            .header("content-type", "application/json")
            .body("{\"title\":");
        assert_eq!(
            Answer::to(request).await.problem().code,
            Code::MalformedBody
        );
        for path in ["/posts?limit=0", "/posts?limit=101", "/posts?cursor=x"] {
            assert_eq!(desk.owner.get(path).await.status, 422, "{path}");
        }
        assert_eq!(desk.owner.get("/posts/nonsense").await.status, 404);
        let nobody = format!("/posts/{}", Uuid::from_u128(1));
        assert_eq!(desk.owner.get(&nobody).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_post_passes_through_its_life_and_no_step_counts_twice() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        t.workspace(&desk.actor.organization).await;
        let post = desk.draft("News").await;
        assert_eq!(post.state, PostState::Draft);
        for _ in 0..2 {
            let answer = desk.step(&post, "submit", &Value::Null).await;
            assert_eq!(answer.json::<Post>().state, PostState::InReview);
        }
        let note = json!({ "note": "Shorter, please." });
        for _ in 0..2 {
            let answer = desk.step(&post, "reject", &note).await;
            let sent_back: Post = answer.json();
            assert_eq!(sent_back.state, PostState::Draft);
            assert_eq!(sent_back.review_note.as_deref(), Some("Shorter, please."));
        }
        desk.step(&post, "submit", &Value::Null).await;
        let mut versions = Vec::new();
        for _ in 0..2 {
            let live: Post = desk.step(&post, "approve", &json!({})).await.json();
            assert_eq!(live.state, PostState::Live);
            assert!(live.expires_at.is_some());
            versions.push(live.version);
        }
        assert_eq!(versions[0], versions[1]);
        assert_eq!(t.claim().await.len(), 1);
        let answer = desk.step(&post, "reject", &note).await;
        assert_eq!(answer.problem().code, Code::WrongState);
        let to = json!({ "url": "https://acme.example/sorry" });
        for _ in 0..2 {
            let gone: Post = desk.step(&post, "withdraw", &to).await.json();
            assert_eq!(gone.state, PostState::Withdrawn);
            assert_eq!(
                gone.withdrawn_url.as_deref(),
                Some("https://acme.example/sorry")
            );
        }
        let answer = desk.step(&post, "approve", &json!({})).await;
        assert_eq!(answer.problem().code, Code::PostWithdrawn);
        let draft = desk.draft("Other").await;
        let answer = desk.step(&draft, "withdraw", &json!({})).await;
        assert_eq!(answer.problem().code, Code::WrongState);
    })
    .await;
}

#[tokio::test]
async fn a_post_with_a_time_waits_and_may_be_published_sooner() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let at = t.app.now() + chrono::TimeDelta::hours(3);
        let body = json!({ "publish_at": at });
        let planned: Post = desk.step(&post, "approve", &body).await.json();
        assert_eq!(planned.state, PostState::Scheduled);
        assert_eq!(planned.publish_at, Some(at));
        let list: Page<Post> = desk.owner.get("/posts?state=scheduled").await.json();
        assert_eq!(list.items.len(), 1);
        let live: Post = desk.step(&post, "publish", &Value::Null).await.json();
        assert_eq!(live.state, PostState::Live);
        assert_eq!(live.published_at, Some(t.app.now()));
    })
    .await;
}

#[tokio::test]
async fn only_the_version_that_was_read_is_replaced() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let path = format!("/posts/{}", post.id);
        let read = desk.owner.get(&path).await;
        let tag = read.headers["etag"].to_str().unwrap().to_owned();
        assert_eq!(tag, format!("\"{}\"", post.version));
        let replace = |title: &str| {
            desk.owner
                .request(Method::PUT, &path)
                .header("if-match", &tag)
                .json(&json!({
                    "title": title,
                    "campaign": "spring-2026",
                    "variants": [{ "text": "For all" }, { "network": "x", "text": "For X" }],
                }))
        };
        let answer = Answer::to(replace("Newer")).await;
        let newer: Post = answer.json();
        assert_eq!(newer.title, "Newer");
        assert_eq!(newer.campaign.as_deref(), Some("spring-2026"));
        assert_eq!(newer.variants.len(), 2);
        assert_eq!(newer.url, None);
        let answer = Answer::to(replace("Newest")).await;
        assert_eq!(answer.status, 412);
        assert_eq!(answer.problem().code, Code::VersionMismatch);
        desk.step(&post, "submit", &Value::Null).await;
        let answer = desk.owner.put(&path, &form("Late")).await;
        assert_eq!(answer.problem().code, Code::WrongState);
    })
    .await;
}

#[tokio::test]
async fn four_eyes_means_two_people() {
    on_both(async |t: TestApp| {
        let mut organization = t.organization().await;
        organization.settings.second_pair_of_eyes = true;
        let txn = t.app.store.begin().await.unwrap();
        let organization = crate::store::organizations::update(&*txn, organization)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let server = t.server().await;
        let ada = t.actor_in(&organization, &[Role::Owner]).await;
        let ada = server.member(&t.token(&ada).await);
        let ben = t.actor_in(&organization, &[Role::Approver]).await;
        let ben = server.member(&t.token(&ben).await);
        let post: Post = ada.post("/posts", &form("News")).await.json();
        let path = |step: &str| format!("/posts/{}/{step}", post.id);
        let answer = ben.post(&path("approve"), &json!({})).await;
        assert_eq!(answer.problem().code, Code::WrongState, "it is a draft");
        ada.post(&path("submit"), &Value::Null).await;
        let answer = ada.post(&path("approve"), &json!({})).await;
        assert_eq!(answer.problem().code, Code::OwnPost);
        let live: Post = ben.post(&path("approve"), &json!({})).await.json();
        assert_eq!(live.state, PostState::Live);
    })
    .await;
}

#[tokio::test]
async fn lists_are_cut_into_pages_that_lead_on() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        for number in 0..5 {
            desk.draft(&format!("News {number}")).await;
            t.clock.advance(chrono::TimeDelta::seconds(1));
        }
        let mut titles = Vec::new();
        let mut path = "/posts?limit=2".to_owned();
        loop {
            let page: Page<Post> = desk.owner.get(&path).await.json();
            assert!(page.items.len() <= 2);
            titles.extend(page.items.into_iter().map(|post| post.title));
            match page.next {
                Some(next) => path = format!("/posts?limit=2&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(titles, ["News 4", "News 3", "News 2", "News 1", "News 0"]);
        let live: Page<Post> = desk.owner.get("/posts?state=live").await.json();
        assert!(live.items.is_empty());
    })
    .await;
}

#[tokio::test]
async fn every_step_is_in_the_audit_log_with_who_took_it() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        desk.step(&post, "approve", &json!({})).await;
        desk.step(&post, "withdraw", &json!({})).await;
        let paging = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let log = crate::service::audit::list(&t.app, &desk.actor, &Wanted::default(), paging)
            .await
            .unwrap();
        let mut actions: Vec<_> = log
            .items
            .iter()
            .map(|event| event.action.as_str())
            .collect();
        actions.sort_unstable();
        assert_eq!(actions, ["post.approve", "post.create", "post.withdraw"]);
        assert!(
            log.items
                .iter()
                .all(|event| event.actor_id == Some(desk.actor.member.id))
        );
    })
    .await;
}

#[tokio::test]
async fn a_recruiter_reads_the_library_and_changes_nothing() {
    on_both(async |t: TestApp| {
        let desk = desk(&t).await;
        let post = desk.draft("News").await;
        let recruiter = desk.member(&t, &[Role::Recruiter]).await;
        let listed: Page<Post> = recruiter.get("/posts").await.json();
        assert_eq!(listed.items.len(), 1);
        let path = format!("/posts/{}", post.id);
        let read: Post = recruiter.get(&path).await.json();
        assert_eq!(read.title, "News");
        for step in ["submit", "publish", "archive"] {
            let refused = recruiter.post(&format!("{path}/{step}"), &json!({})).await;
            assert_eq!(refused.problem().code, Code::Forbidden, "{step}");
        }
        let refused = recruiter.post("/posts", &form("Mine")).await;
        assert_eq!(refused.problem().code, Code::Forbidden);
        let figures = format!("{path}/figures");
        for page in ["/members", "/insight", "/insight/teams", &figures] {
            let refused = recruiter.get(page).await.problem().code;
            assert_eq!(refused, Code::Forbidden, "{page}");
        }
    })
    .await;
}
