//! Tests of sharing: once, at once, over the cap, after the end.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use entity::enums::{BoardVisibility, Network, PostState, ShareState};
use entity::json::{Followers, Networks};
use futures::future::join_all;

use super::*;
use crate::service::me::{self, Change};
use crate::store::members;
use crate::test_support::{TestApp, on_both};

struct Scene {
    actor: Actor,
    post: post::Model,
}

async fn scene(t: &TestApp) -> Scene {
    let actor = t.actor(&[]).await;
    let post = t.live_post(&actor.organization).await;
    Scene { actor, post }
}

impl Scene {
    fn parties(&self) -> Parties {
        Parties {
            organization: self.actor.organization.clone(),
            member: self.actor.member.clone(),
            post: self.post.clone(),
        }
    }
}

#[tokio::test]
async fn opening_twice_gives_the_same_share_link_and_words() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let parties = scene.parties();
        let one = open(&t.app, &parties, Network::Linkedin, None).await.unwrap();
        let two = open(&t.app, &parties, Network::Linkedin, None).await.unwrap();
        assert_eq!(one.share, two.share);
        assert_eq!(one.link, two.link);
        let link = one.link.unwrap();
        assert_eq!(one.share.state, ShareState::Opened);
        assert_eq!(
            one.share.text,
            format!("Have you tried <oolong>?\n\nhttp://127.0.0.1:8080/l/{}", link.code)
        );
        assert_eq!(
            link.destination,
            format!(
                "https://acme.example/tea?kind=oolong&utm_source=linkedin&utm_medium=employee_advocacy&utm_campaign=chorus&utm_content={}#brew",
                link.code
            )
        );
    })
    .await;
}

#[tokio::test]
async fn colleagues_are_dealt_different_words() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let mut dealt = BTreeSet::new();
        for _ in 0..2 {
            let actor = t.actor_in(&scene.actor.organization, &[]).await;
            let parties = Parties {
                member: actor.member,
                ..scene.parties()
            };
            let opened = open(&t.app, &parties, Network::X, None).await.unwrap();
            dealt.insert(opened.share.variant_id.map(|id| id.0));
        }
        assert_eq!(dealt.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn confirming_many_times_at_once_is_one_share_and_one_award() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let parties = scene.parties();
        let confirms = (0..6).map(|_| confirm(&t.app, &parties, Network::Linkedin));
        let receipts: Vec<Receipt> = join_all(confirms)
            .await
            .into_iter()
            .map(|receipt| receipt.unwrap())
            .collect();
        let shares: BTreeSet<_> = receipts.iter().map(|receipt| receipt.share.id).collect();
        assert_eq!(shares.len(), 1);
        let last = confirm(&t.app, &parties, Network::Linkedin).await.unwrap();
        assert_eq!(last.share.state, ShareState::Confirmed);
        assert_eq!(
            (last.points, last.week.points, last.week.rank),
            (5, 5, Some(1))
        );
        t.sum_up().await;
        let (house, id) = (scene.post.organization_id, scene.post.id);
        let sums = crate::store::figure_days::of_posts(t.app.store.reader(), house, &[id]).await;
        let sums: crate::domain::sums::Sums = sums
            .unwrap()
            .into_iter()
            .map(|(_, measure, value)| (measure, value))
            .collect();
        assert_eq!(sums.shares(), 1);
    })
    .await;
}

#[tokio::test]
async fn five_shares_a_day_earn_and_the_sixth_says_that_it_does_not() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let parties = scene.parties();
        let networks = crate::domain::intent::NETWORKS;
        let mut receipts = Vec::new();
        for network in networks.into_iter().take(6) {
            receipts.push(confirm(&t.app, &parties, network).await.unwrap());
        }
        let points: Vec<i64> = receipts.iter().map(|receipt| receipt.points).collect();
        assert_eq!(points, [5, 5, 5, 5, 5, 0]);
        assert!(receipts[5].over_daily_cap);
        assert_eq!(receipts[5].week.points, 25);
        // The organization's day ends at midnight in Berlin, 23:00 UTC.
        t.clock.advance(TimeDelta::hours(13));
        let tomorrow = confirm(&t.app, &parties, networks[6]).await.unwrap();
        assert_eq!((tomorrow.points, tomorrow.week.points), (5, 30));
    })
    .await;
}

#[tokio::test]
async fn a_post_that_has_ended_is_refused_and_a_confirmed_share_stays() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let parties = scene.parties();
        confirm(&t.app, &parties, Network::X).await.unwrap();
        t.change_post(&scene.post, |post| post.state = PostState::Withdrawn)
            .await;
        let again = parties_of_now(&t, &scene).await;
        assert!(matches!(
            open(&t.app, &again, Network::Reddit, None).await,
            Err(ShareError::Withdrawn)
        ));
        assert!(matches!(
            confirm(&t.app, &again, Network::Reddit).await,
            Err(ShareError::Withdrawn)
        ));
        // Also where the withdrawal came after the post was read.
        assert!(matches!(
            confirm(&t.app, &parties, Network::Reddit).await,
            Err(ShareError::Withdrawn)
        ));
        let kept = confirm(&t.app, &again, Network::X).await.unwrap();
        assert_eq!(kept.points, 5);
        t.change_post(&scene.post, |_| ()).await;
        t.clock.advance(TimeDelta::days(14));
        assert!(matches!(
            choices(&t.app, &scene.actor, scene.post.id).await,
            Err(ShareError::Expired)
        ));
    })
    .await;
}

async fn parties_of_now(t: &TestApp, scene: &Scene) -> Parties {
    super::parties(&t.app, &scene.actor, scene.post.id)
        .await
        .unwrap()
}

#[tokio::test]
async fn who_wants_no_attribution_gets_a_link_that_names_nobody() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let mut links = BTreeSet::new();
        for _ in 0..2 {
            let actor = t.actor_in(&scene.actor.organization, &[]).await;
            let shy = member::Model {
                attribution: false,
                ..actor.member.clone()
            };
            let txn = t.app.store.begin().await.unwrap();
            let member = members::update(&*txn, shy).await.unwrap();
            txn.commit().await.unwrap();
            let parties = Parties {
                member,
                ..scene.parties()
            };
            let opened = open(&t.app, &parties, Network::X, None).await.unwrap();
            let link = opened.link.unwrap();
            assert_eq!((link.member_id, link.share_id), (None, None));
            assert!(opened.share.text.ends_with(&link.code));
            let again = open(&t.app, &parties, Network::X, None).await.unwrap();
            assert_eq!(again.link.map(|link| link.code), Some(link.code.clone()));
            links.insert(link.code);
        }
        assert_eq!(links.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn preferred_networks_come_first_and_a_post_without_a_link_goes_where_words_go() {
    on_both(async |t: TestApp| {
        let mut scene = scene(&t).await;
        scene.actor.member.networks = Networks(vec![Network::Reddit, Network::X]);
        let offered = choices(&t.app, &scene.actor, scene.post.id).await.unwrap();
        assert_eq!(offered.networks.len(), 12);
        let first: Vec<_> = offered
            .networks
            .iter()
            .take(3)
            .map(|choice| (choice.network, choice.preferred))
            .collect();
        assert_eq!(
            first,
            [
                (Network::Reddit, true),
                (Network::X, true),
                (Network::Linkedin, false)
            ]
        );
        t.change_post(&scene.post, |post| post.url = None).await;
        let offered = choices(&t.app, &scene.actor, scene.post.id).await.unwrap();
        assert_eq!(offered.networks.len(), 9);
        let parties = parties_of_now(&t, &scene).await;
        assert!(matches!(
            confirm(&t.app, &parties, Network::Linkedin).await,
            Err(ShareError::CannotCarry)
        ));
        let words = open(&t.app, &parties, Network::X, None).await.unwrap();
        assert_eq!(words.share.text, "Have you tried <oolong>?");
        assert_eq!(words.link, None);
    })
    .await;
}

#[tokio::test]
async fn followers_are_stored_with_the_share_as_they_were() {
    on_both(async |t: TestApp| {
        let mut scene = scene(&t).await;
        let followers = |count| Change {
            followers: Some([(Network::X, count)].into()),
            ..Change::default()
        };
        let me = me::update(&t.app, &scene.actor, followers(1_250))
            .await
            .unwrap();
        assert_eq!(me.member.followers, Followers([(Network::X, 1_250)].into()));
        scene.actor.member = me.member;
        let parties = scene.parties();
        confirm(&t.app, &parties, Network::X).await.unwrap();
        me::update(&t.app, &scene.actor, followers(9))
            .await
            .unwrap();
        let receipt = confirm(&t.app, &parties, Network::X).await.unwrap();
        assert_eq!(receipt.share.followers, Some(1_250));
        let me = me::show(&t.app, &scene.actor).await.unwrap();
        assert_eq!((me.shares, me.potential_reach), (1, 1_250));
    })
    .await;
}

#[tokio::test]
async fn who_hides_while_confirming_is_not_shown() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        // Read before the choice took hold.
        let parties = scene.parties();
        let hidden = Change {
            board_visibility: Some(BoardVisibility::Hidden),
            followers: Some([(Network::X, 12)].into()),
            ..Change::default()
        };
        open(&t.app, &parties, Network::X, None).await.unwrap();
        me::update(&t.app, &scene.actor, hidden).await.unwrap();
        let receipt = confirm(&t.app, &parties, Network::X).await.unwrap();
        assert_eq!((receipt.points, receipt.week.rank), (5, None));
        assert_eq!(receipt.share.followers, Some(12));
    })
    .await;
}

#[tokio::test]
async fn a_later_change_of_a_share_makes_nobody_active() {
    on_both(async |t: TestApp| {
        let scene = scene(&t).await;
        let receipt = confirm(&t.app, &scene.parties(), Network::X).await.unwrap();
        let active = async |since| {
            let db = t.app.store.reader();
            crate::store::share_sums::active_since(db, scene.post.organization_id, since)
                .await
                .unwrap()
        };
        let began = t.app.now();
        t.sum_up().await;
        assert_eq!(active(began).await, 1);
        t.clock.advance(TimeDelta::days(31));
        let txn = t.app.store.begin().await.unwrap();
        let changed = entity::share::Model {
            updated_at: t.app.now(),
            ..receipt.share
        };
        shares::update(&txn, changed).await.unwrap();
        txn.commit().await.unwrap();
        t.sum_up().await;
        assert_eq!(active(t.app.now() - TimeDelta::days(30)).await, 0);
    })
    .await;
}
