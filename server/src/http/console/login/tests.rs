//! What was typed when a session ended waits, whichever way its member comes back, and for no
//! other.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::enums::Role;
use secrecy::SecretString;

use crate::service::actor::Actor;
use crate::service::credentials;
use crate::test_support::console::Browser;
use crate::test_support::server::{Answer, TestServer};
use crate::test_support::{Kind, TestApp, on_both};

const PASSWORD: &str = "correct horse battery";

async fn choose_password(t: &TestApp, actor: &Actor) {
    let password = SecretString::from(PASSWORD);
    let hash = credentials::hash(&t.app, &password, &[]).await.unwrap();
    let txn = t.app.store.begin().await.unwrap();
    credentials::set(&txn, &t.app, actor, hash).await.unwrap();
    txn.commit().await.unwrap();
}

/// Sends the log-in page's form by a browser with these cookies.
async fn send(server: &TestServer, actor: &Actor, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let slug = &actor.organization.slug;
    let request = server
        .http
        .post(format!("{}/o/{slug}/login", server.public))
        .header("origin", &server.public)
        .header("cookie", cookie)
        .form(fields);
    Answer::to(request).await
}

/// Logs in by password; the cookies that the browser has then.
async fn log_in(server: &TestServer, actor: &Actor) -> String {
    let email = actor.member.email.clone().unwrap();
    let fields = [("email", email.as_str()), ("password", PASSWORD)];
    let entered = send(server, actor, "", &fields).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    cookies(&entered)
}

fn cookies(answer: &Answer) -> String {
    let set = answer.headers.get_all("set-cookie").iter();
    let pairs = set.filter_map(|one| one.to_str().unwrap().split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

/// The value of a hidden field, as a browser reads it.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let found = page.split_once(&mark);
    let (_, rest) = found.unwrap_or_else(|| panic!("no {name} in {page}"));
    let (value, _) = rest.split_once('"').unwrap();
    value.replace("&#38;", "&").replace("&amp;", "&")
}

/// A form that comes when the session has ended, and the page that keeps it.
async fn interrupted(t: &TestApp, browser: &Browser) -> String {
    t.clock.advance(TimeDelta::days(91));
    let late = browser.post("you/language", &[("language", "de")]).await;
    assert_eq!(late.status, 401);
    late.text()
}

#[tokio::test]
async fn who_logs_in_in_another_window_sends_what_waits_by_a_button() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        choose_password(&t, &actor).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &actor).await;
        let browser = browser.with_cookie(log_in(&server, &actor).await);
        let page = interrupted(&t, &browser).await;
        assert!(page.contains("I am logged in, send it"), "{page}");
        let (next, typed) = (hidden(&page, "next"), hidden(&page, "typed"));
        let whose = hidden(&page, "whose");
        let fields = [
            ("next", next.as_str()),
            ("typed", typed.as_str()),
            ("whose", whose.as_str()),
            ("again", "yes"),
        ];
        let early = send(&server, &actor, &browser.cookie, &fields).await;
        assert_eq!(early.status, 401);
        let page = early.text();
        assert!(page.contains("You are not logged in yet."), "{page}");
        assert_eq!(hidden(&page, "typed"), typed, "it still waits");
        // In another window one logs in by whatever way there is.
        let elsewhere = log_in(&server, &actor).await;
        let back = send(&server, &actor, &elsewhere, &fields).await;
        assert_eq!(back.status, 200, "{}", back.text());
        let page = back.text();
        let action = format!("action=\"{}you/language\"", browser.home);
        assert!(
            page.contains(&action) && page.contains("data-resume"),
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_typed_is_not_sent_in_the_name_of_who_logs_in() {
    on_both(async |t: TestApp| {
        let ada = t.actor(&[Role::Owner]).await;
        let bob = t.actor_in(&ada.organization, &[Role::Curator]).await;
        choose_password(&t, &ada).await;
        choose_password(&t, &bob).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &ada).await;
        let browser = browser.with_cookie(log_in(&server, &ada).await);
        let page = interrupted(&t, &browser).await;
        let (next, typed) = (hidden(&page, "next"), hidden(&page, "typed"));
        let whose = hidden(&page, "whose");
        let waiting = [
            ("next", next.as_str()),
            ("typed", typed.as_str()),
            ("whose", whose.as_str()),
        ];
        let email = |actor: &Actor| actor.member.email.clone().unwrap();
        let (adas, bobs) = (email(&ada), email(&bob));
        let by = |email| {
            [
                waiting.as_slice(),
                &[("email", email), ("password", PASSWORD)],
            ]
            .concat()
        };
        let refused = send(&server, &bob, &browser.cookie, &by(bobs.as_str())).await;
        assert_eq!(refused.status, 403);
        let page = refused.text();
        assert!(page.contains("was typed by somebody else"), "{page}");
        assert!(!page.contains("data-resume") && !page.contains("<textarea"));
        assert_eq!(hidden(&page, "typed"), typed, "it is not lost, either");
        let sent = send(&server, &ada, &browser.cookie, &by(adas.as_str())).await;
        assert_eq!(sent.status, 200);
        assert!(sent.text().contains("data-resume"));
    })
    .await;
}

#[tokio::test]
async fn what_is_nobodys_for_sure_is_sent_by_a_press_and_by_no_script() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        choose_password(&t, &actor).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &actor).await;
        let page = interrupted(&t, &browser).await;
        assert!(!page.contains("name=\"whose\""), "{page}");
        let (next, typed) = (hidden(&page, "next"), hidden(&page, "typed"));
        let email = actor.member.email.clone().unwrap();
        let fields = [
            ("next", next.as_str()),
            ("typed", typed.as_str()),
            ("email", email.as_str()),
            ("password", PASSWORD),
        ];
        let back = send(&server, &actor, "", &fields).await;
        assert_eq!(back.status, 200);
        let page = back.text();
        assert!(
            page.contains("Send it now") && !page.contains("data-resume"),
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_login_provider_opens_a_window_of_its_own_where_something_waits() {
    let options = "[oidc]\nissuer = \"https://id.example/\"\nclient_id = \"chorus\"\n\
                   client_secret = \"secret\"\nname = \"Acme ID\"\n";
    let t = TestApp::configured(Kind::Sqlite, options).await;
    let actor = t.actor(&[Role::Owner]).await;
    let browser = t.log_in(&actor).await;
    let plain = browser.get("login?next=nothing").await.text();
    assert!(
        plain.contains("Acme ID") && !plain.contains("target=\"_blank\""),
        "{plain}"
    );
    let page = interrupted(&t, &browser).await;
    let (_, link) = page.split_once("/login/oidc?next=").unwrap();
    let (link, _) = link.split_once('>').unwrap();
    assert!(
        link.contains("target=\"_blank\" rel=\"noopener\""),
        "{link}"
    );
    assert!(
        !link.contains("language"),
        "that window has nothing to send: {link}"
    );
}

#[tokio::test]
async fn who_logs_out_after_the_session_ended_is_logged_out_and_stays_logged_in_later() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let browser = t.log_in(&actor).await;
        t.clock.advance(TimeDelta::days(91));
        for page in ["logout", "logout/everywhere"] {
            let left = browser.post(page, &[]).await;
            assert_eq!(left.status, 303, "{page}");
            let login = format!("{}login", browser.home);
            assert_eq!(left.header("location"), login, "nothing is carried");
        }
    })
    .await;
}
