//! Endpoint tests of ways into the console: logged out, not allowed, done, done twice.

use serde_json::json;
use server_api::console::ConsoleLink;
use server_api::problem::Code;

use crate::test_support::people::WORKSPACE;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_member_gets_a_link_and_a_token_of_less_gets_none() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[entity::enums::Role::Owner]).await;
        t.workspace(&actor.organization).await;
        t.slack_account(&actor.member, "U0ADA").await;
        let server = t.server().await;
        let nobody = server
            .anonymous()
            .post("/me/console-link", &json!(null))
            .await;
        assert_eq!(nobody.problem().code, Code::Unauthenticated);
        let narrow = server.member(&t.narrow_token(&actor).await);
        let refused = narrow.post("/me/console-link", &json!(null)).await;
        assert_eq!(refused.problem().code, Code::Forbidden);
        let slack = server.slack(Some(&format!("slack/{WORKSPACE}/U0ADA")));
        let first: ConsoleLink = slack.post("/me/console-link", &json!(null)).await.json();
        let second: ConsoleLink = slack.post("/me/console-link", &json!(null)).await.json();
        assert_ne!(first.url, second.url);
        let base = &t.app.config.web.base_url;
        assert!(
            second.url.starts_with(&format!("{base}/enter/")),
            "{}",
            second.url
        );
        assert_eq!(
            second.expires_at,
            t.app.now() + chrono::TimeDelta::minutes(10)
        );
        assert!(
            !format!("{second:?}").contains("enter"),
            "it is not printed"
        );
    })
    .await;
}
