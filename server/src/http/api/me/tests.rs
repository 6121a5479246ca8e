//! Tests of a member's own data and choices.

use entity::enums::Role;
use serde_json::json;
use server_api::enums::{BoardVisibility, DeliveryPreference, Network, Platform};
use server_api::me::{Home, Me, QuietHours};
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
            (json!({"pause_days": 366}), "pause_days"),
            (
                json!({"quiet_hours": {"from_minute": 1440, "to_minute": 0, "weekends": true}}),
                "quiet_hours",
            ),
            (json!({"delivery": "each_post"}), "delivery"),
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

#[tokio::test]
async fn messages_come_in_the_chat_in_which_they_were_asked_for() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        t.workspace(&actor.organization).await;
        t.guild(&actor.organization).await;
        t.slack_account(&actor.member, "U0ADA").await;
        t.clock.advance(chrono::TimeDelta::seconds(1));
        t.discord_account(&actor.member, "80351").await;
        let server = t.server().await;
        let each = json!({"delivery": "each_post"});
        let chosen = async |session: &crate::test_support::server::Session| {
            let me: Me = session.patch("/me", &each).await.json();
            assert_eq!(me.delivery, DeliveryPreference::EachPost);
            let organization = actor.organization.id;
            let db = t.app.store.reader();
            let member = crate::store::members::find(db, organization, actor.member.id).await;
            member.unwrap().unwrap().delivery_platform
        };
        let api = server.member(&t.token(&actor).await);
        // Discord's only who asked there.
        assert_eq!(chosen(&api).await, Some(entity::enums::Platform::Slack));
        let guild = format!("discord/{}/80351", crate::test_support::people::GUILD);
        let on_discord = server.discord(Some(&guild));
        for _ in 0..2 {
            let platform = chosen(&on_discord).await;
            assert_eq!(platform, Some(entity::enums::Platform::Discord));
        }
        // From elsewhere it stays where it was.
        assert_eq!(chosen(&api).await, Some(entity::enums::Platform::Discord));
        let me: Me = api
            .patch("/me", &json!({"delivery": "channel_only"}))
            .await
            .json();
        assert_eq!(me.delivery, DeliveryPreference::ChannelOnly);
        let platforms: Vec<_> = me.identities.iter().map(|one| one.platform).collect();
        assert_eq!(platforms, [Platform::Slack, Platform::Discord]);
        assert_eq!(me.identities[1].workspace, "Acme");
    })
    .await;
}

#[tokio::test]
async fn a_pause_ends_by_itself_and_quiet_hours_can_be_none() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        let me: Me = session.get("/me").await.json();
        let usual = QuietHours {
            from_minute: 1080,
            to_minute: 540,
            weekends: true,
        };
        assert_eq!((me.paused_until, me.quiet_hours), (None, Some(usual)));
        let week = json!({"pause_days": 7});
        let me: Me = session.patch("/me", &week).await.json();
        let end = t.app.now() + chrono::TimeDelta::days(7);
        assert_eq!(me.paused_until, Some(end));
        t.clock.advance(chrono::TimeDelta::days(7));
        let me: Me = session.get("/me").await.json();
        assert_eq!(me.paused_until, None);
        session.patch("/me", &week).await;
        let me: Me = session.patch("/me", &json!({"pause_days": 0})).await.json();
        assert_eq!(me.paused_until, None);
        let never = json!({"quiet_hours": {"from_minute": 0, "to_minute": 0, "weekends": false}});
        let me: Me = session.patch("/me", &never).await.json();
        assert_eq!(me.quiet_hours, None);
    })
    .await;
}

#[tokio::test]
async fn the_own_page_shows_at_most_three_posts_with_the_members_ways() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = t.server().await;
        assert_eq!(server.anonymous().get("/me/home").await.status, 401);
        let session = server.member(&t.token(&actor).await);
        let home: Home = session.get("/me/home").await.json();
        assert_eq!(home.to_share, []);
        let mut posts = Vec::new();
        for _ in 0..4 {
            t.clock.advance(chrono::TimeDelta::minutes(1));
            posts.push(t.live_post(&actor.organization).await);
        }
        session.patch("/me", &json!({"networks": ["reddit"]})).await;
        let done = json!({"network": "reddit"});
        let path = format!("/me/posts/{}/share", posts[3].id);
        assert_eq!(session.put(&path, &done).await.status, 200);
        let home: Home = session.get("/me/home").await.json();
        let shown: Vec<_> = home.to_share.iter().map(|one| one.post.post_id.0).collect();
        let expected: Vec<_> = posts[..3].iter().rev().map(|post| post.id.0).collect();
        assert_eq!(shown, expected);
        let first = &home.to_share[0].networks[0];
        assert_eq!((first.network, first.preferred), (Network::Reddit, true));
        assert_eq!((home.me.points_this_week, home.board.my_rank), (5, Some(1)));
        assert!(home.board.page_url.is_some());
        assert_eq!(home, session.get("/me/home").await.json::<Home>());
    })
    .await;
}
