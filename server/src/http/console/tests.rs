//! The console's door and frame, asked as a browser without script asks them.

use std::sync::Arc;

use chrono::TimeDelta;
use entity::enums::{Language, Role};
use reqwest::Method;
use secrecy::SecretString;

use crate::service::actor::Actor;
use crate::service::{credentials, login_links};
use crate::test_support::server::{Answer, TestServer};
use crate::test_support::{TestApp, on_both};

const PASSWORD: &str = "correct horse battery";

async fn with_password(t: &TestApp, roles: &[Role]) -> Actor {
    let actor = t.actor(roles).await;
    let password = SecretString::from(PASSWORD);
    let hash = credentials::hash(&t.app, &password, &[]).await.unwrap();
    let txn = t.app.store.begin().await.unwrap();
    credentials::set(&txn, &t.app, &actor, hash).await.unwrap();
    txn.commit().await.unwrap();
    actor
}

async fn log_in(server: &TestServer, actor: &Actor, fields: &[(&str, &str)]) -> Answer {
    let slug = &actor.organization.slug;
    let email = actor.member.email.clone().unwrap();
    let mut all = vec![("email", email.as_str()), ("password", PASSWORD)];
    all.extend(fields);
    let request = server
        .http
        .post(format!("{}/o/{slug}/login", server.public))
        .header("origin", &server.public)
        .form(&all);
    Answer::to(request).await
}

#[tokio::test]
async fn a_stranger_is_sent_to_log_in_and_on_to_what_they_wanted() {
    on_both(async |t: TestApp| {
        let actor = with_password(&t, &[]).await;
        let server = t.server().await;
        let slug = &actor.organization.slug;
        let wanted = format!("/o/{slug}/you?tab=a%26b");
        let sent = server.visit(Method::GET, &wanted, &[]).await;
        assert_eq!(sent.status, 303);
        let login = sent.header("location").to_owned();
        let page = server.visit(Method::GET, &login, &[]).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text().contains(&format!("value=\"{wanted}\"")),
            "{}",
            page.text()
        );
        let entered = log_in(&server, &actor, &[("next", &wanted)]).await;
        assert_eq!(
            (entered.status, entered.header("location")),
            (303, wanted.as_str())
        );
        let cookie = entered.header("set-cookie");
        assert!(cookie.starts_with("chorus="), "{cookie}");
        assert!(
            cookie.ends_with("; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"),
            "{cookie}"
        );
        let cookie = cookie.split(';').next().unwrap();
        let page = server
            .visit(Method::GET, &wanted, &[("cookie", cookie)])
            .await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains(&actor.member.display_name));
    })
    .await;
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_host_and_tls() {
    let options = "[web]\nbase_url = \"https://chorus.example\"\n";
    let t = TestApp::configured(crate::test_support::Kind::Sqlite, options).await;
    let actor = with_password(&t, &[]).await;
    let server = t.server().await;
    let entered = log_in(&server, &actor, &[]).await;
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("__Host-chorus="), "{cookie}");
    assert!(
        cookie.contains("; Secure") && !cookie.contains("Domain"),
        "{cookie}"
    );
}

#[tokio::test]
async fn a_wrong_password_says_so_and_keeps_the_address() {
    on_both(async |t: TestApp| {
        let actor = with_password(&t, &[]).await;
        let server = t.server().await;
        let path = format!("{}/o/{}/login", server.public, actor.organization.slug);
        let fields = [
            ("email", "ada@acme.example"),
            ("password", "wrong-one-here"),
        ];
        let refused = Answer::to(server.http.post(path).form(&fields)).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(text.contains("value=\"ada@acme.example\""), "{text}");
        assert!(!text.contains("wrong-one-here"));
        assert!(refused.header("set-cookie").is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_sent_after_logging_in() {
    on_both(async |t: TestApp| {
        let actor = with_password(&t, &[]).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &actor).await;
        t.clock.advance(TimeDelta::days(31));
        let typed = "Line one\r\n<b>\"two\"</b> & more ÄÖ";
        let late = browser
            .post(
                "you/language",
                &[("language", "de"), ("note", typed), ("next", &browser.home)],
            )
            .await;
        assert_eq!(late.status, 401);
        let carried = hidden(&late.text(), "typed");
        let entered = log_in(
            &server,
            &actor,
            &[("next", &hidden(&late.text(), "next")), ("typed", &carried)],
        )
        .await;
        assert_eq!(entered.status, 200, "{}", entered.text());
        let page = entered.text();
        assert!(
            page.contains(&format!("action=\"{}you/language\"", browser.home)),
            "{page}"
        );
        assert!(
            page.contains("name=\"note\" hidden>\nLine one\r\n&#60;b&#62;"),
            "{page}"
        );
        let cookie = entered.header("set-cookie").split(';').next().unwrap();
        let again = browser.with_cookie(cookie.to_owned());
        let done = again
            .post("you/language", &[("language", "de"), ("next", "")])
            .await;
        assert_eq!(done.status, 303);
        let page = again.get("").await.text();
        assert!(page.contains("<html lang=\"de\""), "{page}");
    })
    .await;
}

/// The value of a hidden field, as a browser reads it.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {name} in {page}"));
    let (value, _) = rest.split_once('"').unwrap();
    value.replace("&#38;", "&").replace("&amp;", "&")
}

#[tokio::test]
async fn a_script_whose_session_ended_is_told_so() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = t.server().await;
        for (method, page) in [(Method::GET, "you"), (Method::POST, "you/theme")] {
            let path = format!("/o/{}/{page}", actor.organization.slug);
            let told = server
                .visit(method, &path, &[("accept", "application/json")])
                .await;
            assert_eq!(told.status, 401);
            assert_eq!(told.problem().status, 401);
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_opens_the_console_of_its_own_organization_only() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let elsewhere = t.organization().await;
        let browser = t.log_in(&actor).await;
        assert_eq!(browser.get("").await.status, 200);
        let refused = browser.get(&format!("/o/{}/", elsewhere.slug)).await;
        assert_eq!(refused.status, 303);
        assert!(refused.header("location").contains("/login?next="));
        assert_eq!(browser.get("/o/nobody/").await.status, 404);
        assert_eq!(browser.get("nothing/here").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn another_site_changes_nothing_by_a_members_browser() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &actor).await;
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let url = format!("{}{}logout/everywhere", server.public, browser.home);
            let request = server
                .http
                .post(url)
                .header("cookie", &browser.cookie)
                .header(name, value);
            assert_eq!(Answer::to(request).await.status, 403, "{name}: {value}");
        }
        assert_eq!(browser.get("").await.status, 200, "still logged in");
    })
    .await;
}

#[tokio::test]
async fn every_page_allows_nothing_inline_and_is_kept_by_no_cache() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[Role::Owner]).await;
        let browser = t.log_in(&actor).await;
        for page in [
            "",
            "you",
            "menu",
            "login",
            "nothing",
            "library/feeds/new",
            "people/imports",
        ] {
            let answer = browser.get(page).await;
            let policy = answer.header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"),
                "{page}: {policy}"
            );
            assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
            assert_eq!(answer.header("cache-control"), "no-store", "{page}");
            let text = answer.text();
            assert!(
                !text.contains(" style=") && !text.contains("<style"),
                "{page}"
            );
            assert!(
                !text.contains(" onclick=") && !text.contains("javascript:"),
                "{page}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn pictures_come_without_tls_only_where_the_console_does() {
    for (base_url, sources) in [
        ("http://127.0.0.1:1", "img-src 'self' data: https: http:;"),
        ("https://chorus.example", "img-src 'self' data: https:;"),
    ] {
        let options = format!("[web]\nbase_url = \"{base_url}\"\n");
        let t = TestApp::configured(crate::test_support::Kind::Sqlite, &options).await;
        let slug = t.organization().await.slug;
        let server = t.server().await;
        for path in [format!("/o/{slug}/login"), "/o/nobody/".to_owned()] {
            let page = server.visit(Method::GET, &path, &[]).await;
            let policy = page.header("content-security-policy");
            assert!(policy.contains(sources), "{base_url}{path}: {policy}");
        }
    }
}

#[tokio::test]
async fn a_toast_is_shown_to_whom_it_was_signed_for_and_only_now() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = Arc::new(t.server().await);
        let browser = t.log_in_on(&server, &actor).await;
        let sent = browser
            .post("you/language", &[("language", "en"), ("next", "")])
            .await;
        let told = sent.header("location").to_owned();
        let page = browser.get(&told).await.text();
        assert!(
            page.contains("We speak English with you from now on."),
            "{page}"
        );
        let forged = told.replace("toast=", "toast=A");
        assert!(!browser.get(&forged).await.text().contains("data-toast"));
        let colleague = t.actor_in(&actor.organization, &[]).await;
        let other = t.log_in_on(&server, &colleague).await;
        assert!(!other.get(&told).await.text().contains("data-toast"));
        t.clock.advance(TimeDelta::minutes(10));
        assert!(!browser.get(&told).await.text().contains("data-toast"));
    })
    .await;
}

#[tokio::test]
async fn the_theme_is_remembered_and_words_are_the_members() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let member = t
            .change_member(&actor.member, |member| member.language = Some(Language::De))
            .await;
        let browser = t.log_in(&Actor::of(actor.organization, member)).await;
        let page = browser.get("you").await.text();
        assert!(
            page.contains("<html lang=\"de\" data-theme=\"system\">"),
            "{page}"
        );
        let next = format!("{}you", browser.home);
        let sent = browser
            .post("you/theme", &[("theme", "dark"), ("next", &next)])
            .await;
        assert_eq!(sent.header("location"), next);
        let theme = sent.header("set-cookie").split(';').next().unwrap();
        let dark = browser.with_cookie(format!("{}; {theme}", browser.cookie));
        assert!(dark.get("you").await.text().contains("data-theme=\"dark\""));
        let away = browser
            .post(
                "you/theme",
                &[("theme", "x"), ("next", "https://evil.example/")],
            )
            .await;
        assert_eq!(away.header("location"), browser.home);
    })
    .await;
}

#[tokio::test]
async fn a_one_time_link_shows_a_button_and_lets_in_when_it_is_pressed() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = t.server().await;
        let issued = login_links::issue(&t.app, &actor).await.unwrap();
        let (_, path) = issued.url.split_once("/enter/").unwrap();
        let path = format!("/enter/{path}");
        for method in [Method::HEAD, Method::GET, Method::GET] {
            let looked = server.visit(method, &path, &[]).await;
            assert_eq!(looked.status, 200);
            assert!(looked.header("set-cookie").is_empty());
        }
        let entered = server.visit(Method::POST, &path, &[]).await;
        assert_eq!(entered.status, 303);
        assert_eq!(
            entered.header("location"),
            format!("/o/{}/", actor.organization.slug)
        );
        assert!(entered.header("set-cookie").starts_with("chorus="));
        for method in [Method::GET, Method::POST] {
            assert_eq!(server.visit(method, &path, &[]).await.status, 410);
        }
    })
    .await;
}

#[tokio::test]
async fn logging_out_ends_the_session_and_everywhere_ends_all_of_them() {
    on_both(async |t: TestApp| {
        let actor = t.actor(&[]).await;
        let server = Arc::new(t.server().await);
        let browsers = [
            t.log_in_on(&server, &actor).await,
            t.log_in_on(&server, &actor).await,
            t.log_in_on(&server, &actor).await,
        ];
        let out = browsers[0].post("logout", &[]).await;
        assert!(
            out.header("set-cookie")
                .starts_with("chorus=; Path=/; Max-Age=0")
        );
        assert_eq!(browsers[0].get("").await.status, 303);
        assert_eq!(browsers[1].get("").await.status, 200);
        browsers[1].post("logout/everywhere", &[]).await;
        for browser in &browsers {
            assert_eq!(browser.get("").await.status, 303);
        }
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_asks_for_the_present_one() {
    on_both(async |t: TestApp| {
        let actor = with_password(&t, &[]).await;
        let server = Arc::new(t.server().await);
        let (one, two) = (
            t.log_in_on(&server, &actor).await,
            t.log_in_on(&server, &actor).await,
        );
        let new = "a new sentence of mine";
        let wrong = one
            .post("you/password", &[("current", "guess"), ("password", new)])
            .await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("That is not your current password."));
        let weak = one
            .post(
                "you/password",
                &[("current", PASSWORD), ("password", "short")],
            )
            .await;
        assert_eq!(weak.status, 422);
        assert_eq!(two.get("").await.status, 200);
        let done = one
            .post("you/password", &[("current", PASSWORD), ("password", new)])
            .await;
        assert_eq!(done.status, 303);
        assert_eq!(one.get("").await.status, 200);
        assert_eq!(two.get("").await.status, 303);
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_is_for_whom_it_is_and_found_by_who_what_and_when() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let curator = t.actor_in(&owner.organization, &[Role::Curator]).await;
        let server = Arc::new(t.server().await);
        let (one, two) = (
            t.log_in_on(&server, &owner).await,
            t.log_in_on(&server, &curator).await,
        );
        let refused = two.get("audit").await;
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("This is not for your role"));
        assert!(
            !two.get("").await.text().contains("/audit\""),
            "no way leads there"
        );
        let page = one.get("audit").await.text();
        assert_eq!(page.matches("title=\"session.begin\"").count(), 2, "{page}");
        let theirs = format!("audit?member={}&kind=session", curator.member.id);
        let page = one.get(&theirs).await.text();
        assert_eq!(page.matches("title=\"session.begin\"").count(), 1, "{page}");
        assert!(page.contains(&curator.member.display_name));
        assert!(
            page.contains("Logged in") && page.contains("By: password"),
            "{page}"
        );
        let chosen = format!("<option value=\"{}\" selected>", curator.member.id);
        assert!(
            page.contains(&chosen),
            "members are chosen from a list: {page}"
        );
        for nothing in [
            "audit?kind=post",
            "audit?until=2026-11-15",
            "audit?since=2026-11-17",
        ] {
            let page = one.get(nothing).await.text();
            assert!(page.contains("Nothing was found"), "{nothing}: {page}");
        }
        let today = one
            .get("audit?since=2026-11-16&until=2026-11-16")
            .await
            .text();
        assert!(today.contains("session.begin"));
        // What cannot be asked for asks for nothing, and is shown as text.
        let odd = one
            .get("audit?subject=%22%3E%3Cscript%3E&kind=%25&cursor=x")
            .await;
        assert_eq!(odd.status, 200);
        assert!(!odd.text().contains("<script>"));
    })
    .await;
}

#[tokio::test]
async fn a_long_audit_log_is_turned_page_by_page_with_its_filters() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[Role::Owner]).await;
        let server = Arc::new(t.server().await);
        for _ in 0..55 {
            t.log_in_on(&server, &owner).await;
        }
        let browser = t.log_in_on(&server, &owner).await;
        let first = browser.get("audit?kind=session").await.text();
        let (_, rest) = first.split_once("rel=\"next\" href=\"").unwrap();
        let (next, _) = rest.split_once('"').unwrap();
        let next = next.replace("&#38;", "&");
        assert!(next.contains("kind=session&cursor="), "{next}");
        let second = browser.get(&next).await.text();
        assert_eq!(second.matches("title=\"session.begin\"").count(), 6);
        assert!(!second.contains("rel=\"next\""));
    })
    .await;
}
