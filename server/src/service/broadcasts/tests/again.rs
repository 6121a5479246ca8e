//! Sending again what was refused, or what may have arrived.

use entity::enums::DeliverySubject;

use super::*;
use crate::domain::delivery::Outcome;
use crate::service::reviews::history;

fn refused(reason: &str) -> Outcome {
    Outcome::Failed(reason.to_owned())
}

async fn steps(t: &TestApp, owner: &Actor, post: PostId, action: &str) -> usize {
    let taken = history(&t.app, owner, post).await.unwrap();
    taken.iter().filter(|one| one.action == action).count()
}

#[tokio::test]
async fn what_a_chat_refused_is_tried_again_once_and_noted_once() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 3).await;
        let outcomes = [
            refused("not_in_channel"),
            refused("ended"),
            Outcome::Sent("1.2".into()),
        ];
        for (one, outcome) in t.claim().await.iter().zip(outcomes) {
            t.settle(one, outcome).await;
        }
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.channels.failed), (Stage::Over, 2));
        assert_eq!(seen.retriable, 1, "one was not wanted any more");
        let again = retry(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((again.stage, again.retriable), (Stage::Running, 0));
        assert_eq!((again.channels.failed, again.channels.to_go), (1, 1));
        let twice = retry(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(twice, again, "said twice, it is tried once");
        assert_eq!(steps(&t, &owner, post.id, "post.retry").await, 1);
        let claimed = t.deliver().await;
        assert_eq!(claimed.len(), 1);
        assert!(!claimed[0].reconcile, "it is known that it was not sent");
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.stage, seen.channels.done), (Stage::Over, 2));
        assert!(t.claim().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn people_who_are_gone_or_take_no_messages_are_not_tried_again() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        t.guild(&owner.organization).await;
        for user in ["U0GONE", "U0LATER"] {
            reader(&t, &owner, (Platform::Slack, user)).await;
        }
        reader(&t, &owner, (Platform::Discord, "1")).await;
        let post = t.published_post(&owner.organization, "News").await;
        t.work().await;
        let mut claimed = t.claim_on(Platform::Slack).await;
        claimed.extend(t.claim_on(Platform::Discord).await);
        for one in &claimed {
            let outcome = match (one.delivery.subject, one.delivery.place_ref.as_str()) {
                (DeliverySubject::PersonalPost, "U0GONE") => refused("user_not_found"),
                (DeliverySubject::PersonalPost, "U0LATER") => refused("messages_tab_disabled"),
                (DeliverySubject::PersonalPost, _) => refused("50007"),
                _ => Outcome::Sent(format!("ref-{}", one.delivery.id)),
            };
            t.settle(one, outcome).await;
        }
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        // Who takes no messages says so silently, and is counted like who wants none any more.
        assert_eq!((seen.members.failed, seen.retriable), (2, 1));
        let again = retry(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((again.members.failed, again.retriable), (1, 0));
        let sent = t.deliver().await;
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].delivery.place_ref, "U0LATER");
        assert!(t.claim_on(Platform::Discord).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_stopped_or_has_ended_is_not_tried_again_and_what_is_paused_waits() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 2).await;
        for one in &t.claim().await {
            t.settle(one, refused("not_in_channel")).await;
        }
        pause(&t.app, &owner, post.id).await.unwrap();
        let waits = retry(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((waits.stage, waits.channels.to_go), (Stage::Paused, 2));
        assert!(t.claim().await.is_empty(), "it is paused");
        resume(&t.app, &owner, post.id).await.unwrap();
        for one in &t.claim().await {
            t.settle(one, refused("not_in_channel")).await;
        }
        stop(&t.app, &owner, post.id).await.unwrap();
        for answer in [
            retry(&t.app, &owner, post.id).await,
            resend(&t.app, &owner, post.id, 0).await,
        ] {
            assert!(matches!(answer, Err(BroadcastError::Stopped)));
        }
        let late = t.published_post(&owner.organization, "Late").await;
        for one in &t.claim().await {
            t.settle(one, refused("not_in_channel")).await;
        }
        // Its time is over, though no job has noted it.
        t.clock.advance(TimeDelta::days(15));
        for answer in [
            retry(&t.app, &owner, late.id).await,
            resend(&t.app, &owner, late.id, 0).await,
        ] {
            let ended = BroadcastError::NotLive(PostState::Expired);
            assert_eq!(answer.unwrap_err().to_string(), ended.to_string());
        }
        assert!(t.claim().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_may_have_arrived_is_sent_again_only_by_who_names_how_many() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 3).await;
        for (number, one) in t.claim().await.iter().enumerate() {
            let outcome = match number {
                0 => Outcome::Sent("1.2".into()),
                _ => Outcome::Uncertain("history_unreadable".into()),
            };
            t.settle(one, outcome).await;
        }
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.channels.uncertain, seen.resendable), (2, 2));
        assert_eq!(seen.retriable, 0);
        let same = retry(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(same, seen, "what is refused is another matter");
        for count in [-1, 0, 1, 3] {
            let answer = resend(&t.app, &owner, post.id, count).await;
            assert!(matches!(answer, Err(BroadcastError::OtherNumber(2))));
        }
        assert!(t.claim().await.is_empty());
        let again = resend(&t.app, &owner, post.id, 2).await.unwrap();
        assert_eq!((again.channels.uncertain, again.channels.to_go), (0, 2));
        let twice = resend(&t.app, &owner, post.id, 2).await.unwrap();
        assert_eq!(twice, again, "said twice, it is sent once more");
        assert_eq!(steps(&t, &owner, post.id, "post.resend").await, 1);
        assert_eq!(t.deliver().await.len(), 2);
        assert!(t.claim().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_again_into_a_chat_that_the_bot_has_left() {
    on_both(async |t: TestApp| {
        let (owner, post) = live(&t, 2).await;
        let mut claimed = t.claim().await;
        let last = claimed.pop().unwrap();
        t.settle(&last, Outcome::Uncertain("history_unreadable".into()))
            .await;
        let first = claimed.pop().unwrap();
        t.settle(&first, refused("account_inactive")).await;
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.retriable, seen.resendable), (1, 1));
        for one in [first, last] {
            let id = one.delivery.installation_id;
            crate::service::installations::revoke(&t.app, one.delivery.platform, id)
                .await
                .unwrap();
        }
        let seen = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!((seen.retriable, seen.resendable), (0, 0));
        retry(&t.app, &owner, post.id).await.unwrap();
        resend(&t.app, &owner, post.id, 1).await.unwrap();
        let after = look(&t.app, &owner, post.id).await.unwrap();
        assert_eq!(after, seen, "what waited there would wait for good");
    })
    .await;
}
