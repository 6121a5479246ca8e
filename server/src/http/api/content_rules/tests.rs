//! The organization's demands over HTTP, and that they are met.

use entity::enums::{Network, Role};
use reqwest::Method;
use serde_json::{Value, json};
use server_api::content_rules::ContentRules;
use server_api::post::Post;
use server_api::problem::Code;

use crate::service::shares;
use crate::test_support::server::Answer;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn rules_are_read_by_who_reads_posts_and_changed_by_who_manages() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let owner = server.member(&t.token(&actor).await);
        let plain: ContentRules = owner.get("/content-rules").await.json();
        assert_eq!(plain.version, 0);
        assert!(plain.blocked.is_empty() && !plain.disclosure_required);
        let rules = json!({
            "blocked": [" best ", "best"], "disclosure_required": true,
            "disclosure": "I work at Acme.", "review_hours": 24, "second_pair_of_eyes": true
        });
        let changed: ContentRules = owner.put("/content-rules", &rules).await.json();
        assert_eq!((changed.version, changed.review_hours), (1, 24));
        assert_eq!(changed.blocked, ["best"]);
        let same: ContentRules = owner.put("/content-rules", &rules).await.json();
        assert_eq!(same.version, 1, "nothing changed");
        let read = owner.get("/content-rules").await;
        assert_eq!(read.headers["etag"], "\"1\"");
        assert_eq!(read.json::<ContentRules>(), changed);
        let request = owner.request(Method::PUT, "/content-rules");
        let stale = Answer::to(request.header("if-match", "\"0\"").json(&json!({}))).await;
        assert_eq!(stale.problem().code, Code::VersionMismatch);
        for (field, wrong) in [
            ("blocked.0", json!({"blocked": ["…"]})),
            ("blocked", json!({"blocked": vec!["a"; 501]})),
            ("disclosure", json!({"disclosure": "a".repeat(201)})),
            ("review_hours", json!({"review_hours": -1})),
            ("review_hours", json!({"review_hours": 745})),
        ] {
            let answer = owner.put("/content-rules", &wrong).await;
            assert_eq!(answer.problem().fields[0].field, field);
        }
        let curator = t.actor_in(&actor.organization, &[Role::Curator]).await;
        let curator = server.member(&t.token(&curator).await);
        assert_eq!(curator.get("/content-rules").await.status, 200);
        assert_eq!(curator.put("/content-rules", &rules).await.status, 403);
        assert_eq!(server.anonymous().get("/content-rules").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_second_pair_of_eyes_that_is_demanded_is_needed_at_once() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let owner = server.member(&t.token(&actor).await);
        owner
            .put("/content-rules", &json!({"second_pair_of_eyes": true}))
            .await
            .json::<ContentRules>();
        let form = json!({"title": "News", "url": "https://acme.example/news"});
        let post: Post = owner.post("/posts", &form).await.json();
        let answer = owner
            .post(&format!("/posts/{}/approve", post.id), &json!({}))
            .await;
        assert_eq!(answer.problem().code, Code::OwnPost);
    })
    .await;
}

#[tokio::test]
async fn who_speaks_is_said_behind_the_words_that_are_dealt() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let owner = server.member(&t.token(&actor).await);
        let rules = json!({"disclosure_required": true, "disclosure": "I work at Acme."});
        owner
            .put("/content-rules", &rules)
            .await
            .json::<ContentRules>();
        let dealt = async |form: Value| {
            let post: Post = owner.post("/posts", &form).await.json();
            let path = format!("/posts/{}/approve", post.id);
            owner.post(&path, &json!({})).await.json::<Post>();
            let id = entity::ids::PostId(post.id.0);
            let parties = shares::parties(&t.app, &actor, id).await.unwrap();
            let opened = shares::open(&t.app, &parties, Network::X, None)
                .await
                .unwrap();
            let link = opened.link.unwrap();
            let address = t.app.addresses().link(&actor.organization, &link.code);
            let text = opened.share.text;
            text.strip_suffix(&format!("\n\n{address}"))
                .unwrap()
                .to_owned()
        };
        let form = |title: &str, disclosure: Value, text: &str| {
            json!({
                "title": title, "url": format!("https://acme.example/{}", title.len()),
                "disclosure": disclosure, "variants": [{"text": text}]
            })
        };
        assert_eq!(
            dealt(form("a", Value::Null, "Fine tea.")).await,
            "Fine tea. I work at Acme."
        );
        let own = json!("#ad");
        assert_eq!(dealt(form("bb", own, "Fine tea.")).await, "Fine tea. #ad");
        let said = "As I work at ACME. I know.";
        assert_eq!(dealt(form("ccc", Value::Null, said)).await, said);
        owner
            .put("/content-rules", &json!({}))
            .await
            .json::<ContentRules>();
        assert_eq!(
            dealt(form("dddd", Value::Null, "Fine tea.")).await,
            "Fine tea."
        );
    })
    .await;
}
