//! What reviewers see in chat: what waits for them, in order, and what became of it.

use chrono::TimeDelta;
use entity::enums::Role;

use super::*;
use crate::domain::post::Draft;
use crate::service::content_rules::{Rules, update_rules};
use crate::service::posts::{approve_post, create_post, reject_post, submit_post};
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

async fn handed_in(t: &TestApp, author: &Actor, draft: Draft) -> PostId {
    let written = create_post(&t.app, author, draft).await.unwrap().post;
    submit_post(&t.app, author, written.id).await.unwrap();
    t.clock.advance(TimeDelta::minutes(1));
    written.id
}

fn titles(queue: &Queue) -> Vec<&str> {
    let cards = queue.cards.iter();
    cards.map(|card| card.post.title.as_str()).collect()
}

#[tokio::test]
async fn the_most_urgent_comes_first_and_ones_own_not_where_another_must_approve() {
    on_both(async |t: TestApp| {
        let mut owner = t.actor(&[Role::Owner]).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        handed_in(&t, &curator, draft("Oldest")).await;
        let planned = Draft {
            publish_at: Some(t.app.now() + TimeDelta::days(2)),
            ..draft("Planned")
        };
        handed_in(&t, &curator, planned).await;
        handed_in(&t, &owner, draft("Mine")).await;
        let queue = list_reviews(&t.app, &owner).await.unwrap();
        assert_eq!(titles(&queue), ["Planned", "Oldest", "Mine"]);
        owner.organization.settings.second_pair_of_eyes = true;
        let queue = list_reviews(&t.app, &owner).await.unwrap();
        assert_eq!(titles(&queue), ["Planned", "Oldest"]);
        assert_eq!(queue.waiting, 2);
        let slug = &owner.organization.slug;
        assert!(
            queue.url.ends_with(&format!("/o/{slug}/review")),
            "{}",
            queue.url
        );

        let rules = Rules {
            review_hours: 1,
            second_pair_of_eyes: true,
            ..Rules::default()
        };
        update_rules(&t.app, &owner, None, rules).await.unwrap();
        t.clock.advance(TimeDelta::minutes(57));
        let queue = list_reviews(&t.app, &owner).await.unwrap();
        assert_eq!(
            titles(&queue),
            ["Oldest", "Planned"],
            "too long comes first"
        );
        let late: Vec<bool> = queue.cards.iter().map(|card| card.is_overdue).collect();
        assert_eq!(late, [true, false]);
    })
    .await;
}

#[tokio::test]
async fn a_card_tells_who_wrote_it_and_after_its_review_who_decided() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let other = t.actor_in(&owner.organization, &[Role::Approver]).await;
        let id = handed_in(&t, &curator, draft("News")).await;
        let card = show_review(&t.app, &owner, id).await.unwrap();
        assert_eq!(card.author.as_ref(), Some(&curator.member.display_name));
        assert!(card.may_approve && card.decision.is_none() && card.audience.is_none());
        assert!(
            card.url.ends_with(&format!("/review?post={id}")),
            "{}",
            card.url
        );

        let version = Some(card.post.version);
        reject_post(&t.app, &owner, id, "Shorter.", version)
            .await
            .unwrap();
        for (reader, is_mine) in [(&owner, true), (&other, false)] {
            let card = show_review(&t.app, reader, id).await.unwrap();
            let decision = card.decision.unwrap();
            assert_eq!(decision.step, ReviewStep::Rejected);
            assert_eq!(decision.by.as_ref(), Some(&owner.member.display_name));
            assert_eq!(decision.note.as_deref(), Some("Shorter."));
            assert_eq!(decision.is_mine, is_mine);
        }
        // What is done in the same instant has no order.
        t.clock.advance(chrono::TimeDelta::seconds(1));
        submit_post(&t.app, &curator, id).await.unwrap();
        let card = show_review(&t.app, &owner, id).await.unwrap();
        assert!(card.decision.is_none(), "it waits anew");
        let version = Some(card.post.version);
        t.clock.advance(chrono::TimeDelta::seconds(1));
        approve_post(&t.app, &other, id, None, version)
            .await
            .unwrap();
        let card = show_review(&t.app, &owner, id).await.unwrap();
        let by = card.decision.and_then(|decision| decision.by);
        assert_eq!(by.as_ref(), Some(&other.member.display_name));
    })
    .await;
}

#[tokio::test]
async fn a_post_without_sentences_shows_the_beginning_of_a_wording() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let mute = Draft {
            summary: String::new(),
            variants: vec![crate::domain::post::Wording {
                network: None,
                text: "word ".repeat(200),
            }],
            ..draft("Mute")
        };
        let id = handed_in(&t, &owner, mute).await;
        let card = show_review(&t.app, &owner, id).await.unwrap();
        assert!(card.excerpt.starts_with("word word"), "{}", card.excerpt);
        assert!(card.excerpt.chars().count() <= 300);
    })
    .await;
}

#[tokio::test]
async fn who_reviews_nothing_learns_whom_to_ask_and_strangers_learn_nothing() {
    on_both(async |t: TestApp| {
        let mut curator = t.actor(&[Role::Curator]).await;
        curator.organization.settings.contact = Some("Grace".to_owned());
        let refused = list_reviews(&t.app, &curator).await;
        let contact = match refused {
            Err(ReviewError::NotYours { contact }) => contact,
            other => panic!("{other:?}"),
        };
        assert_eq!(contact.as_deref(), Some("Grace"));
        let id = handed_in(&t, &curator, draft("News")).await;
        let stranger = t.actor(&[Role::Owner]).await;
        let unseen = show_review(&t.app, &stranger, id).await;
        assert!(matches!(unseen, Err(ReviewError::NotFound)));
        let queue = list_reviews(&t.app, &stranger).await.unwrap();
        assert!(queue.cards.is_empty());
    })
    .await;
}
