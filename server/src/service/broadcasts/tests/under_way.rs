//! What is told while messages are planned, wait for quiet hours, or are taken back.

use super::*;
use crate::domain::delivery::Outcome;
use crate::service::jobs::Task;
use crate::store::jobs;

#[tokio::test]
async fn it_is_not_over_before_everybodys_messages_are_planned() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let post = t.published_post(&owner.organization, "News").await;
        let other = t.published_post(&owner.organization, "Others").await;
        pause(&t.app, &owner, other.id).await.unwrap();
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.planning), (Stage::Running, true));
        assert_eq!(seen.whole().planned, 0);
        // A worker that has the job in hand takes its key from it.
        let txn = t.app.store.begin().await.unwrap();
        for mut job in jobs::lock_due(&txn, t.app.now(), 10).await.unwrap() {
            assert_eq!(
                job.kind,
                crate::service::deliveries::PlanPersonalPosts::KIND
            );
            job.dedupe_key = None;
            jobs::update(&*txn, job).await.unwrap();
        }
        txn.commit().await.unwrap();
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.planning), (Stage::Running, true));
        t.work().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.planning), (Stage::Over, false));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_quiet_hours_is_told_apart_and_takes_no_time() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        for number in 0..11 {
            let user = format!("U{number}");
            let one = reader(&t, &owner, (Platform::Slack, &user)).await;
            // It is eleven o'clock in Berlin.
            let rest = |row: &mut entity::member::Model| {
                (row.quiet_from, row.quiet_to) = if number < 6 {
                    (10 * 60, 13 * 60)
                } else {
                    (22 * 60, 23 * 60)
                };
            };
            t.change_member(&one.member, rest).await;
        }
        let post = t.published_post(&owner.organization, "News").await;
        t.work().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        // Not until one: that is their own hour, and the organization is awake.
        assert_eq!((seen.quiet, seen.quiet_until), (5, None));
        assert_eq!((seen.members.planned, seen.members.to_go), (10, 10));
        // A card and five messages at three hundred a minute.
        assert_eq!(seen.seconds_left, 2);
        assert_eq!(t.deliver().await.len(), 6);
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.seconds_left), (Stage::Running, 0));
        assert_eq!((seen.members.to_go, seen.quiet), (5, 5));
        // What is paused waits for somebody, not for a time.
        pause(&t.app, &owner, post.id).await.unwrap();
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.quiet, seen.quiet_until), (0, None));
        resume(&t.app, &owner, post.id).await.unwrap();
        t.clock.advance(TimeDelta::hours(2));
        assert_eq!(t.deliver().await.len(), 6);
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.quiet), (Stage::Over, 0));
    })
    .await;
}

#[tokio::test]
async fn until_when_they_rest_is_told_by_the_hours_of_the_organization() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        for number in 0..6 {
            let one = reader(&t, &owner, (Platform::Slack, &format!("U{number}"))).await;
            if number == 0 {
                // It is Monday, and theirs are over on Tuesday at noon.
                let rest = |row: &mut entity::member::Model| row.quiet_to = 12 * 60;
                t.change_member(&one.member, rest).await;
            }
        }
        t.clock.advance(TimeDelta::hours(9));
        let post = t.published_post(&owner.organization, "News").await;
        t.work().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        // From eight in the evening to nine in the morning.
        let nine = t.app.now() + TimeDelta::hours(13);
        assert_eq!((seen.quiet, seen.quiet_until), (5, Some(nine)));
    })
    .await;
}

#[tokio::test]
async fn that_fewer_than_five_rest_is_not_told() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let one = reader(&t, &owner, (Platform::Slack, "U1")).await;
        t.change_member(&one.member, all_day).await;
        let post = t.published_post(&owner.organization, "News").await;
        t.work().await;
        t.deliver().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.stage, Stage::Over);
        assert_eq!((seen.quiet, seen.quiet_until), (0, None));
    })
    .await;
}

#[tokio::test]
async fn the_quiet_hours_of_one_reader_show_in_no_figure() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let mut readers = Vec::new();
        for number in 0..10 {
            let user = format!("U{number}");
            readers.push(reader(&t, &owner, (Platform::Slack, &user)).await);
        }
        let before = told_on_the_way(&t, &owner, "Nobody rests").await;
        t.change_member(&readers[3].member, all_day).await;
        let after = told_on_the_way(&t, &owner, "Somebody rests").await;
        assert_eq!(before.len(), after.len());
        for (one, other) in before.iter().zip(after) {
            let same = Broadcast {
                post: one.post,
                ..other
            };
            assert_eq!(same, *one);
        }
    })
    .await;
}

/// Quiet around the clock.
fn all_day(row: &mut entity::member::Model) {
    (row.quiet_from, row.quiet_to) = (0, 1439);
}

/// What is told of a post after each step, once couriers had what they may have.
async fn told_on_the_way(t: &TestApp, owner: &Actor, title: &str) -> Vec<Broadcast> {
    let post = t.published_post(&owner.organization, title).await;
    t.work().await;
    t.deliver().await;
    let over = look(&t.app, owner, post.id).await.unwrap();
    assert_eq!((over.stage, over.members.done), (Stage::Over, 10));
    let paused = pause(&t.app, owner, post.id).await.unwrap();
    let resumed = resume(&t.app, owner, post.id).await.unwrap();
    t.deliver().await;
    let again = look(&t.app, owner, post.id).await.unwrap();
    let stopped = stop(&t.app, owner, post.id).await.unwrap();
    vec![over, paused, resumed, again, stopped]
}

#[tokio::test]
async fn how_far_taking_back_has_come_is_told_once_a_post_is_withdrawn() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 3).await;
        t.deliver().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.withdrawal, None, "nobody takes anything back");
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.stage, Stage::Withdrawing);
        assert!(seen.seconds_left > 0);
        let back = seen.withdrawal.unwrap();
        assert_eq!((back.planned, back.to_go, back.done), (3, 3, 0));
        let claimed = t.claim().await;
        t.settle(&claimed[0], Outcome::Sent("1.2".into())).await;
        let gone = Outcome::Failed("message_not_found".into());
        t.settle(&claimed[1], gone).await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.stage, Stage::Withdrawing);
        let back = seen.withdrawal.unwrap();
        assert_eq!((back.done, back.to_go, back.failed), (1, 1, 1));
        t.settle(&claimed[2], Outcome::Sent("1.3".into())).await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.seconds_left), (Stage::Over, 0));
        assert_eq!(seen.channels.done, 3, "what had gone out is told as before");
    })
    .await;
}

#[tokio::test]
async fn messages_to_people_are_taken_back_in_steps_and_planned_before() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        for number in 0..6 {
            reader(&t, &owner, (Platform::Slack, &format!("U{number}"))).await;
        }
        let post = t.published_post(&owner.organization, "News").await;
        t.work().await;
        assert_eq!(t.deliver().await.len(), 7);
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.planning), (Stage::Withdrawing, true));
        let back = seen.withdrawal.unwrap();
        assert_eq!((back.planned, back.to_go, back.done), (6, 6, 0));
        t.work().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.planning), (Stage::Withdrawing, false));
        assert_eq!(seen.withdrawal.unwrap().planned, 6);
        assert_eq!(t.deliver().await.len(), 7);
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.stage, Stage::Over);
        assert_eq!(seen.withdrawal.unwrap().done, 6);
    })
    .await;
}

#[tokio::test]
async fn how_many_messages_are_taken_back_does_not_tell_who_took_none() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.guild(&owner.organization).await;
        for number in 0..10 {
            reader(&t, &owner, (Platform::Discord, &format!("U{number}"))).await;
        }
        let post = t.published_post(&owner.organization, "News").await;
        t.work().await;
        for one in &t.claim_on(Platform::Discord).await {
            let outcome = if one.delivery.place_ref == "U7" {
                Outcome::Failed("50007".into())
            } else {
                Outcome::Sent(format!("ref-{}", one.delivery.id))
            };
            t.settle(one, outcome).await;
        }
        withdraw_post(&t.app, &owner, post.id, None).await.unwrap();
        t.work().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.withdrawal.unwrap().planned, 11, "ten, and a card");
        assert_eq!(t.deliver_on(Platform::Discord).await.len(), 10);
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.stage, Stage::Over);
        assert_eq!(seen.withdrawal.unwrap().done, 11);
    })
    .await;
}
