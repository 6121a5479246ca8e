//! Connections and channels by the API: who may, what is refused, and twice.

use entity::enums::Role;
use serde_json::{Value, json};
use server_api::problem::Code;

use crate::service::topics;
use crate::test_support::{TestApp, on_both};

const NOTHING: &str = "00000000-0000-7000-8000-000000000000";

#[tokio::test]
async fn whoever_manages_the_organization_sees_and_changes_its_connections() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let owner = t.actor(&[Role::Owner]).await;
        let home = t.workspace(&owner.organization).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let (api, other) = (
            server.member(&t.token(&owner).await),
            server.member(&t.token(&curator).await),
        );
        assert_eq!(server.anonymous().get("/connections").await.status, 401);
        assert_eq!(other.get("/connections").await.status, 403);
        // The part is there once it asks for its installations.
        server
            .slack(None)
            .get("/installations?platform=slack")
            .await;
        let told: Value = api.get("/connections").await.json();
        let one = &told["items"][0];
        assert_eq!(one["external_id"], home.external_id);
        assert_eq!(one["ailments"], json!([]), "{one}");
        assert!(!one.to_string().contains("xoxb"), "no token");
        assert!(one["seen_at"].is_string(), "{one}");

        let id = one["id"].as_str().unwrap();
        let path = format!("/connections/{id}/channels");
        let form = json!({"place": "C0TEA", "name": "tea"});
        let added: Value = api.post(&path, &form).await.json();
        assert_eq!(api.post(&path, &form).await.json::<Value>(), added);
        let bad = json!({"place": "tea", "name": "tea"});
        assert_eq!(
            api.post(&path, &bad).await.problem().fields[0].field,
            "place"
        );
        let nowhere = format!("/connections/{NOTHING}/channels");
        assert_eq!(api.post(&nowhere, &form).await.status, 404);
        assert_eq!(other.post(&path, &form).await.status, 403);

        let channel = added["id"].as_str().unwrap();
        for step in ["pause", "resume"] {
            let path = format!("/channels/{channel}/{step}");
            for _ in 0..2 {
                assert_eq!(api.post(&path, &json!(null)).await.status, 200);
            }
            assert_eq!(other.post(&path, &json!(null)).await.status, 403);
        }
        let sent: Value = api
            .post(&format!("/channels/{channel}/test"), &json!(null))
            .await
            .json();
        assert_eq!(sent["test"]["state"], "pending");
        let path = format!("/connections/{id}/disconnect");
        for _ in 0..2 {
            let ended: Value = api.post(&path, &json!(null)).await.json();
            assert_eq!(ended["ailments"][0]["kind"], "disconnected");
        }
        let late = format!("/channels/{channel}/test");
        let late = api.post(&late, &json!(null)).await;
        assert_eq!(late.problem().code, Code::WrongState);
    })
    .await;
}

#[tokio::test]
async fn topics_of_a_channel_are_set_over_the_version_that_was_read() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let api = server.member(&t.token(&owner).await);
        let tea = topics::create_topic(&t.app, &owner, "Tea").await.unwrap();
        let tea = tea.topic.id.to_string();
        let all: Value = api.get("/channels").await.json();
        let channel = all["items"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/channels/{channel}/topics");
        let read = api.get(&path).await;
        assert_eq!(read.header("etag"), "\"1\"");
        assert_eq!(read.json::<Value>()["topics"], json!(null));
        let put = async |tag: &str, form: Value| {
            let request = api.request(reqwest::Method::PUT, &path);
            let request = request.header("if-match", tag).json(&form);
            crate::test_support::server::Answer::to(request).await
        };
        let set = put("\"1\"", json!({"topics": [tea]})).await;
        assert_eq!(set.header("etag"), "\"2\"");
        assert_eq!(set.json::<Value>()["topics"][0]["name"], "Tea");
        let late = put("\"1\"", json!({})).await;
        assert_eq!(late.problem().code, Code::VersionMismatch);
        let none = put("*", json!({"topics": []})).await;
        assert_eq!(none.problem().fields[0].field, "topics");
        let gone = put("*", json!({"topics": [NOTHING]})).await;
        assert_eq!(gone.problem().fields[0].field, "topics.0");
        let nowhere = format!("/channels/{NOTHING}/topics");
        assert_eq!(api.get(&nowhere).await.status, 404);
        assert_eq!(api.put(&nowhere, &json!({})).await.status, 404);
        let every = put("\"2\"", json!({})).await;
        assert_eq!(every.json::<Value>()["topics"], json!(null));
    })
    .await;
}
