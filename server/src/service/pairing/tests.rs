//! Pairing: at once, with roles, and told to the other side.

use entity::enums::{DeliveryPreference, Platform, Role};
use entity::role_team;

use super::*;
use crate::domain::delivery::Outcome;
use crate::domain::joining::AccountKind;
use crate::service::deliveries::Content;
use crate::service::members::change::set_roles;
use crate::service::members::teams::Teams;
use crate::store::role_teams;
use crate::test_support::people::GUILD;
use crate::test_support::{TestApp, on_both};

fn account(user: &str) -> Account {
    Account {
        platform: Platform::Discord,
        workspace_ref: GUILD.to_owned(),
        user_ref: user.to_owned(),
    }
}

fn ada(roles: &[&str]) -> Introduction {
    Introduction {
        display_name: "ada.dev".to_owned(),
        email: None,
        email_confirmed: false,
        kind: AccountKind::Full,
        time_zone: None,
        language: None,
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    }
}

async fn type_code(
    t: &TestApp,
    issued: &Issued,
    account: &Account,
    introduction: &Introduction,
) -> Result<Paired, PairError> {
    let shown = issued.code.shown();
    let asked = Asked {
        code: &shown,
        introduction,
        interaction_id: None,
    };
    pair(&t.app, account, &asked).await
}

/// A member on Slack, as who asks there.
async fn on_slack(t: &TestApp) -> Actor {
    let mut actor = t.actor(&[]).await;
    t.workspace(&actor.organization).await;
    t.guild(&actor.organization).await;
    actor.account = Some(t.slack_account(&actor.member, "U0ADA").await);
    t.clock.advance(chrono::TimeDelta::seconds(1));
    actor
}

#[tokio::test]
async fn the_side_that_asked_for_the_code_is_told_once() {
    on_both(async |t: TestApp| {
        let actor = on_slack(&t).await;
        let issued = issue(&t.app, &actor).await.unwrap();
        let paired = type_code(&t, &issued, &account("1"), &ada(&[]))
            .await
            .unwrap();
        type_code(&t, &issued, &account("1"), &ada(&[]))
            .await
            .unwrap();
        let told = t.deliver().await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].delivery.place_ref, "U0ADA");
        let Content::Paired { added } = &told[0].content else {
            panic!("{:?}", told[0].content);
        };
        assert_eq!(added.id, paired.identity.id);
        assert_eq!(added.account_name.as_deref(), Some("ada.dev"));
        assert!(t.claim_on(Platform::Discord).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn on_discord_only_who_asked_for_messages_is_told() {
    on_both(async |t: TestApp| {
        let mut actor = t.actor(&[]).await;
        t.guild(&actor.organization).await;
        actor.account = Some(t.discord_account(&actor.member, "1").await);
        let issued = issue(&t.app, &actor).await.unwrap();
        let paired = type_code(&t, &issued, &account("2"), &ada(&[]))
            .await
            .unwrap();
        assert!(t.claim_on(Platform::Discord).await.is_empty());
        t.change_member(&paired.member, |member| {
            member.delivery = DeliveryPreference::EachPost;
            member.delivery_platform = Some(Platform::Discord);
        })
        .await;
        let issued = issue(&t.app, &actor).await.unwrap();
        type_code(&t, &issued, &account("3"), &ada(&[]))
            .await
            .unwrap();
        let told = t.claim_on(Platform::Discord).await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].delivery.place_ref, "1");
    })
    .await;
}

#[tokio::test]
async fn a_pairing_that_was_undone_meanwhile_is_told_of_no_more() {
    on_both(async |t: TestApp| {
        let actor = on_slack(&t).await;
        let issued = issue(&t.app, &actor).await.unwrap();
        let paired = type_code(&t, &issued, &account("1"), &ada(&[]))
            .await
            .unwrap();
        unpair(&t.app, &actor, paired.identity.id).await.unwrap();
        assert!(t.claim().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_may_be_out_is_not_posted_to_an_account_that_is_the_members_no_more() {
    on_both(async |t: TestApp| {
        let actor = on_slack(&t).await;
        let issued = issue(&t.app, &actor).await.unwrap();
        type_code(&t, &issued, &account("1"), &ada(&[]))
            .await
            .unwrap();
        let told = t.claim().await;
        t.settle(&told[0], Outcome::Unknown("timeout".into())).await;
        let all =
            identities::of_member(t.app.store.reader(), actor.organization.id, actor.member.id);
        let all = all.await.unwrap();
        let on_slack = all.iter().find(|one| one.platform == Platform::Slack);
        unpair(&t.app, &actor, on_slack.unwrap().id).await.unwrap();
        t.clock.advance(chrono::TimeDelta::minutes(1));
        assert!(t.claim().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_account_joined_by_the_word_of_who_may_do_less_is_taken_off_who_may_do_more() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        t.guild(house).await;
        let admin = t.actor_in(house, &[Role::Admin]).await;
        let asked = t.actor_in(house, &[]).await;
        let id = asked.member.id;
        let join = async |issued: Result<Issued, InviteError>, user: &str| {
            type_code(&t, &issued.unwrap(), &account(user), &ada(&[])).await
        };
        join(invite(app, &owner, id).await, "1").await.unwrap();
        join(invite(app, &admin, id).await, "2").await.unwrap();
        // Whoever typed that code asks there for another.
        let there = access::by_account(app, &account("2")).await.unwrap();
        assert_eq!(there.issuer, Some(admin.member.id));
        join(issue(app, &there).await, "3").await.unwrap();
        join(issue(app, &asked).await, "4").await.unwrap();
        let left = async || {
            let all = identities::of_member(app.store.reader(), house.id, id).await;
            let all = all.unwrap().into_iter();
            let mut refs: Vec<String> = all.map(|one| one.user_ref).collect();
            refs.sort_unstable();
            refs
        };
        let curator = vec![Role::Curator];
        set_roles(app, &owner, id, curator).await.unwrap();
        assert_eq!(left().await, ["1", "2", "3", "4"], "an admin may as much");
        let both = vec![Role::Curator, Role::Approver];
        set_roles(app, &owner, id, both).await.unwrap();
        assert_eq!(left().await, ["1", "4"], "an admin approves nothing");
    })
    .await;
}

#[tokio::test]
async fn who_loses_their_only_account_with_a_role_gets_no_messages_until_they_join_another() {
    on_both(async |t: TestApp| {
        let app = &t.app;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        t.guild(house).await;
        let admin = t.actor_in(house, &[Role::Admin]).await;
        let bob = t.actor_in(house, &[]).await;
        let issued = invite(app, &admin, bob.member.id).await.unwrap();
        let paired = type_code(&t, &issued, &account("1"), &ada(&[]))
            .await
            .unwrap();
        t.change_member(&paired.member, |member| {
            member.delivery = DeliveryPreference::EachPost;
            member.delivery_platform = Some(Platform::Discord);
        })
        .await;
        let approver = vec![Role::Approver];
        let seen = set_roles(app, &owner, bob.member.id, approver).await;
        let member = seen.unwrap().member;
        assert_eq!(member.delivery, DeliveryPreference::ChannelOnly);
        assert_eq!(member.delivery_platform, None);
        assert_eq!(member.roles.0, [Role::Approver]);
        let known = access::by_account(app, &account("1")).await;
        assert!(
            matches!(known, Err(AccessError::UnknownPerson)),
            "{known:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_who_type_a_code_at_once_one_gets_it() {
    on_both(async |t: TestApp| {
        let actor = on_slack(&t).await;
        let issued = issue(&t.app, &actor).await.unwrap();
        let (one, two) = (account("1"), account("2"));
        let who = ada(&[]);
        let (one, two) = tokio::join!(
            type_code(&t, &issued, &one, &who),
            type_code(&t, &issued, &two, &who)
        );
        assert!(one.is_ok() != two.is_ok());
        let all =
            identities::of_member(t.app.store.reader(), actor.organization.id, actor.member.id);
        assert_eq!(all.await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn one_who_types_two_codes_at_once_becomes_one_member() {
    on_both(async |t: TestApp| {
        let actor = on_slack(&t).await;
        let other = t.actor_in(&actor.organization, &[]).await;
        let mine = issue(&t.app, &actor).await.unwrap();
        let theirs = issue(&t.app, &other).await.unwrap();
        // In a guild and outside any, so that no unique key of the table decides.
        let inside = account("1");
        let outside = Account {
            workspace_ref: "-".to_owned(),
            ..account("1")
        };
        let who = ada(&[]);
        let (one, two) = tokio::join!(
            type_code(&t, &mine, &inside, &who),
            type_code(&t, &theirs, &outside, &who)
        );
        assert!(one.is_ok() != two.is_ok());
    })
    .await;
}

#[tokio::test]
async fn roles_of_the_guild_say_the_team() {
    on_both(async |t: TestApp| {
        let actor = on_slack(&t).await;
        let organization = actor.organization.id;
        let txn = t.app.store.begin().await.unwrap();
        let mut teams = Teams::load(&*txn, organization).await.unwrap();
        let design = teams.find_or_make(&txn, &t.app, Some("Design")).await;
        let design = design.unwrap().unwrap();
        let guild = crate::store::installations::by_workspace(&*txn, Platform::Discord, GUILD);
        let guild = guild.await.unwrap().unwrap();
        let row = role_team::Model {
            installation_id: guild.id,
            role_ref: "500".to_owned(),
            organization_id: organization,
            team_id: design,
            created_at: t.app.now(),
        };
        role_teams::replace(&txn, organization, guild.id, vec![row])
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let issued = issue(&t.app, &actor).await.unwrap();
        let paired = type_code(&t, &issued, &account("1"), &ada(&["7"])).await;
        assert_eq!(paired.unwrap().member.team_id, None);
        let again = accounts::introduce(&t.app, &account("1"), &ada(&["7", "500"])).await;
        assert_eq!(again.unwrap().member.team_id, Some(design));
        let kept = accounts::introduce(&t.app, &account("1"), &ada(&[])).await;
        assert_eq!(kept.unwrap().member.team_id, Some(design));
    })
    .await;
}

#[tokio::test]
async fn outside_any_guild_the_newest_member_who_is_there_counts() {
    on_both(async |t: TestApp| {
        let outside = Account {
            workspace_ref: "-".to_owned(),
            ..account("1")
        };
        let unknown = access::by_account(&t.app, &outside).await;
        assert!(matches!(unknown, Err(AccessError::UnknownPerson)));
        let mut members = Vec::new();
        for guild in ["111", "222"] {
            let actor = t.actor(&[]).await;
            t.installed(&actor.organization, (Platform::Discord, guild), ("", "9"))
                .await;
            let issued = issue(&t.app, &actor).await.unwrap();
            let there = Account {
                workspace_ref: guild.to_owned(),
                ..account("1")
            };
            type_code(&t, &issued, &there, &ada(&[])).await.unwrap();
            t.clock.advance(chrono::TimeDelta::seconds(1));
            members.push(actor.member);
        }
        let newest = access::by_account(&t.app, &outside).await.unwrap();
        assert_eq!(newest.member.id, members[1].id);
        for member in [&members[1], &members[0]] {
            t.change_member(member, |row| row.left_at = Some(t.app.now()))
                .await;
            let now = access::by_account(&t.app, &outside).await;
            if member.id == members[1].id {
                assert_eq!(now.unwrap().member.id, members[0].id);
            } else {
                assert!(matches!(now, Err(AccessError::MemberLeft)));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_counts_no_more_is_forgotten_and_no_code_is_kept_in_clear() {
    on_both(async |t: TestApp| {
        use sea_orm::EntityTrait;
        let actor = on_slack(&t).await;
        let issued = issue(&t.app, &actor).await.unwrap();
        let rows = async || {
            let all = pairing_code::Entity::find();
            all.all(t.app.store.reader()).await.unwrap()
        };
        let kept = &rows().await[0];
        assert!(!format!("{kept:?}").contains(issued.code.letters()));
        assert_eq!(kept.code_hash.len(), 32);
        assert_eq!(sweep(&t.app).await.unwrap(), 0);
        let junk = Asked {
            code: "x",
            introduction: &ada(&[]),
            interaction_id: None,
        };
        pair(&t.app, &account("1"), &junk).await.unwrap_err();
        t.clock.advance(chrono::TimeDelta::days(2));
        assert_eq!(sweep(&t.app).await.unwrap(), 2);
        assert!(rows().await.is_empty());
    })
    .await;
}
