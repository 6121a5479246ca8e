//! Leavers: no way in is left and nothing more is sent; what they shared stays.

use entity::enums::{DeliveryPreference, DeliveryState, Network, Platform, Role, ShareState};
use sea_orm::EntityTrait;

use super::*;
use crate::domain::leaderboard::Period;
use crate::service::access::by_token;
use crate::service::leaderboard::board;
use crate::service::me::{self, Change};
use crate::service::members::change::set_roles;
use crate::service::shares::{confirm, parties};
use crate::service::{login_links, pairing};
use crate::store::shares;
use crate::test_support::content::draft;
use crate::test_support::{TestApp, on_both};

#[tokio::test]
async fn who_leaves_is_let_in_by_nothing_gets_nothing_and_keeps_what_they_shared() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        t.workspace(house).await;
        let mut ada = t.actor_in(house, &[Role::Curator]).await;
        ada.account = Some(t.slack_account(&ada.member, "U0ADA").await);
        let each_post = Change {
            delivery: Some(DeliveryPreference::EachPost),
            ..Change::default()
        };
        me::update(app, &ada, each_post).await.unwrap();
        let live = t.published_post(house, "Tea").await;
        let known = parties(app, &ada, live.id).await.unwrap();
        confirm(app, &known, Network::X).await.unwrap();
        let next = t.published(house, draft("Coffee")).await;
        t.work().await;

        let secret = t.token(&ada).await;
        let browser = t.log_in(&ada).await;
        let link = login_links::issue(app, &ada).await.unwrap();
        let code = pairing::invite(app, &owner, ada.member.id).await.unwrap();
        assert_eq!(browser.get("").await.status, 200);

        let left = mark_left(app, &owner, ada.member.id).await.unwrap().member;
        assert_eq!(left.left_at, Some(t.clock.now()));
        assert_eq!(browser.get("").await.status, 303, "the session has ended");
        assert!(by_token(app, &secret).await.is_err());
        let tokens = entity::api_token::Entity::find()
            .all(app.store.reader())
            .await;
        assert_eq!(tokens.unwrap().len(), 0, "destroyed, not only revoked");
        let (_, token) = link.url.rsplit_once("/enter/").unwrap();
        assert!(login_links::look(app, token).await.is_err());
        let found = entity::pairing_code::Entity::find()
            .one(app.store.reader())
            .await;
        assert!(found.unwrap().unwrap().expires_at <= t.clock.now());
        assert!(code.expires_at > t.clock.now(), "it would still count");
        let waiting = entity::delivery::Entity::find()
            .all(app.store.reader())
            .await;
        for row in waiting.unwrap() {
            if row.member_id == Some(ada.member.id) && row.post_id == Some(next.id) {
                assert_eq!(row.state, DeliveryState::Cancelled);
            }
        }
        let claimed = t.claim_on(Platform::Slack).await;
        let to_her = |one: &crate::service::deliveries::Claimed| {
            one.delivery.member_id == Some(ada.member.id)
        };
        assert!(!claimed.iter().any(to_her));

        let db = app.store.reader();
        let kept = shares::of(db, house.id, ada.member.id, live.id, Network::X).await;
        assert_eq!(kept.unwrap().unwrap().state, ShareState::Confirmed);

        // Again is the same.
        t.clock.advance(chrono::TimeDelta::hours(1));
        let again = mark_left(app, &owner, ada.member.id).await.unwrap();
        assert_eq!(again.member.left_at, left.left_at);
    })
    .await;
}

#[tokio::test]
async fn who_comes_back_is_who_they_were_and_stands_on_boards_again() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let ada = t.actor_in(house, &[Role::Curator]).await;
        let live = t.published_post(house, "Tea").await;
        let known = parties(app, &ada, live.id).await.unwrap();
        confirm(app, &known, Network::X).await.unwrap();
        let shown = async || {
            let told = board(app, house, owner.member.id, Period::Week)
                .await
                .unwrap();
            (told.members, told.top.len())
        };
        assert_eq!(shown().await, (1, 1));
        mark_left(app, &owner, ada.member.id).await.unwrap();
        assert_eq!(shown().await, (0, 0));
        for _ in 0..2 {
            let back = bring_back(app, &owner, ada.member.id).await.unwrap().member;
            assert_eq!(
                (back.left_at, back.roles.0.as_slice()),
                (None, [Role::Curator].as_slice())
            );
        }
        assert_eq!(shown().await, (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_pseudonym_stays_on_boards_when_its_member_goes_and_comes_back() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let ada = t.actor_in(house, &[]).await;
        t.change_member(&ada.member, |row| {
            row.board_visibility = entity::enums::BoardVisibility::Pseudonym;
        })
        .await;
        let live = t.published_post(house, "Tea").await;
        let known = parties(app, &ada, live.id).await.unwrap();
        confirm(app, &known, Network::X).await.unwrap();
        let names = async || -> Vec<String> {
            let told = board(app, house, owner.member.id, Period::Week).await;
            let top = told.unwrap().top.into_iter();
            top.map(|row| row.name).collect()
        };
        let pseudonym = [ada.member.pseudonym.clone()];
        assert_eq!(names().await, pseudonym);
        mark_left(app, &owner, ada.member.id).await.unwrap();
        assert_eq!(names().await, pseudonym);
        bring_back(app, &owner, ada.member.id).await.unwrap();
        assert_eq!(names().await, pseudonym);
    })
    .await;
}

#[tokio::test]
async fn neither_the_last_owner_leaves_nor_who_may_do_more_than_the_one_who_says_so() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let admin = t.actor_in(&owner.organization, &[Role::Admin]).await;
        let alone = mark_left(app, &owner, owner.member.id).await;
        assert!(matches!(alone, Err(MemberError::LastOwner)), "{alone:?}");
        let upwards = mark_left(app, &admin, owner.member.id).await;
        assert!(matches!(upwards, Err(MemberError::Forbidden(_))));
        let stranger = t.actor(&[Role::Owner]).await;
        for gone in [
            mark_left(app, &stranger, admin.member.id).await,
            bring_back(app, &stranger, admin.member.id).await,
        ] {
            assert!(matches!(gone, Err(MemberError::NotFound)), "{gone:?}");
        }
        let other = t.actor_in(&owner.organization, &[Role::Owner]).await;
        mark_left(app, &owner, other.member.id).await.unwrap();
        // An owner who left is none.
        let alone = set_roles(app, &owner, owner.member.id, Vec::new()).await;
        assert!(matches!(alone, Err(MemberError::LastOwner)), "{alone:?}");
        let upwards = bring_back(app, &admin, other.member.id).await;
        assert!(matches!(upwards, Err(MemberError::Forbidden(_))));
    })
    .await;
}
