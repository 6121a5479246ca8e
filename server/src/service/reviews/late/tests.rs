//! Reviews that wait too long: told once more, once per wait, and counted.

use entity::enums::{DeliverySubject, Role};

use super::*;
use crate::service::actor::Actor;
use crate::service::content_rules::{Rules, update_rules};
use crate::service::deliveries::Claimed;
use crate::service::posts::{create_post, recall_post, submit_post};
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

/// An owner on Slack whose organization lets reviews wait a day.
async fn house(t: &TestApp) -> Actor {
    let owner = t.actor(&[Role::Owner]).await;
    t.workspace(&owner.organization).await;
    t.slack_account(&owner.member, "U0OWNER").await;
    let rules = Rules {
        review_hours: 24,
        ..Rules::default()
    };
    update_rules(&t.app, &owner, None, rules).await.unwrap();
    owner
}

async fn cards(t: &TestApp) -> Vec<Claimed> {
    let mut claimed = t.deliver().await;
    claimed.retain(|one| one.delivery.subject == DeliverySubject::Review);
    claimed
}

#[tokio::test]
async fn a_late_review_is_told_once_more_and_only_once_per_wait() {
    on_both(async |t: TestApp| {
        let owner = house(&t).await;
        let post = create_post(&t.app, &owner, draft("News")).await.unwrap();
        let id = post.post.id;
        submit_post(&t.app, &owner, id).await.unwrap();
        assert_eq!(cards(&t).await.len(), 1);
        t.clock.advance(TimeDelta::hours(23));
        assert_eq!(tell_of_late_reviews(&t.app).await.unwrap(), 0);
        assert_eq!(count_late(&t.app).await.unwrap(), 0);
        t.clock.advance(TimeDelta::hours(1));
        assert_eq!(count_late(&t.app).await.unwrap(), 1);
        assert_eq!(tell_of_late_reviews(&t.app).await.unwrap(), 1);
        for _ in 0..3 {
            assert_eq!(tell_of_late_reviews(&t.app).await.unwrap(), 0);
        }
        assert_eq!(cards(&t).await.len(), 1);
        t.clock.advance(TimeDelta::days(7));
        assert_eq!(tell_of_late_reviews(&t.app).await.unwrap(), 0);

        // Handed in anew, it waits anew.
        recall_post(&t.app, &owner, id).await.unwrap();
        assert_eq!(count_late(&t.app).await.unwrap(), 0);
        submit_post(&t.app, &owner, id).await.unwrap();
        t.deliver().await;
        t.clock.advance(TimeDelta::hours(24));
        assert_eq!(tell_of_late_reviews(&t.app).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn whose_first_card_is_still_to_come_hears_of_the_delay_in_it() {
    on_both(async |t: TestApp| {
        let owner = house(&t).await;
        // From Monday evening to Tuesday morning nobody is disturbed.
        t.clock.advance(TimeDelta::hours(8));
        let post = create_post(&t.app, &owner, draft("News")).await.unwrap();
        submit_post(&t.app, &owner, post.post.id).await.unwrap();
        assert!(cards(&t).await.is_empty());
        t.clock.advance(TimeDelta::hours(25));
        assert_eq!(tell_of_late_reviews(&t.app).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn without_a_limit_or_handed_in_by_nobody_no_message_tells_of_a_review() {
    on_both(async |t: TestApp| {
        let owner = house(&t).await;
        let feed = t.live_post(&owner.organization).await;
        t.change_post(&feed, |row| row.state = PostState::InReview)
            .await;
        t.clock.advance(TimeDelta::days(3));
        assert_eq!(
            count_late(&t.app).await.unwrap(),
            1,
            "it stands in the queue"
        );
        assert_eq!(tell_of_late_reviews(&t.app).await.unwrap(), 0);
        let without = Rules::default();
        update_rules(&t.app, &owner, None, without).await.unwrap();
        assert_eq!(count_late(&t.app).await.unwrap(), 0);
    })
    .await;
}
