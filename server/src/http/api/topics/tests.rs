//! Topics over HTTP.

use entity::enums::Role;
use serde_json::json;
use server_api::problem::Code;
use server_api::topic::{Topic, Topics};

use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn topics_are_made_changed_merged_and_removed() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&curator).await);
        let make = async |name: &str| session.post("/topics", &json!({"name": name})).await;
        let tea: Topic = make("Tea").await.json();
        let twice = make("TEA").await;
        assert_eq!(
            (twice.status, twice.problem().code),
            (409, Code::AlreadyExists)
        );
        let path = format!("/topics/{}", tea.id);
        let told: Topic = session.patch(&path, &json!({"name": "Tea!"})).await.json();
        assert_eq!(told.name, "Tea!");
        let unknown = session.patch(&path, &json!({"mandatory": true})).await;
        assert!(
            [400, 422].contains(&unknown.status),
            "what does nothing is not taken"
        );
        let nameless = session.patch(&path, &json!({"name": "…"})).await;
        assert_eq!(nameless.problem().fields[0].field, "name");

        let post = json!({"title": "One", "topics": ["Coffee"]});
        assert_eq!(session.post("/posts", &post).await.status, 200);
        let all: Topics = session.get("/topics").await.json();
        let coffee = all.items.iter().find(|one| one.name == "Coffee").unwrap();
        let used = session.delete(&format!("/topics/{}", coffee.id)).await;
        assert_eq!((used.status, used.problem().code), (409, Code::WrongState));
        let merge = format!("/topics/{}/merge", coffee.id);
        let kept: Topic = session.post(&merge, &json!({"into": tea.id})).await.json();
        assert_eq!((kept.id, kept.posts), (tea.id, 1));
        let again = session.post(&merge, &json!({"into": tea.id})).await;
        assert_eq!(again.status, 404);
        let spare: Topic = make("Spare").await.json();
        for status in [204, 404] {
            let gone = session.delete(&format!("/topics/{}", spare.id)).await;
            assert_eq!(gone.status, status);
        }
    })
    .await;
}
