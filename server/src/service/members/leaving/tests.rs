//! Leavers: no way in is left and nothing more is sent; what they shared stays.

use entity::enums::{
    DeliveryPreference, DeliveryState, Network, Platform, RetentionKind, Role, ShareState,
};
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

/// How often something stands in the log.
async fn logged(t: &TestApp, action: &str) -> usize {
    let all = entity::audit_event::Entity::find()
        .all(t.app.store.reader())
        .await;
    let all = all.unwrap().into_iter();
    all.filter(|one| one.action == action).count()
}

#[tokio::test]
async fn who_is_removed_from_a_workspace_leaves_unless_another_workspace_has_them() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let home = t.workspace(house).await.id;
        t.guild(house).await;
        let second = (Platform::Slack, "T0SECOND");
        t.installed(house, second, ("xoxb-second", "C0SECOND"))
            .await;
        // A chat of one's own keeps nobody a colleague.
        let ada = t.actor_in(house, &[]).await;
        t.slack_account(&ada.member, "U0ADA").await;
        t.discord_account(&ada.member, "117").await;
        let hers = t.token(&ada).await;
        let ben = t.actor_in(house, &[]).await;
        t.slack_account(&ben.member, "U0BEN").await;
        let another = (Platform::Slack, "T0SECOND", "U0BENNO");
        let another = t.account(&ben.member, another).await;
        let his = t.token(&ben).await;
        // Nor does a workspace that is none of the organization's.
        let cem = t.actor_in(house, &[]).await;
        t.slack_account(&cem.member, "U0CEM").await;
        let stranger = (Platform::Slack, "T0STRANGER", "U0CEM");
        t.account(&cem.member, stranger).await;
        let elsewhere = (Platform::Discord, home);
        removed_in_chat(app, elsewhere, "U0ADA").await.unwrap();
        assert_eq!(
            logged(&t, "member.leave").await,
            0,
            "no chat speaks of another"
        );
        for _ in 0..2 {
            for user in ["U0ADA", "U0BEN", "U0CEM", "U0NOBODY"] {
                let slack = (Platform::Slack, home);
                removed_in_chat(app, slack, user).await.unwrap();
            }
        }
        let db = app.store.reader();
        for gone in [&ada, &cem] {
            let gone = members::find(db, house.id, gone.member.id).await.unwrap();
            assert_eq!(gone.unwrap().left_at, Some(t.clock.now()));
        }
        assert!(by_token(app, &hers).await.is_err());
        let still = members::find(db, house.id, ben.member.id).await.unwrap();
        assert_eq!(still.unwrap().left_at, None);
        assert!(by_token(app, &his).await.is_ok(), "nothing else goes");
        let left = identities::of_member(db, house.id, ben.member.id).await;
        assert_eq!(left.unwrap(), [another]);
        assert_eq!(logged(&t, "member.leave").await, 2);
        assert_eq!(logged(&t, "member.unpair").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_word_of_a_chat_erases_nobody_within_a_day_and_is_taken_back_whole() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let slack = (Platform::Slack, t.workspace(house).await.id);
        let at_once = (RetentionKind::LeaverNames, Some(0));
        retention::keep(app, &owner, None, at_once).await.unwrap();
        let ada = t.actor_in(house, &[Role::Curator]).await;
        let account = t.slack_account(&ada.member, "U0ADA").await;
        let db = app.store.reader();
        let find = async || {
            let found = members::find(db, house.id, ada.member.id).await;
            found.unwrap().unwrap()
        };
        removed_in_chat(app, slack, "U0ADA").await.unwrap();
        t.clock.advance(chrono::TimeDelta::hours(23));
        retention::run(app).await.unwrap();
        let left = find().await;
        assert!(left.left_at.is_some() && left.erased_at.is_none());
        bring_back(app, &owner, ada.member.id).await.unwrap();
        let back = find().await;
        assert_eq!(back.left_at, None);
        let was = &ada.member;
        assert_eq!(back.display_name, was.display_name);
        assert_eq!(back.email, was.email);
        assert_eq!(back.roles, was.roles);
        let accounts = identities::of_member(db, house.id, was.id).await;
        assert_eq!(accounts.unwrap(), [account]);

        // Who was removed again is erased a day after that.
        t.clock.advance(chrono::TimeDelta::hours(2));
        removed_in_chat(app, slack, "U0ADA").await.unwrap();
        t.clock.advance(chrono::TimeDelta::hours(23));
        retention::run(app).await.unwrap();
        assert_eq!(find().await.erased_at, None);
        t.clock.advance(chrono::TimeDelta::hours(2));
        retention::run(app).await.unwrap();
        assert_eq!(find().await.erased_at, Some(t.clock.now()));
        assert_eq!(logged(&t, "member.erase").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_last_owner_stays_when_a_workspace_removes_them_and_the_log_says_so() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let slack = (Platform::Slack, t.workspace(house).await.id);
        t.change_member(&owner.member, |row| {
            row.email = Some("owner@acme.example".to_owned());
        })
        .await;
        t.slack_account(&owner.member, "U0OWNER").await;
        for _ in 0..2 {
            removed_in_chat(app, slack, "U0OWNER").await.unwrap();
        }
        let db = app.store.reader();
        let stays = members::find(db, house.id, owner.member.id).await.unwrap();
        assert_eq!(stays.unwrap().left_at, None);
        let left = identities::of_member(db, house.id, owner.member.id).await;
        assert!(left.unwrap().is_empty());
        assert_eq!(logged(&t, "member.last_owner").await, 1);
        assert_eq!(logged(&t, "member.leave").await, 0);
    })
    .await;
}
