//! What stays told of a post that has ended: what went out, what nobody wanted, and no message that
//! was kept in.

use entity::enums::{DeliveryOperation, DeliveryState, DeliverySubject};

use super::*;
use crate::domain::delivery::{ENDED, Outcome};
use crate::service::deliveries::{self, Claimed, SettleError};
use crate::service::posts::expire_posts;
use crate::service::retention;
use crate::store::deliveries::of_post;
use crate::test_support::content::{COURIER, is_let_pass, smooth};

/// An owner, and so many readers on Slack.
async fn with_readers(t: &TestApp, count: usize) -> (Actor, Vec<Actor>) {
    let owner = t.actor(&[Role::Owner]).await;
    t.workspace(&owner.organization).await;
    let mut readers = Vec::new();
    for number in 0..count {
        let user = format!("U{number}");
        readers.push(reader(t, &owner, (Platform::Slack, &user)).await);
    }
    (owner, readers)
}

async fn planned(t: &TestApp, owner: &Actor) -> post::Model {
    let post = t.published_post(&owner.organization, "News").await;
    t.work().await;
    post
}

async fn expire(t: &TestApp, post: &post::Model) {
    t.clock.set(post.expires_at.unwrap());
    assert_eq!(expire_posts(&t.app).await.unwrap(), 1);
}

/// Those who are planned, done and to go, as anybody is told.
async fn members(t: &TestApp, owner: &Actor, post: &post::Model) -> (i64, i64, i64) {
    let seen = look(&t.app, owner, post.id).await.unwrap();
    let told = seen.members;
    (told.planned, told.done, told.to_go)
}

/// The messages to members that are there.
async fn rows(t: &TestApp, post: &post::Model) -> Vec<entity::delivery::Model> {
    let rows = of_post(t.app.store.reader(), post.organization_id, post.id).await;
    let mut rows = rows.unwrap();
    rows.retain(|row| {
        row.subject == DeliverySubject::PersonalPost && row.operation == DeliveryOperation::Post
    });
    rows
}

/// The messages to members among those that were claimed.
fn own(mut claimed: Vec<Claimed>) -> Vec<Claimed> {
    claimed.retain(|one| one.delivery.subject == DeliverySubject::PersonalPost);
    claimed
}

fn all_day(row: &mut entity::member::Model) {
    (row.quiet_from, row.quiet_to) = (0, 1439);
}

async fn pauses(t: &TestApp, reader: &Actor) {
    let until = t.app.now() + TimeDelta::days(300);
    let pause = |row: &mut entity::member::Model| row.paused_until = Some(until);
    t.change_member(&reader.member, pause).await;
}

#[tokio::test]
async fn what_waits_between_the_end_and_its_note_is_neither_sent_nor_given_up() {
    on_both(async |t: TestApp| {
        let (owner, _) = with_readers(&t, 10).await;
        let post = planned(&t, &owner).await;
        t.clock.set(post.expires_at.unwrap());
        for _ in 0..3 {
            assert!(t.claim().await.is_empty(), "it is over");
            t.clock.advance(TimeDelta::minutes(6));
        }
        let waiting = rows(&t, &post).await;
        assert_eq!(waiting.len(), 10);
        let waits = |row: &entity::delivery::Model| row.state == DeliveryState::Pending;
        assert!(waiting.iter().all(waits));
        assert_eq!(members(&t, &owner, &post).await, (10, 0, 10));
        assert_eq!(expire_posts(&t.app).await.unwrap(), 1);
        assert!(rows(&t, &post).await.is_empty());
        assert_eq!(members(&t, &owner, &post).await, (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_waits_beyond_the_end_is_not_looked_at_again_and_again() {
    on_both(async |t: TestApp| {
        let (owner, _) = with_readers(&t, 3).await;
        let post = planned(&t, &owner).await;
        t.clock.set(post.expires_at.unwrap());
        assert!(t.claim().await.is_empty());
        let later = rows(&t, &post).await;
        assert!(later.iter().all(|row| row.run_at > t.app.now()));
    })
    .await;
}

#[tokio::test]
async fn the_few_that_wait_for_their_own_hours_are_told_as_before_after_the_end() {
    on_both(async |t: TestApp| {
        let (owner, readers) = with_readers(&t, 10).await;
        for one in readers.iter().take(4) {
            t.change_member(&one.member, all_day).await;
        }
        let post = planned(&t, &owner).await;
        assert_eq!(own(t.deliver().await).len(), 6);
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        assert_eq!(rows(&t, &post).await.len(), 6);
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
    })
    .await;
}

#[tokio::test]
async fn those_who_wait_on_two_chats_are_told_together() {
    on_both(async |t: TestApp| {
        let (owner, mut readers) = with_readers(&t, 7).await;
        t.guild(&owner.organization).await;
        for number in 0..3 {
            let user = format!("7{number}");
            readers.push(reader(&t, &owner, (Platform::Discord, &user)).await);
        }
        for one in readers.iter().skip(4) {
            t.change_member(&one.member, all_day).await;
        }
        let post = planned(&t, &owner).await;
        assert_eq!(own(t.deliver().await).len(), 4);
        assert!(own(t.deliver_on(Platform::Discord).await).is_empty());
        // Three wait on each: together they fill one step, and one of them none.
        assert_eq!(members(&t, &owner, &post).await, (10, 5, 5));
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        assert_eq!(members(&t, &owner, &post).await, (5, 5, 0));
    })
    .await;
}

#[tokio::test]
async fn what_comes_back_after_the_end_is_forgotten_and_was_not_sent() {
    on_both(async |t: TestApp| {
        let (owner, _) = with_readers(&t, 10).await;
        let post = planned(&t, &owner).await;
        let claimed = own(t.claim().await);
        assert_eq!(claimed.len(), 10);
        expire(&t, &post).await;
        assert_eq!(members(&t, &owner, &post).await, (10, 0, 10));
        for one in &claimed {
            let again = Outcome::Retry("rate_limited".into(), TimeDelta::seconds(1));
            t.settle(one, again).await;
        }
        assert!(rows(&t, &post).await.is_empty());
        assert_eq!(members(&t, &owner, &post).await, (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn one_that_comes_back_after_it_was_told_as_done_is_told_so_for_good() {
    on_both(async |t: TestApp| {
        let (owner, _) = with_readers(&t, 10).await;
        let post = planned(&t, &owner).await;
        let claimed = own(t.claim().await);
        let (last, others) = claimed.split_last().unwrap();
        for one in others {
            t.settle(one, smooth(one)).await;
        }
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        expire(&t, &post).await;
        let again = Outcome::Retry("rate_limited".into(), TimeDelta::seconds(1));
        t.settle(last, again).await;
        assert_eq!(rows(&t, &post).await.len(), 9);
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
    })
    .await;
}

#[tokio::test]
async fn what_waited_for_a_workspace_that_was_lost_is_not_told_as_gone_out() {
    on_both(async |t: TestApp| {
        let (owner, _) = with_readers(&t, 10).await;
        let post = planned(&t, &owner).await;
        let home = rows(&t, &post).await[0].installation_id;
        crate::service::installations::revoke(&t.app, Platform::Slack, home)
            .await
            .unwrap();
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.members.done, seen.members.stopped), (0, 10));
        expire(&t, &post).await;
        assert!(rows(&t, &post).await.is_empty());
        assert_eq!(members(&t, &owner, &post).await, (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn who_takes_no_messages_counts_like_before_when_their_row_is_gone() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.guild(&owner.organization).await;
        for number in 0..10 {
            reader(&t, &owner, (Platform::Discord, &format!("7{number}"))).await;
        }
        let post = planned(&t, &owner).await;
        let claimed = own(t.claim_on(Platform::Discord).await);
        for (number, one) in claimed.iter().enumerate() {
            let outcome = if number == 0 {
                Outcome::Failed("50007".into())
            } else {
                smooth(one)
            };
            t.settle(one, outcome).await;
        }
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        expire(&t, &post).await;
        t.work().await;
        t.deliver_on(Platform::Discord).await;
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        t.clock.advance(TimeDelta::days(400));
        retention::run(&t.app).await.unwrap();
        assert!(rows(&t, &post).await.is_empty(), "they are past their time");
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
    })
    .await;
}

#[tokio::test]
async fn more_than_a_step_of_silent_readers_shows_in_no_number() {
    on_both(async |t: TestApp| {
        let (owner, readers) = with_readers(&t, 10).await;
        for one in readers.iter().take(7) {
            pauses(&t, one).await;
        }
        let post = planned(&t, &owner).await;
        assert_eq!(own(t.deliver().await).len(), 3);
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        assert_eq!(rows(&t, &post).await.len(), 3);
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        t.work().await;
        let back = own(t.claim().await);
        let mut told = Vec::new();
        for one in &back {
            t.settle(one, smooth(one)).await;
            let seen = look(&t.app, &owner, post.id).await.unwrap();
            told.push(seen.withdrawal.unwrap().to_go);
        }
        // Ten are told, and three are there; the channel's card is still to be taken back.
        assert_eq!(told, [6, 1, 1]);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_wants_is_let_pass_also_after_it_came_back_or_was_lost() {
    on_both(async |t: TestApp| {
        let (owner, readers) = with_readers(&t, 10).await;
        pauses(&t, &readers[9]).await;
        let post = planned(&t, &owner).await;
        let claimed = own(t.claim().await);
        let (passed, others): (Vec<_>, Vec<_>) = claimed.iter().partition(|one| is_let_pass(one));
        for one in others {
            t.settle(one, smooth(one)).await;
        }
        let again = Outcome::Retry("paced".into(), TimeDelta::seconds(1));
        t.settle(passed[0], again).await;
        t.clock.advance(TimeDelta::seconds(2));
        let claimed = own(t.claim().await);
        assert!(claimed.len() == 1 && is_let_pass(&claimed[0]));
        t.settle(&claimed[0], Outcome::Unknown("shutdown".into()))
            .await;
        t.clock.advance(TimeDelta::minutes(2));
        let claimed = own(t.claim().await);
        assert!(claimed.len() == 1 && claimed[0].reconcile);
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        // It is looked for, and not there.
        t.settle(&claimed[0], Outcome::Failed(ENDED.into())).await;
        let mut rows = rows(&t, &post).await;
        rows.retain(|row| row.state == DeliveryState::Cancelled);
        assert_eq!(rows.len(), 1);
        assert!(rows[0].failure.is_none() && rows[0].message_ref.is_none());
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
    })
    .await;
}

#[tokio::test]
async fn settled_twice_after_the_end_it_counts_once_and_is_not_found() {
    on_both(async |t: TestApp| {
        let (owner, readers) = with_readers(&t, 10).await;
        pauses(&t, &readers[9]).await;
        let post = planned(&t, &owner).await;
        let claimed = own(t.claim().await);
        expire(&t, &post).await;
        for one in &claimed {
            t.settle(one, smooth(one)).await;
        }
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
        for one in &claimed {
            let (delivery, outcome) = (&one.delivery, smooth(one));
            let (platform, id) = (delivery.platform, delivery.id);
            let again = deliveries::settle(&t.app, platform, id, COURIER, outcome).await;
            if is_let_pass(one) {
                assert!(matches!(again, Err(SettleError::NotFound)), "{again:?}");
            } else {
                again.unwrap();
            }
        }
        assert_eq!(members(&t, &owner, &post).await, (10, 10, 0));
    })
    .await;
}
