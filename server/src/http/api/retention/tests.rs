//! How long things are kept, over HTTP.

use entity::enums::Role;
use reqwest::Method;
use serde_json::json;
use server_api::problem::Code;
use server_api::retention::{Retention, RetentionKind};

use crate::test_support::server::Answer;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn it_is_read_and_replaced_by_who_manages_the_organization() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let owner = server.member(&t.token(&actor).await);
        let plain: Retention = owner.get("/retention").await.json();
        assert_eq!((plain.version, plain.kinds.len()), (0, 4));
        assert!(plain.kinds.iter().all(|one| one.days == one.default_days));
        let wanted = json!({"kinds": [{"kind": "audit_log", "days": 365}]});
        let changed: Retention = owner.put("/retention", &wanted).await.json();
        let log = |all: &Retention| {
            let mut kinds = all.kinds.iter();
            let found = kinds.find(|one| one.kind == RetentionKind::AuditLog);
            found.unwrap().days
        };
        assert_eq!((changed.version, log(&changed)), (1, Some(365)));
        let same: Retention = owner.put("/retention", &wanted).await.json();
        assert_eq!(same.version, 1, "nothing changed");
        let read = owner.get("/retention").await;
        assert_eq!(read.headers["etag"], "\"1\"");
        let request = owner.request(Method::PUT, "/retention");
        let stale = Answer::to(request.header("if-match", "\"0\"").json(&json!({}))).await;
        assert_eq!(stale.problem().code, Code::VersionMismatch);
        for (kind, days) in [
            ("audit_log", json!(89)),
            ("visit_details", json!(29)),
            ("visit_details", json!(null)),
            ("deliveries", json!(3651)),
            ("leaver_names", json!(-1)),
        ] {
            let wrong = json!({"kinds": [{"kind": kind, "days": days}]});
            let answer = owner.put("/retention", &wrong).await;
            assert_eq!(answer.problem().fields[0].field, kind);
        }
        let unknown = json!({"kinds": [{"kind": "clicks", "days": 30}]});
        assert_eq!(owner.put("/retention", &unknown).await.status, 422);
        let curator = t.actor_in(&actor.organization, &[Role::Curator]).await;
        let curator = server.member(&t.token(&curator).await);
        assert_eq!(curator.get("/retention").await.status, 403);
        assert_eq!(curator.put("/retention", &wanted).await.status, 403);
        assert_eq!(server.anonymous().get("/retention").await.status, 401);
    })
    .await;
}
