//! Endpoint tests of sessions and passwords: logged out, not allowed, done, done twice, and by
//! whoever came by a token.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::enums::Role;
use secrecy::SecretString;
use serde_json::json;
use server_api::problem::Code;
use server_api::session::Sessions;

use crate::service::actor::Actor;
use crate::service::credentials;
use crate::test_support::server::{Answer, Session};
use crate::test_support::{TestApp, on_both};

const PASSWORD: &str = "correct horse battery";
const NEW: &str = "a new sentence of mine";

async fn with_password(t: &TestApp, roles: &[Role]) -> Actor {
    let actor = t.actor(roles).await;
    let password = SecretString::from(PASSWORD);
    let hash = credentials::hash(&t.app, &password, &[]).await.unwrap();
    let txn = t.app.store.begin().await.unwrap();
    credentials::set(&txn, &t.app, &actor, hash).await.unwrap();
    txn.commit().await.unwrap();
    actor
}

async fn knows(t: &TestApp, actor: &Actor, password: &str) -> bool {
    let whose = (actor.organization.id, actor.member.id);
    let password = SecretString::from(password);
    let verified = credentials::verify(&t.app, Some(whose), &password).await;
    verified.unwrap()
}

async fn listed(session: &Session) -> Sessions {
    session.get("/me/sessions").await.json()
}

#[tokio::test]
async fn a_member_sees_their_own_sessions_and_ends_one_or_all() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let colleague = t.actor_in(&actor.organization, &[Role::Owner]).await;
        let server = Arc::new(t.server().await);
        let theirs = t.log_in_on(&server, &colleague).await;
        let (one, two) = (
            t.log_in_on(&server, &actor).await,
            t.log_in_on(&server, &actor).await,
        );
        t.clock.advance(TimeDelta::minutes(1));
        let three = t.log_in_on(&server, &actor).await;
        let session = server.member(&t.token(&actor).await);
        let all = listed(&session).await;
        assert_eq!(all.items.len(), 3, "only their own");
        assert_eq!(all.items[0].browser, "Firefox, Linux");
        // The newest comes first.
        let path = format!("/me/sessions/{}", all.items[0].id);
        assert_eq!(session.delete(&path).await.status, 204);
        assert_eq!(three.get("").await.status, 303);
        assert_eq!(one.get("").await.status, 200);
        assert_eq!(session.delete(&path).await.problem().code, Code::NotFound);
        let other = listed(&server.member(&t.token(&colleague).await)).await;
        let path = format!("/me/sessions/{}", other.items[0].id);
        assert_eq!(session.delete(&path).await.problem().code, Code::NotFound);
        for _ in 0..2 {
            assert_eq!(session.delete("/me/sessions").await.status, 204);
            assert_eq!(listed(&session).await.items, []);
        }
        for browser in [&one, &two] {
            assert_eq!(browser.get("").await.status, 303);
        }
        assert_eq!(theirs.get("").await.status, 200, "a colleague stays");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_takes_the_present_one_and_ends_every_session() {
    on_both(async |t: TestApp| {
        let actor = with_password(&t, &[]).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &actor).await;
        let session = server.member(&t.token(&actor).await);
        for (form, field) in [
            (json!({"current": "guess", "password": NEW}), "current"),
            (json!({"password": NEW}), "current"),
            (json!({"current": null, "password": NEW}), "current"),
            (
                json!({"current": PASSWORD, "password": "short"}),
                "password",
            ),
            (json!({"current": PASSWORD}), "."),
        ] {
            let problem = session.put("/me/password", &form).await.problem();
            let named = problem.fields.first().map(|one| one.field.as_str());
            assert_eq!((problem.status, named), (422, Some(field)), "{form}");
        }
        assert!(knows(&t, &actor, PASSWORD).await);
        assert_eq!(browser.get("").await.status, 200, "nothing changed");
        let form = json!({"current": PASSWORD, "password": NEW});
        let done = session.put("/me/password", &form).await;
        assert_eq!(done.status, 204, "{}", done.text());
        assert!(knows(&t, &actor, NEW).await);
        assert_eq!(browser.get("").await.status, 303);
        // Said again without a key, the present one is another by now.
        let again = session.put("/me/password", &form).await.problem();
        assert_eq!(again.fields[0].field, "current");
    })
    .await;
}

#[tokio::test]
async fn who_has_no_password_yet_sets_the_first_one() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Curator]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        let done = session.put("/me/password", &json!({"password": NEW})).await;
        assert_eq!(done.status, 204, "{}", done.text());
        assert!(knows(&t, &actor, NEW).await);
    })
    .await;
}

#[tokio::test]
async fn a_stolen_token_of_less_sees_and_changes_nothing_and_one_of_everything_guesses_ten_times() {
    on_both(async |t: TestApp| {
        let actor = with_password(&t, &[Role::Owner]).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &actor).await;
        let whole = server.member(&t.token(&actor).await);
        let id = listed(&whole).await.items[0].id;
        let form = json!({"current": PASSWORD, "password": NEW});
        for (thief, code) in [
            (server.anonymous(), Code::Unauthenticated),
            (
                server.member(&t.narrow_token(&actor).await),
                Code::Forbidden,
            ),
        ] {
            for answer in [
                thief.get("/me/sessions").await,
                thief.delete("/me/sessions").await,
                thief.delete(&format!("/me/sessions/{id}")).await,
                thief.put("/me/password", &form).await,
                // Nor does it learn what a good form is.
                thief.put("/me/password", &json!({})).await,
            ] {
                assert_eq!(answer.problem().code, code);
            }
        }
        assert_eq!(browser.get("").await.status, 200);
        let guess = json!({"current": "a guess of mine", "password": NEW});
        for _ in 0..10 {
            assert_eq!(whole.put("/me/password", &guess).await.status, 422);
        }
        let late = whole.put("/me/password", &form).await;
        assert_eq!(late.problem().code, Code::TooManyRequests);
        assert!(!late.headers["retry-after"].is_empty());
        // The tries are those of the console, too.
        let typed = [("current", PASSWORD), ("password", NEW)];
        let page = browser.post("you/password", &typed).await;
        assert_eq!(page.status, 422);
        assert!(knows(&t, &actor, PASSWORD).await);
        t.clock.advance(TimeDelta::minutes(15));
        let done = browser.post("you/password", &typed).await;
        assert_eq!(done.status, 303);
    })
    .await;
}

#[tokio::test]
async fn under_a_key_a_password_changes_once_and_no_row_betrays_it() {
    on_both(async |t: TestApp| {
        use sea_orm::EntityTrait as _;
        let actor = with_password(&t, &[]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&actor).await);
        let form = json!({"current": PASSWORD, "password": NEW});
        let body = serde_json::to_vec(&form).unwrap();
        for _ in 0..2 {
            let request = session
                .request(reqwest::Method::PUT, "/me/password")
                .header("idempotency-key", "once");
            let answer = Answer::to(request.json(&form)).await;
            assert_eq!(answer.status, 204, "{}", answer.text());
        }
        let rows = entity::idempotency_record::Entity::find()
            .all(t.app.store.reader())
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);
        // Whoever reads the table must not be able to try passwords against it.
        assert_ne!(rows[0].request_hash, crate::secrets::mac::sha256(&body));
    })
    .await;
}
