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
        let noon = t.app.now() + TimeDelta::hours(2);
        assert_eq!((seen.quiet, seen.quiet_until), (5, Some(noon)));
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
async fn of_fewer_than_five_it_is_not_told_until_when_they_rest() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let one = reader(&t, &owner, (Platform::Slack, "U1")).await;
        let rest = |row: &mut entity::member::Model| (row.quiet_from, row.quiet_to) = (0, 1439);
        t.change_member(&one.member, rest).await;
        let post = t.published_post(&owner.organization, "News").await;
        t.work().await;
        t.deliver().await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(seen.stage, Stage::Running);
        assert_eq!((seen.quiet, seen.quiet_until), (0, None));
    })
    .await;
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
        assert_eq!(seen.withdrawal.unwrap().planned, 1);
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
