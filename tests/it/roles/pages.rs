//! The console: every page asked in the name of every role, of strangers and of somebody from
//! elsewhere. Which pages there are, and what each needs, comes from the console's own routes.

use std::sync::Arc;

use entity::enums::Role;
use reqwest::Method;
use server::domain::permission::granted_by_all;
use server::http::console::guarded::Listed;
use server::http::console::listed;
use server::test_support::console::Browser;
use server::test_support::server::{Answer, TestServer};
use server::test_support::{TestApp, on_both};
use tests::estate::Estate;

/// The path of a page in a house, with ids of nothing, so that who is let in changes nothing.
fn path_in(page: &Listed, slug: &str) -> String {
    let parts = page.path.split('/').map(|part| match part {
        "{slug}" => slug,
        "{version}" => "1",
        "{*rest}" => "no/such/page",
        part if part.starts_with('{') => "00000000-0000-7000-8000-000000000000",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(browser: &Browser, page: &Listed, path: &str) -> Answer {
    if page.method == Method::GET {
        browser.get(path).await
    } else {
        browser.post(path, &[]).await
    }
}

/// What somebody without a session here is told: to log in, wherever they want to go.
async fn turned_away(server: &TestServer, page: &Listed, path: &str, cookie: Option<&str>) {
    let cookie = cookie.map(|cookie| ("cookie", cookie));
    let headers: Vec<_> = cookie.into_iter().collect();
    let answer = server.visit(page.method.clone(), path, &headers).await;
    // What ends sessions, and passwords, are not carried through a log-in.
    let is_dropped = [
        "/logout",
        "/logout/everywhere",
        "/you/password",
        "/you/data/erase",
    ]
    .iter()
    .any(|end| path.ends_with(end));
    let is_get = page.method == Method::GET;
    let expected = if is_get || is_dropped { 303 } else { 401 };
    assert_eq!(answer.status, expected, "{} {path}", page.method);
    if is_get {
        let onward = answer.header("location");
        assert!(onward.contains("/login?next="), "{path}: {onward}");
    }
}

#[tokio::test]
async fn every_page_of_the_console_lets_in_whom_the_table_of_permissions_says() {
    on_both(async |t: TestApp| {
        let server = Arc::new(t.server().await);
        let estate = Estate::build(&t, &server, "alpha", 1).await;
        let pages = listed();
        assert!(pages.len() > 40, "{pages:?}");
        let mut gaps = Vec::new();
        for page in &pages {
            let path = path_in(page, "alpha");
            assert!(!path.contains('{'), "{path}");
            for one in &estate.people {
                let roles: Vec<Role> = one.role.into_iter().collect();
                let held = granted_by_all(&roles);
                let may = page.needs.is_none_or(|needed| held.contains(&needed));
                // Logged in anew each time: two of the pages log out.
                let browser = t.log_in_on(&server, &one.actor).await;
                let status = ask(&browser, page, &path).await.status;
                let was_let_in = status != 403;
                if was_let_in != may || status == 401 || status >= 500 {
                    let method = &page.method;
                    gaps.push(format!("{method} {path} by {:?}: {status}", one.role));
                }
            }
        }
        assert!(gaps.is_empty(), "{}", gaps.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn no_page_of_the_console_is_seen_by_strangers_or_by_the_owner_of_another_house() {
    on_both(async |t: TestApp| {
        let server = Arc::new(t.server().await);
        let house = t.actor(&[Role::Owner]).await.organization;
        let elsewhere = t.actor(&[Role::Owner]).await;
        let browser = t.log_in_on(&server, &elsewhere).await;
        for page in listed() {
            let path = path_in(&page, &house.slug);
            turned_away(&server, &page, &path, None).await;
            turned_away(&server, &page, &path, Some(&browser.cookie)).await;
        }
    })
    .await;
}

#[test]
fn only_a_members_own_pages_take_no_permission() {
    let pages = listed();
    for (at, page) in pages.iter().enumerate() {
        let same = |other: &&Listed| other.path == page.path && other.method == page.method;
        assert_eq!(
            pages.iter().position(|other| same(&other)),
            Some(at),
            "{page:?}"
        );
    }
    // What a role sees in the rail is not all that guards: the pages behind it have doors, too.
    let open = pages.iter().filter(|page| page.needs.is_none());
    let open: std::collections::BTreeSet<&str> = open.map(|page| &*page.path).collect();
    let expected = [
        "/o/{slug}",
        "/o/{slug}/",
        "/o/{slug}/leaderboard",
        "/o/{slug}/leaderboard/csv",
        "/o/{slug}/logout",
        "/o/{slug}/logout/everywhere",
        "/o/{slug}/menu",
        "/o/{slug}/you",
        "/o/{slug}/you/data",
        "/o/{slug}/you/data/erase",
        "/o/{slug}/you/data/export",
        "/o/{slug}/you/language",
        "/o/{slug}/you/password",
        "/o/{slug}/you/sessions",
        "/o/{slug}/you/theme",
        "/o/{slug}/{*rest}",
    ];
    assert_eq!(open.into_iter().collect::<Vec<_>>(), expected);
}
