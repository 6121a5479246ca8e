//! Pausing, resuming and stopping, on both databases, with couriers that claim.

mod again;
mod ended;
mod ten_readers;
mod under_way;

use chrono::TimeDelta;
use entity::enums::{DeliveryPreference, Language, Platform, Role};

use super::*;
use crate::domain::post::Draft;
use crate::service::posts::{create_post, withdraw_post};
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

/// An owner, and a live post with a card for each of so many channels.
async fn live(t: &TestApp, channels: usize) -> (Actor, post::Model) {
    let owner = t.actor(&[Role::Owner]).await;
    for number in 0..channels {
        let (home, channel) = (format!("T{number}"), format!("C{number}"));
        let place = (Platform::Slack, home.as_str());
        t.installed(&owner.organization, place, ("xoxb-test", &channel))
            .await;
    }
    let post = t.published_post(&owner.organization, "News").await;
    // Nobody wants a message of their own.
    t.work().await;
    (owner, post)
}

/// A member on a chat who wants a message about each post.
async fn reader(t: &TestApp, owner: &Actor, (platform, user): (Platform, &str)) -> Actor {
    let mut actor = t.actor_in(&owner.organization, &[]).await;
    let wants = |row: &mut entity::member::Model| {
        row.delivery = DeliveryPreference::EachPost;
        row.delivery_platform = Some(platform);
    };
    actor.member = t.change_member(&actor.member, wants).await;
    match platform {
        Platform::Slack => t.slack_account(&actor.member, user).await,
        Platform::Discord => t.discord_account(&actor.member, user).await,
    };
    actor
}

#[tokio::test]
async fn a_paused_broadcast_sends_nothing_until_it_is_resumed() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 3).await;
        pause(&t.app, &owner, post.id).await.unwrap();
        pause(&t.app, &owner, post.id).await.unwrap();
        assert!(
            t.claim().await.is_empty(),
            "a paused broadcast sends nothing"
        );
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.channels.to_go), (Stage::Paused, 3));
        t.clock.advance(TimeDelta::days(2));
        assert!(t.claim().await.is_empty(), "not even days later");
        resume(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(t.deliver().await.len(), 3, "resumed, all of it goes out");
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.channels.done), (Stage::Over, 3));
        resume(&t.app, &owner, post.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_a_courier_gives_back_while_it_is_paused_waits_too() {
    on_both(async |t: TestApp| {
        use crate::domain::delivery::Outcome;
        let (owner, post) = live(&t, 1).await;
        let held = t.claim().await;
        pause(&t.app, &owner, post.id).await.unwrap();
        let again = Outcome::Retry("ratelimited".into(), TimeDelta::seconds(1));
        t.settle(held.first().unwrap(), again).await;
        t.clock.advance(TimeDelta::seconds(2));
        assert!(t.claim().await.is_empty(), "it was given back, and waits");
        resume(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(t.deliver().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_courier_gives_back_after_the_stop_never_goes_out() {
    on_both(async |t: TestApp| {
        use crate::domain::delivery::Outcome;
        let (owner, post) = live(&t, 2).await;
        let held = t.claim().await;
        stop(&t.app, &owner, post.id).await.unwrap();
        for (one, outcome) in held.iter().zip([
            Outcome::Retry("ratelimited".into(), TimeDelta::seconds(1)),
            Outcome::Sent("1.2".into()),
        ]) {
            t.settle(one, outcome).await;
        }
        t.clock.advance(TimeDelta::seconds(2));
        assert!(t.claim().await.is_empty(), "stopped is stopped");
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.channels.to_go), (Stage::Stopped, 0));
        let refused = resume(&t.app, &owner, post.id).await;
        assert!(matches!(refused, Err(BroadcastError::Stopped)));
        // What is out can still be taken back.
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        assert_eq!(t.deliver().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_stop_kept_in_is_not_told_as_gone_out() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 3).await;
        stop(&t.app, &owner, post.id).await.unwrap();
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.stage, Stage::Stopped);
        assert_eq!((seen.channels.stopped, seen.channels.done), (3, 0));
        assert!(seen.failures.is_empty(), "no platform refused it");
    })
    .await;
}

#[tokio::test]
async fn messages_that_are_planned_while_it_is_paused_or_stopped_do_not_go_out() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        for number in 0..6 {
            let member = t.actor_in(&owner.organization, &[]).await;
            let wants = |row: &mut entity::member::Model| {
                row.delivery = DeliveryPreference::EachPost;
                row.delivery_platform = Some(Platform::Slack);
            };
            t.change_member(&member.member, wants).await;
            t.slack_account(&member.member, &format!("U{number}")).await;
        }
        let later = create_post(&t.app, &owner, draft("Later")).await.unwrap();
        let ahead = look(&t.app, &owner, later.post.id).await.unwrap();
        assert_eq!((ahead.stage, ahead.members.planned), (Stage::Ahead, 5));
        let paused = t.published_post(&owner.organization, "Paused").await;
        let stopped = t.published_post(&owner.organization, "Stopped").await;
        pause(&t.app, &owner, paused.id).await.unwrap();
        stop(&t.app, &owner, stopped.id).await.unwrap();
        t.work().await;
        assert!(t.claim().await.is_empty(), "neither sends anything");
        let seen = look(&t.app, &owner, paused.id).await.unwrap();
        assert_eq!((seen.members.planned, seen.members.to_go), (5, 5));
        resume(&t.app, &owner, paused.id).await.unwrap();
        assert_eq!(t.deliver().await.len(), 7, "six members and a channel");
    })
    .await;
}

#[tokio::test]
async fn what_is_told_beforehand_is_what_the_audience_gets() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        t.guild(&owner.organization).await;
        for number in 0..16 {
            let member = t.actor_in(&owner.organization, &[]).await;
            let platform = [Platform::Slack, Platform::Discord][number % 2];
            let wants = |row: &mut entity::member::Model| {
                row.delivery = DeliveryPreference::EachPost;
                row.delivery_platform = Some(platform);
                row.language = (number < 11).then_some(Language::De);
            };
            t.change_member(&member.member, wants).await;
            let user = format!("U{number}");
            match platform {
                Platform::Slack => t.slack_account(&member.member, &user).await,
                Platform::Discord => t.discord_account(&member.member, &user).await,
            };
        }
        let german = Audience {
            languages: vec![Language::De],
            ..Audience::default()
        };
        let german_on_slack = Audience {
            platforms: vec![Platform::Slack],
            ..german.clone()
        };
        // Sixteen, of whom eleven speak German, of whom six are on Slack.
        for (audience, channels, members) in [
            (None, 2, 15),
            (Some(german), 2, 10),
            (Some(german_on_slack), 1, 5),
        ] {
            let post = Draft {
                audience: audience.clone(),
                ..draft("News")
            };
            let post = create_post(&t.app, &owner, post).await.unwrap().post;
            let ahead = look(&t.app, &owner, post.id).await.unwrap();
            let told = (ahead.channels.planned, ahead.members.planned);
            assert_eq!(told, (channels, members), "{audience:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_live_post_of_the_own_organization_is_held() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 1).await;
        let stranger = t.actor(&[Role::Owner]).await;
        for refused in [
            pause(&t.app, &stranger, post.id).await,
            resume(&t.app, &stranger, post.id).await,
            stop(&t.app, &stranger, post.id).await,
            retry(&t.app, &stranger, post.id).await,
            resend(&t.app, &stranger, post.id, 0).await,
            look(&t.app, &stranger, post.id).await,
        ] {
            assert!(matches!(refused, Err(BroadcastError::NotFound)));
        }
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        for refused in [
            pause(&t.app, &owner, post.id).await,
            retry(&t.app, &owner, post.id).await,
            resend(&t.app, &owner, post.id, 0).await,
        ] {
            assert!(matches!(
                refused,
                Err(BroadcastError::NotLive(PostState::Withdrawn))
            ));
        }
    })
    .await;
}
