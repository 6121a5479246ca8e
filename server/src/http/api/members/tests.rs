//! Members over HTTP: who may see and add them, and what is refused.

use entity::enums::Role;
use reqwest::Method;
use serde_json::json;
use server_api::problem::Code;

use super::*;
use crate::test_support::server::Answer;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn members_are_added_once_and_listed_page_by_page() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let ada = json!({"email": "ada@acme.example", "display_name": "Ada", "roles": ["curator"]});
        // Within a millisecond, the order of ids is chance.
        t.clock.advance(chrono::TimeDelta::milliseconds(1));
        assert_eq!(session.post("/members", &ada).await.status, 200);
        let again = session.post("/members", &ada).await;
        assert_eq!(
            (again.status, again.problem().code),
            (409, Code::AlreadyExists)
        );
        let first: Page<Member> = session.get("/members?limit=1").await.json();
        let path = format!("/members?limit=1&cursor={}", first.next.unwrap());
        let second: Page<Member> = session.get(&path).await.json();
        assert_eq!(first.items[0].display_name, "Ada");
        assert_eq!(second.items[0].id.0, owner.member.id.0);
        assert_eq!(second.next, None);
        let of = async |address: &str| {
            let path = format!("/members?email={address}");
            let page: Page<Member> = session.get(&path).await.json();
            page.items.len()
        };
        assert_eq!(of("Ada@Acme.example").await, 1);
        assert_eq!(of("nobody@acme.example").await, 0);
        for query in ["limit=0", "limit=101", "cursor=x"] {
            let answer = session.get(&format!("/members?{query}")).await;
            assert_eq!(answer.problem().code, Code::InvalidField, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn invalid_members_are_refused_field_by_field_and_nobody_grants_more_than_they_hold() {
    on_both(async |t: TestApp| {
        let admin = t.actor(&[Role::Admin]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&admin).await);
        let wrong = json!({"email": "ada", "display_name": "=1+1"});
        let problem = session.post("/members", &wrong).await.problem();
        let fields: Vec<_> = problem.fields.iter().map(|f| f.field.as_str()).collect();
        assert_eq!(fields, ["email", "display_name"]);
        let owner = json!({"email": "b@acme.example", "display_name": "B", "roles": ["owner"]});
        assert_eq!(session.post("/members", &owner).await.status, 403);
        let unknown = json!({"email": "b@acme.example", "display_name": "B", "salary": 1});
        assert_eq!(session.post("/members", &unknown).await.status, 422);
    })
    .await;
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_once_and_refuses_another_body() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let send = async |email: &str| {
            let body = json!({"email": email, "display_name": "Ada"});
            let request = session.request(Method::POST, "/members");
            Answer::to(request.header("idempotency-key", "k1").json(&body)).await
        };
        let first = send("ada@acme.example").await;
        assert_eq!(first.status, 200);
        let again = send("ada@acme.example").await;
        assert_eq!((again.status, &again.body), (200, &first.body));
        assert!(again.headers.contains_key("idempotency-replayed"));
        let other = send("bob@acme.example").await;
        assert_eq!(other.problem().code, Code::IdempotencyMismatch);
        t.clock.advance(chrono::TimeDelta::hours(25));
        assert_eq!(send("ada@acme.example").await.status, 409);
    })
    .await;
}

#[tokio::test]
async fn a_file_is_imported_and_one_too_large_is_not_read() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let send = async |file: String| {
            Answer::to(session.request(Method::POST, "/members/import").body(file)).await
        };
        let report: ImportReport = send("email,name\na@acme.example,A\nx,X\n".into())
            .await
            .json();
        assert_eq!((report.added, report.refused[0].line), (1, 3));
        let large = send("x".repeat(MAX_IMPORT_BYTES + 1)).await;
        assert_eq!(large.problem().code, Code::BodyTooLarge);
    })
    .await;
}
