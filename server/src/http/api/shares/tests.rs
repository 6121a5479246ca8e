//! Tests of the ways to share and of "done".

use entity::enums::PostState as Row;
use serde_json::json;
use server_api::enums::ShareState;
use server_api::problem::Code;
use server_api::share::{ShareChoices, ShareReceipt};

use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_member_is_offered_every_network_and_confirms_once() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let post = t.live_post(&actor.organization).await;
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        let choices: ShareChoices = session
            .get(&format!("/me/posts/{}/choices", post.id))
            .await
            .json();
        assert_eq!(choices.networks.len(), 12);
        assert_eq!(choices.post.source.as_deref(), Some("acme.example"));
        assert!(choices.networks.iter().all(|choice| {
            choice.state.is_none() && choice.url.starts_with("http://127.0.0.1:8080/s/")
        }));
        let path = format!("/me/posts/{}/share", post.id);
        let mut receipts = Vec::new();
        for _ in 0..2 {
            let answer = session.put(&path, &json!({"network": "linkedin"})).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            receipts.push(answer.json::<ShareReceipt>());
        }
        assert_eq!(receipts[0], receipts[1]);
        assert_eq!(receipts[0].state, ShareState::Confirmed);
        assert_eq!(
            (receipts[0].points, receipts[0].rank_this_week),
            (5, Some(1))
        );
    })
    .await;
}

#[tokio::test]
async fn sharing_is_refused_with_the_reason() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let post = t.live_post(&actor.organization).await;
        let server = t.server().await;
        let path = format!("/me/posts/{}/share", post.id);
        let choices = format!("/me/posts/{}/choices", post.id);
        let body = json!({"network": "x"});
        let anonymous = server.anonymous();
        assert_eq!(anonymous.get(&choices).await.status, 401);
        assert_eq!(anonymous.put(&path, &body).await.status, 401);
        let stranger = t.actor(&[]).await;
        let foreign = server.member(&t.token(&stranger).await);
        assert_eq!(foreign.get(&choices).await.problem().code, Code::NotFound);
        assert_eq!(
            foreign.put(&path, &body).await.problem().code,
            Code::NotFound
        );
        let session = server.member(&t.token(&actor).await);
        for malformed in [
            json!({}),
            json!({"network": "myspace"}),
            json!({"network": "x", "a": 1}),
        ] {
            let problem = session.put(&path, &malformed).await.problem();
            assert_eq!(problem.code, Code::InvalidField);
        }
        assert_eq!(
            session.get("/me/posts/x/choices").await.problem().code,
            Code::NotFound
        );
        for (state, code) in [
            (Row::Withdrawn, Code::PostWithdrawn),
            (Row::Expired, Code::PostExpired),
            (Row::Draft, Code::NotFound),
        ] {
            t.change_post(&post, |post| post.state = state).await;
            assert_eq!(session.get(&choices).await.problem().code, code);
            assert_eq!(session.put(&path, &body).await.problem().code, code);
        }
        t.change_post(&post, |post| post.url = None).await;
        let linkedin = session.put(&path, &json!({"network": "linkedin"})).await;
        assert_eq!(linkedin.problem().code, Code::NetworkCannotCarry);
    })
    .await;
}
