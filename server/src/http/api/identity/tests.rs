//! Endpoint tests of pairing: logged out, not allowed, malformed, at the limit, done, done twice.

use entity::enums::{Platform, Role};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use server_api::identity::{Paired, PairingCode};
use server_api::me::Me;
use server_api::problem::Code;

use crate::domain::joining::AccountKind;
use crate::service::actor::Actor;
use crate::test_support::people::{GUILD, WORKSPACE};
use crate::test_support::server::{Answer, Session, TestServer};
use crate::test_support::{TestApp, on_both};

const USER: &str = "80351110224678912";

fn guild_person(user: &str) -> String {
    format!("discord/{GUILD}/{user}")
}

fn body(code: &str) -> Value {
    json!({"code": code, "introduction": introduction("full")})
}

fn introduction(account: &str) -> Value {
    json!({
        "display_name": "ada.dev", "email": null, "email_confirmed": false,
        "account": account, "time_zone": null, "language": null
    })
}

/// A member on Slack of an organization that has both chats.
async fn member_on_slack(t: &TestApp) -> Actor {
    let actor = t.actor(&[]).await;
    t.workspace(&actor.organization).await;
    t.guild(&actor.organization).await;
    t.slack_account(&actor.member, "U0ADA").await;
    actor
}

async fn code(slack: &Session) -> PairingCode {
    let answer = slack.post("/me/pairing-code", &json!(null)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn pair(session: &Session, code: &str) -> Answer {
    session.post("/identity/pairing", &body(code)).await
}

fn on_slack(server: &TestServer) -> Session {
    server.slack(Some(&format!("slack/{WORKSPACE}/U0ADA")))
}

#[tokio::test]
async fn a_code_from_slack_makes_one_member_of_two_accounts() {
    on_both(async |t: TestApp| {
        let actor = member_on_slack(&t).await;
        let server = t.server().await;
        let slack = on_slack(&server);
        let ada = server.discord(Some(&guild_person(USER)));
        let unknown = ada.put("/identity", &introduction("full")).await;
        assert_eq!(unknown.problem().code, Code::PairingRequired);
        let issued = code(&slack).await;
        assert_eq!(
            issued.expires_at,
            t.app.now() + chrono::TimeDelta::minutes(10)
        );
        let typed = issued.code.to_lowercase().replace('-', " ");
        let paired: Paired = pair(&ada, &typed).await.json();
        assert_eq!(paired.member_id.0, actor.member.id.0);
        assert_eq!(paired.organization, "Acme");
        // Sent again, as after an answer that was lost.
        assert_eq!(pair(&ada, &typed).await.json::<Paired>(), paired);
        let again = code(&slack).await;
        let refused = pair(&ada, &again.code).await.problem();
        assert_eq!((refused.status, refused.code), (409, Code::AlreadyPaired));
        // The same person in the guild and outside any.
        for person in [guild_person(USER), format!("discord/-/{USER}")] {
            let session = server.discord(Some(&person));
            let me: Me = session.get("/me").await.json();
            assert_eq!(me.id.0, actor.member.id.0);
            assert_eq!(me.identities.len(), 2);
        }
        let known: Value = ada.put("/identity", &introduction("full")).await.json();
        assert_eq!(known["created"], false);
    })
    .await;
}

#[tokio::test]
async fn a_code_counts_once_ten_minutes_and_until_the_next() {
    on_both(async |t: TestApp| {
        member_on_slack(&t).await;
        let server = t.server().await;
        let slack = on_slack(&server);
        let refused = async |user: &str, code: &str| {
            let session = server.discord(Some(&guild_person(user)));
            let problem = pair(&session, code).await.problem();
            assert_eq!(
                (problem.status, problem.code),
                (403, Code::PairingCodeInvalid),
                "{code}"
            );
        };
        let voided = code(&slack).await;
        let old = code(&slack).await;
        refused("1", &voided.code).await;
        t.clock.advance(chrono::TimeDelta::minutes(10));
        refused("1", &old.code).await;
        refused("1", "nonsense").await;
        let good = code(&slack).await;
        let one = server.discord(Some(&guild_person("1")));
        assert_eq!(pair(&one, &good.code).await.status, 200);
        refused("2", &good.code).await;
    })
    .await;
}

#[tokio::test]
async fn five_codes_an_hour_may_be_tried() {
    on_both(async |t: TestApp| {
        member_on_slack(&t).await;
        let server = t.server().await;
        let ada = server.discord(Some(&guild_person(USER)));
        // In the guild or outside any: it is one account.
        let outside = server.discord(Some(&format!("discord/-/{USER}")));
        for session in [&ada, &outside, &ada, &outside, &ada] {
            let problem = pair(session, "AAAA-AAAA").await.problem();
            assert_eq!(problem.code, Code::PairingCodeInvalid);
        }
        let good = code(&on_slack(&server)).await;
        let refused = pair(&ada, &good.code).await;
        assert_eq!(refused.status, 429);
        assert_eq!(refused.header("retry-after"), "3600");
        assert_eq!(refused.problem().code, Code::TooManyRequests);
        let other = server.discord(Some(&guild_person("7")));
        assert_eq!(
            pair(&other, "AAAA-AAAA").await.problem().code,
            Code::PairingCodeInvalid
        );
        t.clock.advance(chrono::TimeDelta::hours(1));
        let fresh = code(&on_slack(&server)).await;
        assert_eq!(pair(&ada, &fresh.code).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_pairing_is_undone_from_either_side_and_the_last_way_stays() {
    on_both(async |t: TestApp| {
        let actor = member_on_slack(&t).await;
        let server = t.server().await;
        let slack = on_slack(&server);
        let ada = server.discord(Some(&guild_person(USER)));
        let paired: Paired = pair(&ada, &code(&slack).await.code).await.json();
        let path = format!("/me/identities/{}", paired.identity_id);
        assert_eq!(server.anonymous().delete(&path).await.status, 401);
        let stranger = t.actor_in(&actor.organization, &[]).await;
        let stranger = server.member(&t.token(&stranger).await);
        assert_eq!(stranger.delete(&path).await.problem().code, Code::NotFound);
        assert_eq!(slack.delete(&path).await.status, 204);
        assert_eq!(slack.delete(&path).await.problem().code, Code::NotFound);
        assert_eq!(ada.get("/me").await.problem().code, Code::UnknownPerson);
        t.change_member(&actor.member, |member| member.email = None)
            .await;
        let me: Me = slack.get("/me").await.json();
        let last = format!("/me/identities/{}", me.identities[0].id);
        let kept = slack.delete(&last).await;
        assert_eq!((kept.status, kept.problem().code), (409, Code::WrongState));
        assert_eq!(slack.delete("/me/identities/none").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn pairing_and_unpairing_are_audited_with_the_interaction() {
    on_both(async |t: TestApp| {
        member_on_slack(&t).await;
        let server = t.server().await;
        let slack = on_slack(&server);
        let ada = server.discord(Some(&guild_person(USER)));
        let asked = ada
            .request(reqwest::Method::POST, "/identity/pairing")
            .header("idempotency-key", "interaction-1")
            .json(&body(&code(&slack).await.code));
        let paired: Paired = Answer::to(asked).await.json();
        let path = format!("/me/identities/{}", paired.identity_id);
        let undone = ada
            .request(reqwest::Method::DELETE, &path)
            .header("idempotency-key", "interaction-2");
        assert_eq!(Answer::to(undone).await.status, 204);
        let log = entity::audit_event::Entity::find();
        let log = log.all(t.app.store.reader()).await.unwrap();
        let lines: Vec<_> = log
            .iter()
            .map(|event| (event.action.as_str(), event.interaction_id.as_deref()))
            .collect();
        assert_eq!(
            lines,
            [
                ("member.pair", Some("interaction-1")),
                ("member.unpair", Some("interaction-2"))
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn an_admin_invites_who_may_do_no_more_than_they() {
    on_both(async |t: TestApp| {
        let ada = member_on_slack(&t).await;
        let admin = t.actor_in(&ada.organization, &[Role::Admin]).await;
        let owner = t.actor_in(&ada.organization, &[Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&admin).await);
        let path = format!("/members/{}/pairing-code", ada.member.id);
        let plain = server.member(&t.token(&ada).await);
        assert_eq!(plain.post(&path, &json!(null)).await.status, 403);
        let above = format!("/members/{}/pairing-code", owner.member.id);
        assert_eq!(session.post(&above, &json!(null)).await.status, 403);
        let nobody = "/members/00000000-0000-7000-8000-000000000000/pairing-code";
        assert_eq!(session.post(nobody, &json!(null)).await.status, 404);
        let issued: PairingCode = session.post(&path, &json!(null)).await.json();
        let discord = server.discord(Some(&format!("discord/-/{USER}")));
        let paired: Paired = pair(&discord, &issued.code).await.json();
        assert_eq!(paired.member_id.0, ada.member.id.0);
        // Told on Slack, where the member was known.
        let told = t.claim().await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].delivery.place_ref, "U0ADA");
        t.change_member(&ada.member, |member| member.left_at = Some(t.app.now()))
            .await;
        let gone = session.post(&path, &json!(null)).await;
        assert_eq!(gone.problem().code, Code::MemberLeft);
    })
    .await;
}

#[tokio::test]
async fn bots_and_other_organizations_get_nothing_by_a_code() {
    on_both(async |t: TestApp| {
        member_on_slack(&t).await;
        let other = t.organization().await;
        t.installed(&other, (Platform::Discord, "999"), ("", "1"))
            .await;
        let server = t.server().await;
        let good = code(&on_slack(&server)).await;
        let elsewhere = server.discord(Some(&format!("discord/999/{USER}")));
        let refused = pair(&elsewhere, &good.code).await;
        assert_eq!(refused.problem().code, Code::PairingCodeInvalid);
        let bot = server.discord(Some(&guild_person(USER)));
        let form = json!({"code": good.code, "introduction": introduction("not_a_person")});
        let refused = bot.post("/identity/pairing", &form).await;
        assert_eq!(refused.problem().code, Code::MayNotJoin);
        let malformed = bot.post("/identity/pairing", &json!({"code": 1})).await;
        assert_eq!(malformed.status, 422);
        let unknown = server.discord(Some("discord/12345/1"));
        assert_eq!(pair(&unknown, &good.code).await.status, 403);
        assert_eq!(pair(&bot, &good.code).await.status, 200);
        assert!(!crate::domain::pairing::may_pair(AccountKind::NotAPerson));
    })
    .await;
}

#[tokio::test]
async fn a_token_of_less_than_its_member_may_do_neither_issues_codes_nor_undoes() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.workspace(&owner.organization).await;
        let account = t.slack_account(&owner.member, "U0OWNER").await;
        let server = t.server().await;
        let narrow = server.member(&t.narrow_token(&owner).await);
        let refused = narrow.post("/me/pairing-code", &json!(null)).await;
        assert_eq!(refused.problem().code, Code::Forbidden);
        let path = format!("/me/identities/{}", account.id);
        let refused = narrow.delete(&path).await;
        assert_eq!(refused.problem().code, Code::Forbidden);
        let whole = server.member(&t.token(&owner).await);
        let issued = whole.post("/me/pairing-code", &json!(null)).await;
        assert_eq!(issued.status, 200, "{}", issued.text());
    })
    .await;
}

#[tokio::test]
async fn outside_any_guild_only_organizations_with_the_bot_on_discord_are_met() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        t.workspace(&actor.organization).await;
        t.slack_account(&actor.member, "U0ADA").await;
        let server = t.server().await;
        let good = code(&on_slack(&server)).await;
        let nowhere = server.discord(Some(&format!("discord/-/{USER}")));
        let refused = pair(&nowhere, &good.code).await;
        assert_eq!(refused.problem().code, Code::PairingCodeInvalid);
        t.guild(&actor.organization).await;
        assert_eq!(pair(&nowhere, &good.code).await.status, 200);
        assert_eq!(nowhere.get("/me").await.status, 200);
    })
    .await;
}
