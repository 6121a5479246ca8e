//! Deliveries end to end, on both databases.

use std::time::Duration;

use chrono::TimeDelta;
use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject, PostState, Role};
use entity::ids::DeliveryId;
use entity::{delivery, organization, post};
use sea_orm::Iterable;
use tokio::time::Instant;

use super::*;
use crate::domain::delivery::Outcome;
use crate::domain::page::Paging;
use crate::service::{posts, suggestions};
use crate::test_support::content::{COURIER, draft};
use crate::test_support::{TestApp, on_both};

async fn published(t: &TestApp) -> (organization::Model, post::Model) {
    let organization = t.organization().await;
    t.workspace(&organization).await;
    let post = t.published_post(&organization, "News").await;
    (organization, post)
}

async fn refresh(t: &TestApp, post: &post::Model) {
    let txn = t.app.store.begin().await.unwrap();
    refresh_card(&txn, &t.app, post.organization_id, post.id)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

async fn rows(t: &TestApp, post: &post::Model) -> Vec<delivery::Model> {
    deliveries::of_post(t.app.store.reader(), post.organization_id, post.id)
        .await
        .unwrap()
}

/// Each operation's state: posting first, then revising, then withdrawing.
async fn states(t: &TestApp, post: &post::Model) -> Vec<(DeliveryOperation, DeliveryState)> {
    let mut states: Vec<_> = rows(t, post)
        .await
        .into_iter()
        .map(|row| (row.operation, row.state))
        .collect();
    states.sort_by_key(|(operation, _)| match operation {
        DeliveryOperation::Post => 0,
        DeliveryOperation::Revise => 1,
        DeliveryOperation::Withdraw => 2,
    });
    states
}

fn shown(claimed: &Claimed) -> &suggestions::Card {
    match &claimed.content {
        Content::SuggestedPost(card) => card,
        Content::PersonalPost { choices, .. } => &choices.card,
        other => panic!("no card: {other:?}"),
    }
}

#[tokio::test]
async fn a_live_post_is_one_card_in_each_channel_and_is_claimed_once() {
    on_both(async |t: TestApp| {
        let (_, post) = published(&t).await;
        let claimed = t.claim().await;
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].delivery.place_ref, "C0NEWS");
        assert!(!claimed[0].reconcile);
        assert_eq!(shown(&claimed[0]).post.id, post.id);
        assert!(t.claim().await.is_empty(), "it is held");
        t.settle(&claimed[0], Outcome::Sent("1.1".into())).await;
        t.settle(&claimed[0], Outcome::Sent("1.1".into())).await;
        t.clock.advance(TimeDelta::hours(1));
        assert!(t.claim().await.is_empty(), "it is sent");
        let row = &rows(&t, &post).await[0];
        assert_eq!(row.state, DeliveryState::Sent);
        assert_eq!(row.message_ref.as_deref(), Some("1.1"));
    })
    .await;
}

#[tokio::test]
async fn couriers_that_claim_at_once_get_different_work() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        for number in 0..6 {
            t.published_post(&organization, &format!("News {number}"))
                .await;
        }
        let claim_as = async |courier: &str| {
            let form = Claim {
                platform: entity::enums::Platform::Slack,
                courier: courier.to_owned(),
                limit: 4,
                wait_seconds: 0,
                lease_seconds: 30,
            };
            claim(&t.app, &form).await.unwrap()
        };
        let (one, two) = tokio::join!(claim_as("one"), claim_as("two"));
        let mut ids: Vec<_> = one.iter().chain(&two).map(|c| c.delivery.id).collect();
        ids.extend(claim_as("three").await.iter().map(|c| c.delivery.id));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn what_may_have_arrived_is_offered_again_after_a_minute_to_be_reconciled() {
    on_both(async |t: TestApp| {
        published(&t).await;
        let first = t.claim().await;
        t.settle(&first[0], Outcome::Unknown("timeout".into()))
            .await;
        t.clock.advance(TimeDelta::seconds(59));
        assert!(t.claim().await.is_empty());
        t.clock.advance(TimeDelta::seconds(1));
        let second = t.claim().await;
        assert!(second[0].reconcile);
        assert_eq!(second[0].delivery.id, first[0].delivery.id);
        // The courier dies with it: its hold of 30 seconds ends, then a minute.
        t.clock.advance(TimeDelta::seconds(89));
        assert!(t.claim().await.is_empty());
        t.clock.advance(TimeDelta::seconds(1));
        assert!(t.claim().await[0].reconcile);
    })
    .await;
}

#[tokio::test]
async fn what_certainly_did_not_arrive_is_offered_again_at_its_time() {
    on_both(async |t: TestApp| {
        published(&t).await;
        let first = t.claim().await;
        let again = Outcome::Retry("rate_limited".into(), TimeDelta::seconds(7));
        t.settle(&first[0], again).await;
        assert!(t.claim().await.is_empty());
        t.clock.advance(TimeDelta::seconds(7));
        assert!(!t.claim().await[0].reconcile);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_known_is_shown_and_never_sent_again() {
    on_both(async |t: TestApp| {
        let (organization, post) = published(&t).await;
        let first = t.claim().await;
        t.settle(&first[0], Outcome::Uncertain("history_unreadable".into()))
            .await;
        t.clock.advance(TimeDelta::days(1));
        assert!(t.claim().await.is_empty());
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        let counts = count_deliveries(&t.app, &owner).await.unwrap();
        assert_eq!(counts.len(), 1);
        assert_eq!(counts[0].post_id, Some(post.id));
        assert_eq!(counts[0].state, DeliveryState::Uncertain);
        assert_eq!(counts[0].failure.as_deref(), Some("history_unreadable"));
        assert_eq!(counts[0].count, 1);
    })
    .await;
}

#[tokio::test]
async fn of_what_silence_may_keep_back_the_overview_counts_only_what_did_not_arrive() {
    on_both(async |t: TestApp| {
        let (organization, post) = published(&t).await;
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        let model = rows(&t, &post).await.remove(0);
        let counted = async || {
            let counts = count_deliveries(&t.app, &owner).await.unwrap();
            counts.iter().map(|line| line.count).sum::<i64>()
        };
        for subject in DeliverySubject::iter() {
            let before = counted().await;
            let in_each_state = DeliveryState::iter().map(|state| delivery::Model {
                id: DeliveryId(t.app.uuid()),
                subject,
                state,
                dedupe_key: None,
                ..model.clone()
            });
            let txn = t.app.store.begin().await.unwrap();
            deliveries::plan::insert(&txn, in_each_state.collect())
                .await
                .unwrap();
            txn.commit().await.unwrap();
            let expected = match subject {
                DeliverySubject::SuggestedPost
                | DeliverySubject::TestPost
                | DeliverySubject::ChannelTest
                | DeliverySubject::WeeklyLeaderboard
                | DeliverySubject::Greeting
                | DeliverySubject::Paired => 6,
                // Failed and uncertain.
                DeliverySubject::PersonalPost
                | DeliverySubject::Review
                | DeliverySubject::ProposalDecided
                | DeliverySubject::ProposalPublished => 2,
            };
            assert_eq!(counted().await - before, expected, "{subject:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_courier_does_not_settle_what_it_does_not_hold() {
    on_both(async |t: TestApp| {
        published(&t).await;
        let claimed = t.claim().await;
        let delivery = &claimed[0].delivery;
        let settle_as = async |platform, courier: &str| {
            let sent = Outcome::Sent("1.1".into());
            settle(&t.app, platform, delivery.id, courier, sent).await
        };
        let refused = settle_as(delivery.platform, "other").await;
        assert!(matches!(refused, Err(SettleError::NotHolder(_))));
        let refused = settle_as(entity::enums::Platform::Discord, COURIER).await;
        assert!(matches!(refused, Err(SettleError::NotFound)));
        settle_as(delivery.platform, COURIER).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_card_is_refreshed_at_most_once_a_minute_and_by_one_revision_at_a_time() {
    on_both(async |t: TestApp| {
        let (_, post) = published(&t).await;
        refresh(&t, &post).await;
        assert_eq!(rows(&t, &post).await.len(), 1, "the card is not out yet");
        t.deliver().await;
        for _ in 0..3 {
            refresh(&t, &post).await;
        }
        assert_eq!(rows(&t, &post).await.len(), 2);
        t.clock.advance(TimeDelta::seconds(59));
        assert!(t.claim().await.is_empty());
        t.clock.advance(TimeDelta::seconds(1));
        let revision = t.claim().await;
        assert_eq!(revision[0].delivery.operation, DeliveryOperation::Revise);
        let message = revision[0].message.as_ref().unwrap();
        assert!(message.reference.starts_with("ref-"));
        // A share while the revision is on its way needs another one, after it.
        refresh(&t, &post).await;
        t.clock.advance(TimeDelta::seconds(20));
        assert!(t.claim().await.is_empty(), "one at a time per message");
        t.settle(&revision[0], Outcome::Sent("1.1".into())).await;
        t.clock.advance(TimeDelta::seconds(59));
        assert!(t.claim().await.is_empty(), "a minute after the last one");
        t.clock.advance(TimeDelta::seconds(1));
        assert_eq!(t.claim().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_post_is_said_at_once_after_a_revision_on_its_way() {
    on_both(async |t: TestApp| {
        let (_, post) = published(&t).await;
        t.deliver().await;
        t.clock
            .set(post.expires_at.unwrap() - TimeDelta::seconds(1));
        refresh(&t, &post).await;
        let revision = t.claim().await;
        t.clock.set(post.expires_at.unwrap());
        assert_eq!(posts::expire_posts(&t.app).await.unwrap(), 1);
        t.settle(&revision[0], Outcome::Sent("1.1".into())).await;
        assert_eq!(shown(&t.claim().await[0]).state, PostState::Expired);
    })
    .await;
}

#[tokio::test]
async fn a_cancelled_revision_keeps_no_later_one_from_being_planned() {
    on_both(async |t: TestApp| {
        let (organization, post) = published(&t).await;
        t.deliver().await;
        refresh(&t, &post).await;
        let installation = rows(&t, &post).await[0].installation_id;
        let txn = t.app.store.begin().await.unwrap();
        abandon(&txn, organization.id, installation, "uninstalled")
            .await
            .unwrap();
        txn.commit().await.unwrap();
        refresh(&t, &post).await;
        t.clock.advance(TimeDelta::minutes(1));
        assert_eq!(t.claim().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_card_given_up_at_its_next_claim_leaves_nothing_waiting_for_it() {
    on_both(async |t: TestApp| {
        let (_, post) = published(&t).await;
        let posting = t.claim().await;
        refresh(&t, &post).await;
        let again = Outcome::Retry("rate_limited".into(), TimeDelta::seconds(7));
        t.settle(&posting[0], again).await;
        t.clock.set(post.expires_at.unwrap());
        assert!(t.claim().await.is_empty());
        assert_eq!(
            states(&t, &post).await,
            [
                (DeliveryOperation::Post, DeliveryState::Cancelled),
                (DeliveryOperation::Revise, DeliveryState::Cancelled),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_share_during_posting_revises_the_card_once_it_is_out() {
    on_both(async |t: TestApp| {
        let (_, post) = published(&t).await;
        let posting = t.claim().await;
        refresh(&t, &post).await;
        assert!(t.claim().await.is_empty(), "the message is not there yet");
        t.settle(&posting[0], Outcome::Sent("1.1".into())).await;
        let revision = t.claim().await;
        assert_eq!(revision[0].message.as_ref().unwrap().reference, "1.1");
    })
    .await;
}

#[tokio::test]
async fn a_post_withdrawn_before_its_card_is_out_is_never_posted() {
    on_both(async |t: TestApp| {
        let (organization, post) = published(&t).await;
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        posts::withdraw_post(&t.app, &owner, post.id, None)
            .await
            .unwrap();
        assert!(t.claim().await.is_empty());
        assert_eq!(
            states(&t, &post).await,
            [(DeliveryOperation::Post, DeliveryState::Cancelled)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_post_takes_its_card_back_at_once_and_cancels_what_waits() {
    on_both(async |t: TestApp| {
        let (organization, post) = published(&t).await;
        t.deliver().await;
        refresh(&t, &post).await;
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        for _ in 0..2 {
            posts::withdraw_post(&t.app, &owner, post.id, None)
                .await
                .unwrap();
        }
        let claimed = t.deliver().await;
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].delivery.operation, DeliveryOperation::Withdraw);
        assert_eq!(shown(&claimed[0]).state, PostState::Withdrawn);
        refresh(&t, &post).await;
        t.clock.advance(TimeDelta::hours(1));
        assert!(t.claim().await.is_empty());
        assert_eq!(
            states(&t, &post).await,
            [
                (DeliveryOperation::Post, DeliveryState::Sent),
                (DeliveryOperation::Revise, DeliveryState::Cancelled),
                (DeliveryOperation::Withdraw, DeliveryState::Sent),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn nothing_waits_for_a_message_that_will_never_be_there() {
    on_both(async |t: TestApp| {
        let (_, post) = published(&t).await;
        let posting = t.claim().await;
        refresh(&t, &post).await;
        t.settle(&posting[0], Outcome::Failed("channel_not_found".into()))
            .await;
        assert_eq!(
            states(&t, &post).await,
            [
                (DeliveryOperation::Post, DeliveryState::Failed),
                (DeliveryOperation::Revise, DeliveryState::Cancelled),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_expired_post_says_so_on_its_card_and_forgets_who_dismissed_it() {
    on_both(async |t: TestApp| {
        let (organization, post) = published(&t).await;
        t.deliver().await;
        let ada = t.actor_in(&organization, &[]).await;
        suggestions::dismiss(&t.app, &ada, post.id).await.unwrap();
        t.clock.set(post.expires_at.unwrap());
        assert_eq!(posts::expire_posts(&t.app).await.unwrap(), 1);
        assert_eq!(posts::expire_posts(&t.app).await.unwrap(), 0);
        let claimed = t.deliver().await;
        assert_eq!(claimed[0].delivery.operation, DeliveryOperation::Revise);
        assert_eq!(shown(&claimed[0]).state, PostState::Expired);
        let dismissed = crate::store::dismissals::count(t.app.store.reader(), post.id)
            .await
            .unwrap();
        assert_eq!(dismissed, 0);
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_post_goes_live_at_its_time_and_once() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        let mut later = draft("Later");
        later.publish_at = Some(t.app.now() + TimeDelta::hours(2));
        let post = t.published(&organization, later).await;
        assert_eq!(post.state, PostState::Scheduled);
        assert_eq!(posts::publish_due_posts(&t.app).await.unwrap(), 0);
        t.clock.advance(TimeDelta::hours(2));
        let (one, two) = tokio::join!(
            Box::pin(posts::publish_due_posts(&t.app)),
            Box::pin(posts::publish_due_posts(&t.app))
        );
        assert_eq!(one.unwrap() + two.unwrap(), 1);
        assert_eq!(t.claim().await.len(), 1);
        let owner = t.actor_in(&organization, &[Role::Owner]).await;
        let paging = Paging {
            after: None,
            limit: 10,
        };
        let wanted = posts::Library {
            state: Some(PostState::Live),
            ..posts::Library::default()
        };
        let live = posts::list_posts(&t.app, &owner, &wanted, paging)
            .await
            .unwrap();
        let post = &live.items[0].post;
        assert_eq!(post.published_at, Some(t.app.now()));
        assert_eq!(post.expires_at, Some(t.app.now() + TimeDelta::days(14)));
    })
    .await;
}

#[tokio::test]
async fn a_member_is_greeted_once_in_person() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let workspace = t.workspace(&organization).await;
        let member = t.member(&organization, &[]).await;
        let identity = t.slack_account(&member, "U0ADA").await;
        for _ in 0..2 {
            let txn = t.app.store.begin().await.unwrap();
            greet(&txn, &t.app, &member, &identity, &workspace)
                .await
                .unwrap();
            txn.commit().await.unwrap();
        }
        let claimed = t.deliver().await;
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].delivery.place_ref, "U0ADA");
        assert!(matches!(
            &claimed[0].content,
            Content::Greeting { pseudonym, .. } if *pseudonym == member.pseudonym
        ));
    })
    .await;
}

#[tokio::test]
async fn a_waiting_courier_is_woken_by_new_work() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        let form = Claim {
            platform: entity::enums::Platform::Slack,
            courier: COURIER.to_owned(),
            limit: 1,
            wait_seconds: 20,
            lease_seconds: 30,
        };
        let begun = Instant::now();
        let (claimed, _) = tokio::join!(
            claim(&t.app, &form),
            t.published_post(&organization, "News")
        );
        assert_eq!(claimed.unwrap().len(), 1);
        assert!(begun.elapsed() < Duration::from_secs(10));
    })
    .await;
}

#[tokio::test]
async fn a_lost_workspace_gets_nothing_any_more() {
    on_both(async |t: TestApp| {
        let (organization, post) = published(&t).await;
        let txn = t.app.store.begin().await.unwrap();
        let row = &rows(&t, &post).await[0];
        abandon(&txn, organization.id, row.installation_id, "uninstalled")
            .await
            .unwrap();
        txn.commit().await.unwrap();
        assert!(t.claim().await.is_empty());
    })
    .await;
}
