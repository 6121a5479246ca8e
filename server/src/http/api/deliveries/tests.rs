//! The couriers' API over HTTP.

use entity::enums::Role;
use serde_json::{Value, json};
use server_api::delivery::{ClaimedDeliveries, Content, Operation, Place};
use server_api::enums::DeliveryState;
use server_api::operations::DeliveryCounts;
use server_api::problem::Code;
use uuid::Uuid;

use crate::test_support::{TestApp, on_both};

fn claim() -> Value {
    json!({
        "platform": "slack", "courier": "one", "limit": 10,
        "wait_seconds": 0, "lease_seconds": 30,
    })
}

fn sent(courier: &str) -> Value {
    json!({ "courier": courier, "outcome": { "kind": "sent", "message": "17.42" } })
}

#[tokio::test]
async fn only_couriers_claim_and_settle_and_only_on_the_internal_listener() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = t.server().await;
        let member = server.member(&t.token(&owner).await);
        let outcome = format!("/deliveries/{}/outcome", Uuid::from_u128(1));
        for session in [&member, &server.anonymous(), &server.operator(None)] {
            let answer = session.post("/deliveries/claim", &claim()).await;
            assert!(matches!(answer.status, 401 | 403), "{}", answer.text());
            let answer = session.put(&outcome, &sent("one")).await;
            assert!(matches!(answer.status, 401 | 403), "{}", answer.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_claim_out_of_bounds_is_refused_by_field() {
    on_both(async |t: TestApp| {
        let server = t.server().await;
        let slack = server.slack(None);
        for (field, value) in [
            ("limit", json!(0)),
            ("limit", json!(101)),
            ("wait_seconds", json!(26)),
            ("lease_seconds", json!(4)),
            ("courier", json!("")),
            ("platform", json!("discord")),
        ] {
            let mut body = claim();
            body[field] = value;
            let answer = slack.post("/deliveries/claim", &body).await;
            assert_eq!(answer.status, 422, "{}", answer.text());
            assert_eq!(answer.problem().fields[0].field, field);
        }
        let answer = slack.post("/deliveries/claim", &json!([])).await;
        assert!(matches!(answer.status, 400 | 422));
    })
    .await;
}

#[tokio::test]
async fn a_card_is_claimed_posted_and_settled_as_often_as_one_likes() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let post = t.published_post(&owner.organization, "News").await;
        let server = t.server().await;
        let slack = server.slack(None);
        let claimed: ClaimedDeliveries = slack.post("/deliveries/claim", &claim()).await.json();
        assert_eq!(claimed.items.len(), 1);
        let delivery = &claimed.items[0];
        assert_eq!(delivery.operation, Operation::Post);
        let news = Place::Channel {
            channel: "C0NEWS".into(),
        };
        assert_eq!(delivery.place, news);
        let Content::SuggestedPost { suggestion } = &delivery.content else {
            panic!("another content");
        };
        assert_eq!(suggestion.post_id.0, post.id.0);
        let path = format!("/deliveries/{}/outcome", delivery.id);
        let answer = slack.put(&path, &sent("other")).await;
        assert_eq!(answer.problem().code, Code::WrongState);
        for _ in 0..2 {
            assert_eq!(slack.put(&path, &sent("one")).await.status, 204);
        }
        let again: ClaimedDeliveries = slack.post("/deliveries/claim", &claim()).await.json();
        assert!(again.items.is_empty());
        let unknown = format!("/deliveries/{}/outcome", Uuid::from_u128(1));
        assert_eq!(slack.put(&unknown, &sent("one")).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn the_overview_counts_and_names_nobody() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        t.published_post(&owner.organization, "News").await;
        t.deliver().await;
        let server = t.server().await;
        let member = t.actor_in(&owner.organization, &[]).await;
        let member = server.member(&t.token(&member).await);
        assert_eq!(member.get("/delivery-counts").await.status, 403);
        assert_eq!(server.anonymous().get("/delivery-counts").await.status, 401);
        let session = server.member(&t.token(&owner).await);
        let answer = session.get("/delivery-counts").await;
        assert!(!answer.text().contains("C0NEWS"));
        let counts: DeliveryCounts = answer.json();
        assert_eq!(counts.items.len(), 1);
        assert_eq!(counts.items[0].state, DeliveryState::Sent);
        assert_eq!(counts.items[0].count, 1);
    })
    .await;
}
