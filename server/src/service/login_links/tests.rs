//! One-time links let in once, for as long as they count, whom they were made for.

use chrono::TimeDelta;

use super::*;
use crate::test_support::{Kind, TestApp, on_both};

const BROWSER: Browser<'_> = Browser {
    user_agent: "",
    before: None,
};
const PASSWORD: &str = "correct horse battery";

fn form(password: Option<&str>) -> Form {
    Form {
        organization: "Müller & Söhne".to_owned(),
        name: "Grace Hopper".to_owned(),
        email: "Grace@Acme.example".to_owned(),
        password: password.map(|text| SecretString::from(text.to_owned())),
    }
}

fn token(address: &str) -> String {
    let (_, token) = address.rsplit_once("/enter/").unwrap();
    assert_eq!(token.len(), 43);
    token.to_owned()
}

#[tokio::test]
async fn a_link_from_a_chat_lets_its_member_in_once_however_often_it_is_looked_at() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let token = token(&issue(&t.app, &actor).await.unwrap().url);
        for _ in 0..3 {
            let seen = look(&t.app, &token).await.unwrap();
            assert_eq!(seen.member.unwrap().id, actor.member.id);
        }
        let begun = enter(&t.app, &token, form(None), BROWSER).await.unwrap();
        assert_eq!(begun.actor.member.id, actor.member.id);
        assert_eq!(begun.actor.member.display_name, actor.member.display_name);
        let again = enter(&t.app, &token, form(None), BROWSER).await;
        assert!(matches!(again, Err(EnterError::Gone)));
        assert!(matches!(look(&t.app, &token).await, Err(EnterError::Gone)));
    })
    .await;
}

#[tokio::test]
async fn a_link_counts_for_ten_minutes_and_until_the_next_one() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let first = token(&issue(&t.app, &actor).await.unwrap().url);
        let second = token(&issue(&t.app, &actor).await.unwrap().url);
        assert!(matches!(look(&t.app, &first).await, Err(EnterError::Gone)));
        t.clock.advance(TimeDelta::minutes(10));
        assert!(matches!(look(&t.app, &second).await, Err(EnterError::Gone)));
        let late = enter(&t.app, &second, form(None), BROWSER).await;
        assert!(matches!(late, Err(EnterError::Gone)));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_press_at_once_one_is_let_in() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let token = token(&issue(&t.app, &actor).await.unwrap().url);
        let (one, two) = tokio::join!(
            enter(&t.app, &token, form(None), BROWSER),
            enter(&t.app, &token, form(None), BROWSER),
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
    })
    .await;
}

#[tokio::test]
async fn who_left_is_let_in_by_no_link() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let token = token(&issue(&t.app, &actor).await.unwrap().url);
        let now = t.app.now();
        t.change_member(&actor.member, |member| member.left_at = Some(now))
            .await;
        let refused = enter(&t.app, &token, form(None), BROWSER).await;
        assert!(matches!(refused, Err(EnterError::Gone)));
    })
    .await;
}

#[tokio::test]
async fn the_first_start_makes_organization_and_owner_where_there_is_none() {
    on_both(async |t: TestApp| {
        let links = first_starts(&t.app).await.unwrap();
        let [(None, address)] = links.as_slice() else {
            panic!("{links:?}");
        };
        let token = token(address);
        let weak = enter(&t.app, &token, form(Some("short")), BROWSER).await;
        assert!(matches!(
            weak,
            Err(EnterError::PasswordFault(PasswordFault::TooShort))
        ));
        let nameless = Form {
            name: " ".to_owned(),
            ..form(Some(PASSWORD))
        };
        let refused = enter(&t.app, &token, nameless, BROWSER).await;
        assert!(matches!(refused, Err(EnterError::Invalid(_))));
        let begun = enter(&t.app, &token, form(Some(PASSWORD)), BROWSER)
            .await
            .unwrap();
        let actor = begun.actor;
        assert_eq!(actor.organization.name, "Müller & Söhne");
        assert_eq!(actor.organization.slug, "m-ller-s-hne");
        assert_eq!(actor.member.display_name, "Grace Hopper");
        assert_eq!(actor.member.email.as_deref(), Some("grace@acme.example"));
        assert!(actor.member.roles.0.contains(&Role::Owner));
        assert!(
            first_starts(&t.app).await.unwrap().is_empty(),
            "an owner can log in"
        );
        let right = SecretString::from(PASSWORD);
        let whose = Some((actor.organization.id, actor.member.id));
        assert!(credentials::verify(&t.app, whose, &right).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_first_start_of_an_organization_lets_its_owner_choose_a_password() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        t.actor_in(&owner.organization, &[Role::Admin]).await;
        let (_, earlier) = first_starts(&t.app).await.unwrap().remove(0);
        let links = first_starts(&t.app).await.unwrap();
        let [(Some(house), address)] = links.as_slice() else {
            panic!("{links:?}");
        };
        assert_eq!(house, "Acme");
        let gone = look(&t.app, &token(&earlier)).await;
        assert!(matches!(gone, Err(EnterError::Gone)), "the newest counts");
        let entered = enter(&t.app, &token(address), form(Some(PASSWORD)), BROWSER).await;
        let begun = entered.unwrap();
        assert_eq!(begun.actor.member.id, owner.member.id);
        assert_eq!(
            begun.actor.member.email, owner.member.email,
            "the address stays"
        );
        assert!(first_starts(&t.app).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_first_start_is_over_once_an_owner_can_log_in() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let second = t.actor_in(&owner.organization, &[Role::Owner]).await;
        let (_, address) = first_starts(&t.app).await.unwrap().remove(0);
        let first = token(&address);
        look(&t.app, &first).await.unwrap();
        let chat = token(&issue(&t.app, &second).await.unwrap().url);
        enter(&t.app, &chat, form(Some(PASSWORD)), BROWSER)
            .await
            .unwrap();
        let gone = look(&t.app, &first).await;
        assert!(matches!(gone, Err(EnterError::Gone)), "another owner's");
        let late = enter(&t.app, &first, form(Some(PASSWORD)), BROWSER).await;
        assert!(matches!(late, Err(EnterError::Gone)));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_links_that_would_let_in_without_it() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let chat = token(&issue(&t.app, &actor).await.unwrap().url);
        look(&t.app, &chat).await.unwrap();
        let password = SecretString::from(PASSWORD);
        let hash = credentials::hash(&t.app, &password, &[]).await.unwrap();
        let txn = t.app.store.begin().await.unwrap();
        credentials::set(&txn, &t.app, &actor, hash).await.unwrap();
        txn.commit().await.unwrap();
        assert!(matches!(look(&t.app, &chat).await, Err(EnterError::Gone)));
    })
    .await;
}

#[tokio::test]
async fn an_owner_whom_a_provider_lets_in_needs_no_first_start() {
    let options = "[oidc]\nissuer = \"https://id.example/\"\nclient_id = \"chorus\"\n\
                   client_secret = \"secret\"\n";
    let t = TestApp::configured(Kind::Sqlite, options).await;
    let owner = t.actor(&[Role::Owner]).await;
    assert!(first_starts(&t.app).await.unwrap().is_empty());
    t.change_member(&owner.member, |member| member.email = None)
        .await;
    let links = first_starts(&t.app).await.unwrap();
    assert_eq!(links.len(), 1, "the provider knows people by their address");

    let options = "[slack]\nclient_id = \"1.2\"\nclient_secret = \"secret\"\n";
    let t = TestApp::configured(Kind::Sqlite, options).await;
    let owner = t.actor(&[Role::Owner]).await;
    t.workspace(&owner.organization).await;
    assert_eq!(first_starts(&t.app).await.unwrap().len(), 1);
    t.slack_account(&owner.member, "U0OWNER").await;
    assert!(first_starts(&t.app).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_forgot_a_password_chooses_a_new_one_and_every_other_session_ends() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let chat = token(&issue(&t.app, &actor).await.unwrap().url);
        enter(&t.app, &chat, form(None), BROWSER).await.unwrap();
        let reset = token(&issue(&t.app, &actor).await.unwrap().url);
        enter(&t.app, &reset, form(Some(PASSWORD)), BROWSER)
            .await
            .unwrap();
        assert_eq!(sessions::list(&t.app, &actor).await.unwrap().len(), 1);
        assert!(credentials::exists(&t.app, &actor).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_for_the_console_and_changes_no_password() {
    on_both(async |t: TestApp| {
        use crate::service::pairing::InviteError;
        let owner = t.actor(&[Role::Owner]).await;
        let house = &owner.organization;
        let plain = t.actor_in(house, &[]).await;
        let refused = invite(&t.app, &owner, plain.member.id).await;
        assert!(matches!(refused, Err(InviteError::NoConsole)));

        let ada = t.actor_in(house, &[Role::Curator]).await;
        let first = invite(&t.app, &owner, ada.member.id).await.unwrap();
        let first = token(&first.url);
        assert!(look(&t.app, &first).await.unwrap().takes_password);
        enter(&t.app, &first, form(Some(PASSWORD)), BROWSER)
            .await
            .unwrap();
        let second = invite(&t.app, &owner, ada.member.id).await.unwrap();
        let second = token(&second.url);
        t.clock.advance(TimeDelta::hours(23));
        assert!(!look(&t.app, &second).await.unwrap().takes_password);
        enter(
            &t.app,
            &second,
            form(Some("another horse battery")),
            BROWSER,
        )
        .await
        .unwrap();
        let whose = Some((house.id, ada.member.id));
        let right = SecretString::from(PASSWORD);
        assert!(credentials::verify(&t.app, whose, &right).await.unwrap());

        // The log tells by whose word she came in.
        let page = crate::domain::page::Paging {
            after: None,
            limit: 10,
        };
        let wanted = crate::domain::audit::Wanted {
            actor: Some(ada.member.id),
            ..crate::domain::audit::Wanted::default()
        };
        let log = crate::service::audit::list(&t.app, &owner, &wanted, page).await;
        let log = log.unwrap().items;
        let begun = log.iter().find(|one| one.action == "session.begin");
        let told = &begun.unwrap().detail;
        assert_eq!(told["by"], "invitation");
        assert_eq!(told["issuer"], owner.member.id.to_string());
    })
    .await;
}
