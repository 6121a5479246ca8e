//! Campaigns over HTTP.

use entity::enums::Role;
use serde_json::json;
use server_api::campaign::{Campaign, CampaignArea, CampaignGoal, Campaigns};
use server_api::problem::Code;

use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_campaign_is_made_changed_and_ended() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&curator).await);
        let form = json!({
            "name": "Apprentices", "goal": "recruiting", "target": 12, "area": "hr",
            "ends_at": "2027-03-31T22:00:00.0000001Z"
        });
        let made: Campaign = session.post("/campaigns", &form).await.json();
        assert_eq!(made.slug, "apprentices");
        assert_eq!(
            (made.goal, made.area),
            (Some(CampaignGoal::Recruiting), Some(CampaignArea::Hr))
        );
        let twice = session.post("/campaigns", &form).await;
        assert_eq!(
            (twice.status, twice.problem().code),
            (409, Code::AlreadyExists)
        );

        let path = format!("/campaigns/{}", made.id);
        let change = json!({"name": "Apprentices 2027"});
        for _ in 0..2 {
            let told: Campaign = session.put(&path, &change).await.json();
            assert_eq!((told.goal, told.target, told.ends_at), (None, None, None));
        }
        let goalless = json!({"name": "A", "target": 3});
        let wrong = session.put(&path, &goalless).await;
        assert_eq!(
            (wrong.status, wrong.problem().fields[0].field.as_str()),
            (422, "goal")
        );
        let ended: Campaign = session
            .post(&format!("{path}/end"), &json!(null))
            .await
            .json();
        let shown: Campaign = session.get(&path).await.json();
        assert!(ended.ends_at.is_some());
        assert_eq!(shown, ended);
        let all: Campaigns = session.get("/campaigns").await.json();
        assert_eq!(all.items, [ended]);
    })
    .await;
}
