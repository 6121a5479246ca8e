//! Tests of a member's own data and choices.

use entity::enums::Role;
use serde_json::json;
use server_api::enums::{BoardVisibility, Network};
use server_api::me::Me;
use server_api::problem::Code;

use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn a_member_sees_and_changes_what_is_their_own() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        let me: Me = session.get("/me").await.json();
        assert_eq!(me.display_name, actor.member.display_name);
        assert_eq!((me.points_this_week, me.rank_this_week), (0, None));
        let change = json!({
            "board_visibility": "pseudonym",
            "networks": ["x", "reddit"],
            "followers": {"x": 1250},
            "mastodon_instance": "@ada@Social.example",
            "language": "de",
        });
        for _ in 0..2 {
            let answer = session.patch("/me", &change).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let me: Me = answer.json();
            assert_eq!(me.board_visibility, BoardVisibility::Pseudonym);
            assert_eq!(me.networks, [Network::X, Network::Reddit]);
            assert_eq!(me.followers, [(Network::X, 1250)].into());
            assert_eq!(me.mastodon_instance.as_deref(), Some("social.example"));
        }
        let me: Me = session
            .patch("/me", &json!({"followers": {"reddit": 3}}))
            .await
            .json();
        assert_eq!(me.followers.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_first_choice_of_a_visibility_finishes_onboarding() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let mut fresh = actor.member.clone();
        fresh.joined_at = None;
        let txn = t.app.store.begin().await.unwrap();
        crate::store::members::update(&*txn, fresh).await.unwrap();
        txn.commit().await.unwrap();
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        let me: Me = session
            .patch("/me", &json!({"attribution": false}))
            .await
            .json();
        assert_eq!(me.joined_at, None);
        let me: Me = session
            .patch("/me", &json!({"board_visibility": "name"}))
            .await
            .json();
        assert_eq!(me.joined_at, Some(t.app.now()));
        t.clock.advance(chrono::TimeDelta::minutes(5));
        let again: Me = session
            .patch("/me", &json!({"board_visibility": "hidden"}))
            .await
            .json();
        assert_eq!(again.joined_at, me.joined_at);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_field_and_nothing_changes() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = t.server().await;
        let anonymous = server.anonymous();
        assert_eq!(
            anonymous.get("/me").await.problem().code,
            Code::Unauthenticated
        );
        let refused = anonymous.patch("/me", &json!({})).await;
        assert_eq!(refused.problem().code, Code::Unauthenticated);
        let session = server.member(&t.token(&actor).await);
        let cases = [
            (json!({"followers": {"x": -1}}), "followers.x"),
            (json!({"followers": {"x": 1_000_000_001}}), "followers.x"),
            (json!({"networks": ["x", "reddit", "x"]}), "networks.2"),
            (json!({"networks": ["myspace"]}), "networks[0]"),
            (
                json!({"mastodon_instance": "not a host"}),
                "mastodon_instance",
            ),
            (json!({"language": "fr"}), "language"),
        ];
        for (change, field) in cases {
            let answer = session.patch("/me", &change).await;
            assert_eq!(answer.status, 422, "{change}");
            let problem = answer.problem();
            assert_eq!(problem.code, Code::InvalidField);
            assert_eq!(problem.fields[0].field, field, "{change}");
        }
        let unknown = session.patch("/me", &json!({"role": "owner"})).await;
        assert_eq!(unknown.status, 422);
        let limit = session
            .patch(
                "/me",
                &json!({"followers": {"x": 1_000_000_000, "reddit": 0}}),
            )
            .await;
        assert_eq!(limit.status, 200);
    })
    .await;
}
