//! Joining: who becomes a member, who is told whom to ask, never two for one.

use entity::enums::{JoinPolicy, Platform, Role};
use entity::installation;
use sea_orm::EntityTrait;

use super::*;
use crate::service::actor::Actor;
use crate::service::members::change::set_roles;
use crate::store::organizations;
use crate::test_support::people::WORKSPACE;
use crate::test_support::{TestApp, on_both};

fn account(user: &str) -> Account {
    Account {
        platform: Platform::Slack,
        workspace_ref: WORKSPACE.to_owned(),
        user_ref: user.to_owned(),
    }
}

fn ada() -> Introduction {
    Introduction {
        display_name: "Ada".to_owned(),
        email: Some("Ada@acme.example".to_owned()),
        email_confirmed: true,
        kind: AccountKind::Full,
        time_zone: Some("Europe/Berlin".to_owned()),
        language: Some(Language::En),
        roles: Vec::new(),
    }
}

async fn greetings(t: &TestApp) -> usize {
    let db = t.app.store.reader();
    let rows = entity::delivery::Entity::find().all(db).await.unwrap();
    rows.len()
}

#[tokio::test]
async fn a_colleague_becomes_a_member_at_first_use_and_is_greeted_once() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        let ask = async || introduce(&t.app, &account("U1"), &ada()).await;
        let (one, two) = tokio::join!(ask(), ask());
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one.member.id, two.member.id);
        assert!(one.created != two.created);
        let again = introduce(&t.app, &account("U1"), &ada()).await.unwrap();
        assert!(!again.created && again.member.joined_at.is_none());
        assert_eq!(greetings(&t).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_listed_member_is_matched_by_a_confirmed_address_only() {
    on_both(async |t: TestApp| {
        let mut organization = t.organization().await;
        organization.join_policy = JoinPolicy::List;
        organization.settings.contact = Some("comms@acme.example".to_owned());
        t.workspace(&organization).await;
        let listed = t.member(&organization, &[]).await;
        let txn = t.app.store.begin().await.unwrap();
        organizations::update(&*txn, organization).await.unwrap();
        txn.commit().await.unwrap();
        let mut introduction = ada();
        let refused = introduce(&t.app, &account("U1"), &introduction).await;
        assert!(matches!(
            refused,
            Err(IntroduceError::MayNotJoin { contact: Some(_) })
        ));
        introduction.email = listed.email.clone();
        introduction.email_confirmed = false;
        let refused = introduce(&t.app, &account("U1"), &introduction).await;
        assert!(matches!(refused, Err(IntroduceError::MayNotJoin { .. })));
        introduction.email_confirmed = true;
        let known = introduce(&t.app, &account("U1"), &introduction).await;
        assert_eq!(known.unwrap().member.id, listed.id);
    })
    .await;
}

#[tokio::test]
async fn guests_and_strangers_are_refused_and_who_left_stays_away() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        t.workspace(&organization).await;
        for kind in [
            AccountKind::Guest,
            AccountKind::Stranger,
            AccountKind::NotAPerson,
        ] {
            let guest = Introduction { kind, ..ada() };
            let refused = introduce(&t.app, &account("U2"), &guest).await;
            assert!(matches!(refused, Err(IntroduceError::MayNotJoin { .. })));
        }
        let joined = introduce(&t.app, &account("U1"), &ada()).await.unwrap();
        let txn = t.app.store.begin().await.unwrap();
        let gone = member::Model {
            left_at: Some(t.app.now()),
            ..joined.member
        };
        members::update(&*txn, gone).await.unwrap();
        txn.commit().await.unwrap();
        for user in ["U1", "U3"] {
            let refused = introduce(&t.app, &account(user), &ada()).await;
            assert!(matches!(refused, Err(IntroduceError::MemberLeft)), "{user}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_account_of_another_workspace_is_nobody() {
    on_both(async |t: TestApp| {
        let refused = introduce(&t.app, &account("U1"), &ada()).await;
        assert!(matches!(
            refused,
            Err(IntroduceError::Access(AccessError::NotInstalled))
        ));
    })
    .await;
}

#[tokio::test]
async fn an_address_makes_nobody_more_than_who_connected_the_workspace() {
    on_both(async |t: TestApp| {
        let organization = t.organization().await;
        let admin = t.member(&organization, &[Role::Admin]).await;
        let owner = t.member(&organization, &[Role::Owner]).await;
        let home = installation::Model {
            connected_by: Some(admin.id),
            ..t.workspace(&organization).await
        };
        let txn = t.app.store.begin().await.unwrap();
        installations::update(&*txn, home).await.unwrap();
        txn.commit().await.unwrap();
        let by = |email: &Option<String>| Introduction {
            email: email.clone(),
            ..ada()
        };
        let refused = introduce(&t.app, &account("U1"), &by(&owner.email)).await;
        assert!(matches!(refused, Err(IntroduceError::MayNotJoin { .. })));
        let known = introduce(&t.app, &account("U1"), &by(&admin.email)).await;
        assert_eq!(known.unwrap().member.id, admin.id);
        let joined = introduce(&t.app, &account("U2"), &ada()).await.unwrap();
        assert!(joined.created);
        // Nor does it stay with who may do more later.
        let (owner, id) = (Actor::of(organization, owner), joined.member.id);
        let accounts = async || {
            let of = (owner.organization.id, id);
            let all = identities::of_member(t.app.store.reader(), of.0, of.1).await;
            all.unwrap().len()
        };
        let set = async |role| set_roles(&t.app, &owner, id, vec![role]).await.unwrap();
        set(Role::Curator).await;
        assert_eq!(accounts().await, 1);
        set(Role::Owner).await;
        assert_eq!(accounts().await, 0);
    })
    .await;
}
