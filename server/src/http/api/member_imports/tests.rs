//! Files of members over HTTP; files of posts pass the same use cases.

use entity::enums::Role;
use reqwest::Method;
use server_api::import::{Import, ImportLines, ImportState, LineOutcome};
use server_api::page::Page;
use server_api::problem::Code;

use super::MAX_BYTES;
use crate::test_support::server::Answer;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_file_is_tried_told_line_by_line_confirmed_and_forgotten() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let send = async |file: &'static str| {
            Answer::to(session.request(Method::POST, "/member-imports").body(file)).await
        };
        let tried: Import = send("email,name\na@acme.example,A\nx,X\n").await.json();
        assert_eq!(
            (tried.state, tried.added, tried.refused),
            (ImportState::Ready, 1, 1)
        );
        let path = format!("/member-imports/{}", tried.id);
        let lines: ImportLines = session.get(&format!("{path}/lines?limit=1")).await.json();
        assert_eq!((lines.items[0].line, lines.next), (2, Some(2)));
        let lines: ImportLines = session
            .get(&format!("{path}/lines?outcome=refused&after=2"))
            .await
            .json();
        assert_eq!(lines.items[0].outcome, LineOutcome::Refused);
        assert_eq!(
            lines.items[0].reason.as_deref(),
            Some("email is no e-mail address")
        );
        let confirm = format!("{path}/confirm");
        let done: Import = session
            .post(&confirm, &serde_json::Value::Null)
            .await
            .json();
        assert_eq!((done.state, done.added), (ImportState::Done, 1));
        let again: Import = session
            .post(&confirm, &serde_json::Value::Null)
            .await
            .json();
        assert_eq!(again, done);
        let list: Page<Import> = session.get("/member-imports").await.json();
        assert_eq!(list.items, [done]);
        let posts: Page<Import> = session.get("/post-imports").await.json();
        assert!(posts.items.is_empty(), "it is no file of posts");
        let elsewhere = path.replace("member", "post");
        assert_eq!(session.get(&elsewhere).await.status, 404);
        assert_eq!(session.delete(&path).await.status, 204);
        assert_eq!(session.delete(&path).await.status, 404);
        t.work().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_list_or_too_large_is_refused() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let send = async |file: String| {
            Answer::to(session.request(Method::POST, "/member-imports").body(file)).await
        };
        for file in [
            "",
            "email\n",
            "email,name\n",
            "email,name,salary\na@b.example,A,1\n",
        ] {
            let refused = send(file.to_owned()).await;
            assert_eq!(refused.status, 422, "{file}");
            assert_eq!(refused.problem().fields[0].field, "file");
        }
        let large = send("x".repeat(MAX_BYTES + 1)).await;
        assert_eq!(large.problem().code, Code::BodyTooLarge);
        let limit =
            session.get("/member-imports/00000000-0000-7000-8000-000000000000/lines?limit=0");
        assert_eq!(limit.await.status, 422);
    })
    .await;
}
