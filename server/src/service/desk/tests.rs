//! A desk shows what concerns its member, and nothing that they may not see.

use entity::enums::Role;

use super::*;
use crate::service::content_rules;
use crate::store::posts;
use crate::test_support::{TestApp, on_both};

async fn put(t: &TestApp, actor: &Actor, state: PostState) -> post::Model {
    let mut row = t.live_post(&actor.organization).await;
    row.state = state;
    row.author_id = Some(actor.member.id);
    let txn = t.app.store.begin().await.unwrap();
    let row = posts::update(&txn, row).await.unwrap();
    txn.commit().await.unwrap();
    row
}

#[tokio::test]
async fn a_desk_shows_what_waits_for_its_member_and_what_they_began() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let approver = t.actor_in(&curator.organization, &[Role::Approver]).await;
        let waiting = put(&t, &curator, PostState::InReview).await;
        let draft = put(&t, &curator, PostState::Draft).await;
        let other = t.actor_in(&curator.organization, &[Role::Curator]).await;
        put(&t, &other, PostState::Draft).await;
        let desk = look(&t.app, &curator).await.unwrap();
        assert_eq!(desk.drafts, [draft]);
        assert!(desk.to_review.is_empty(), "a curator reviews nothing");
        let desk = look(&t.app, &approver).await.unwrap();
        assert_eq!(desk.to_review, [(waiting.created_at, waiting, false)]);
        assert_eq!(desk.waiting, 1);
        assert!(desk.drafts.is_empty());
        let plain = t.actor_in(&curator.organization, &[]).await;
        assert!(look(&t.app, &plain).await.unwrap().is_empty());
        let stranger = t.actor(&[Role::Owner]).await;
        assert!(look(&t.app, &stranger).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn ones_own_post_does_not_wait_for_oneself_where_another_must_approve() {
    on_both(async |t: TestApp| {
        let mut owner = t.actor(&[Role::Owner]).await;
        put(&t, &owner, PostState::InReview).await;
        assert_eq!(look(&t.app, &owner).await.unwrap().to_review.len(), 1);
        owner.organization.settings.second_pair_of_eyes = true;
        assert!(look(&t.app, &owner).await.unwrap().to_review.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_was_sent_back_stands_before_all_others() {
    on_both(async |t: TestApp| {
        let curator = t.actor(&[Role::Curator]).await;
        let back = put(&t, &curator, PostState::Draft).await;
        let note = Some("Name the builders.".to_owned());
        t.change_post(&back, |row| row.review_note = note).await;
        for _ in 0..SHOWN {
            put(&t, &curator, PostState::Draft).await;
        }
        let desk = look(&t.app, &curator).await.unwrap();
        assert_eq!(desk.drafts[0].id, back.id, "also where others are newer");
        assert_eq!(u64::try_from(desk.drafts.len()).unwrap(), SHOWN);
        let once = desk.drafts.iter().filter(|post| post.id == back.id);
        assert_eq!(once.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_desk_and_the_rail_count_the_same_reviews() {
    on_both(async |t: TestApp| {
        let mut owner = t.actor(&[Role::Owner]).await;
        let other = t.actor_in(&owner.organization, &[Role::Curator]).await;
        put(&t, &owner, PostState::InReview).await;
        put(&t, &other, PostState::InReview).await;
        let from_feed = t.live_post(&owner.organization).await;
        t.change_post(&from_feed, |row| row.state = PostState::InReview)
            .await;
        for (four_eyes, count) in [(false, 3), (true, 2)] {
            owner.organization.settings.second_pair_of_eyes = four_eyes;
            let desk = look(&t.app, &owner).await.unwrap();
            assert_eq!((desk.waiting, desk.to_review.len()), (count, count));
            let rail = reviews::count(&t.app, &owner).await.unwrap();
            assert_eq!(rail, u64::try_from(count).ok());
        }
        assert_eq!(reviews::waiting(&t.app, &owner).await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_desk_shows_who_waits_longest_and_how_many_there_are() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let mut posts = Vec::new();
        for _ in 0..8 {
            t.clock.advance(chrono::TimeDelta::minutes(1));
            posts.push(put(&t, &owner, PostState::InReview).await);
        }
        // Handed in again, it waits anew.
        let now = t.app.now();
        let again = t.change_post(&posts[0], |row| row.submitted_at = Some(now));
        again.await;
        let desk = look(&t.app, &owner).await.unwrap();
        assert_eq!((desk.to_review.len(), desk.waiting, desk.len()), (6, 8, 8));
        assert_eq!(desk.to_review[0].1.id, posts[1].id);
    })
    .await;
}

#[tokio::test]
async fn a_desk_says_which_posts_wait_longer_than_they_may() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        put(&t, &owner, PostState::InReview).await;
        let rules = content_rules::Rules {
            review_hours: 24,
            ..content_rules::Rules::default()
        };
        content_rules::update_rules(&t.app, &owner, None, rules)
            .await
            .unwrap();
        let late = async || look(&t.app, &owner).await.unwrap().to_review[0].2;
        t.clock.advance(chrono::TimeDelta::hours(23));
        assert!(!late().await);
        t.clock.advance(chrono::TimeDelta::hours(1));
        assert!(late().await);
    })
    .await;
}
