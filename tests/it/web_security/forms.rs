//! Forms and scripts of other sites (CSRF), pages in foreign frames, and the one cookie.

use std::sync::Arc;

use entity::enums::{Network, ShareState};
use reqwest::Method;
use server::http::console::listed;
use server::service::suggestions::list_suggestions;
use server::store::shares;
use server::test_support::{Kind, TestApp, on_both};
use server_api::enums::Platform;
use tests::estate::Estate;

use super::{EVIL, opened, raw, scene, statuses};
use crate::rows;

/// What browsers say of a request that another site led them to.
const FOREIGN: [&[(&str, &str)]; 9] = [
    &[("origin", EVIL), ("sec-fetch-site", "cross-site")],
    &[("origin", EVIL)],
    &[("sec-fetch-site", "cross-site")],
    // Another site under the same registered name, and one that a reader's machine serves.
    &[("sec-fetch-site", "same-site")],
    &[("origin", "http://127.0.0.1:1")],
    // A sandboxed frame, a data: page, a page from a file, a redirect across origins.
    &[("origin", "null")],
    &[("origin", "null"), ("sec-fetch-site", "cross-site")],
    // What is meant to look like ours to whoever compares ends or beginnings.
    &[("origin", "http://127.0.0.1.evil.example")],
    &[("origin", "https://evil.example/127.0.0.1")],
];

#[tokio::test]
async fn no_form_of_another_site_confirms_dismisses_or_sets_anything() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::Mastodon);
        for headers in FOREIGN {
            for step in ["done", "dismiss", "instance"] {
                let form = ("content-type", "application/x-www-form-urlencoded");
                let all: Vec<(&str, &str)> = headers.iter().copied().chain([form]).collect();
                let answer = server
                    .visit(Method::POST, &format!("{path}/{step}"), &all)
                    .await;
                assert_eq!(answer.status, 403, "{step} {headers:?}");
            }
        }
        let (organization, member) = (actor.organization.id, actor.member.id);
        let reader = t.app.store.reader();
        let share = shares::of(reader, organization, member, post.id, Network::Mastodon);
        assert_eq!(share.await.unwrap(), None);
        assert_eq!(list_suggestions(&t.app, &actor).await.unwrap().len(), 1);
    })
    .await;
}

/// Where every form of the console goes, each to what a house holds.
async fn forms(t: &TestApp, estate: &Estate) -> Vec<String> {
    let ids = estate.ids(t).await;
    let slug = estate.organization.slug.as_str();
    let of = |name: &str| match name {
        "slug" => slug.to_owned(),
        "version" => "1".to_owned(),
        // Of what is kept for a time.
        "kind" => "audit_log".to_owned(),
        "*rest" => "no/such/page".to_owned(),
        name => {
            let kind = if name == "connection" {
                "installation"
            } else {
                name
            };
            let first = ids.get(kind).and_then(|ids| ids.first());
            first
                .unwrap_or_else(|| panic!("which {name} is meant, this test has to know"))
                .to_string()
        }
    };
    let inside = |part: &str| {
        let name = part.strip_prefix('{');
        let name = name.and_then(|part| part.strip_suffix('}'));
        name.map_or_else(|| part.to_owned(), of)
    };
    let closed = listed().into_iter();
    let closed = closed.filter(|page| page.method == Method::POST);
    let paths = closed.map(|page| {
        let parts: Vec<String> = page.path.split('/').map(inside).collect();
        parts.join("/")
    });
    let open = [format!("/o/{slug}/login"), "/enter/no-token".to_owned()];
    paths.chain(open).collect()
}

#[tokio::test]
async fn no_form_of_the_console_is_taken_from_another_site() {
    on_both(async |t: TestApp| {
        let server = Arc::new(t.server().await);
        let estate = Estate::build(&t, &server, "alpha", 1).await;
        let forms = forms(&t, &estate).await;
        assert!(forms.len() > 40, "{forms:?}");
        // Who may do everything, logged in: it is for the other site alone that they are refused.
        let browser = t.log_in_on(&server, &estate.owner().actor).await;
        let own = [
            ("cookie", browser.cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let before = rows::all(&t).await;
        for path in &forms {
            for headers in FOREIGN {
                let all: Vec<(&str, &str)> = headers.iter().copied().chain(own).collect();
                let answer = server.visit(Method::POST, path, &all).await;
                let text = answer.text();
                assert_eq!(answer.status, 403, "{path} {headers:?}: {text}");
                assert!(
                    text.contains("a request from another site"),
                    "{path} {headers:?}: {text}"
                );
            }
        }
        let after = rows::all(&t).await;
        for (table, rows) in &before {
            assert_eq!(Some(rows), after.get(table), "{table} changed");
        }
        assert_eq!(browser.get("").await.status, 200, "still logged in");
    })
    .await;
}

#[tokio::test]
async fn the_pages_own_form_and_programs_without_a_browser_pass() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::Linkedin);
        let same: [&[(&str, &str)]; 4] = [
            &[
                ("origin", server.public.as_str()),
                ("sec-fetch-site", "same-origin"),
            ],
            &[("origin", server.public.as_str())],
            // Typed by a person.
            &[("sec-fetch-site", "none")],
            // No browser: the token itself is the permission.
            &[],
        ];
        for headers in same {
            let answer = server
                .visit(Method::POST, &format!("{path}/done"), headers)
                .await;
            assert_eq!(answer.status, 200, "{headers:?}");
        }
        let reader = t.app.store.reader();
        let (organization, member) = (actor.organization.id, actor.member.id);
        let share = shares::of(reader, organization, member, post.id, Network::Linkedin);
        let state = share.await.unwrap().map(|share| share.state);
        assert_eq!(state, Some(ShareState::Confirmed));
    })
    .await;
}

#[tokio::test]
async fn the_api_takes_no_change_from_a_page_and_is_readable_by_none() {
    let t = TestApp::new(Kind::Sqlite).await;
    let actor = t.actor(&[entity::enums::Role::Owner]).await;
    let token = t.token(&actor).await;
    let server = t.server().await;
    let part = t.app.service_token(Platform::Slack);
    let part = secrecy::ExposeSecret::expose_secret(&part).to_owned();
    for (base, bearer) in [(&server.public, &token), (&server.internal, &part)] {
        for headers in FOREIGN {
            for (method, path) in [
                (Method::POST, "/api/v1/posts"),
                (Method::PATCH, "/api/v1/me"),
                (Method::PUT, "/api/v1/identity"),
                (Method::DELETE, "/api/v1/tokens/0"),
            ] {
                let mut request = server
                    .http
                    .request(method.clone(), format!("{base}{path}"))
                    .bearer_auth(bearer);
                for (name, value) in headers {
                    request = request.header(*name, *value);
                }
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status(), 403, "{method} {path} {headers:?}");
            }
        }
        // Without permission to share answers, a browser keeps them from the page that asked.
        for method in [Method::GET, Method::OPTIONS] {
            let answer = server
                .http
                .request(method, format!("{base}/api/v1/me"))
                .bearer_auth(bearer)
                .header("origin", EVIL)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization")
                .send()
                .await
                .unwrap();
            let names = answer.headers().keys();
            let shared = names.filter(|name| name.as_str().starts_with("access-control"));
            assert_eq!(shared.count(), 0);
        }
    }
}

#[tokio::test]
async fn a_request_that_only_looks_harmless_changes_nothing() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::Linkedin);
        let done = format!("{path}/done");
        for (method, target, extra, allowed) in [
            // An image or a link of another site can only ask so.
            (Method::GET, &done, None, "POST"),
            (Method::HEAD, &done, None, "POST"),
            (Method::GET, &done, Some("x-http-method-override"), "POST"),
            (Method::GET, &done, Some("x-method-override"), "POST"),
            (Method::PUT, &done, None, "POST"),
            (Method::DELETE, &done, None, "POST"),
            (Method::OPTIONS, &done, None, "POST"),
            (Method::TRACE, &done, None, "POST"),
            (Method::POST, &path, None, "GET,HEAD"),
            (Method::PUT, &path, None, "GET,HEAD"),
        ] {
            let headers: Vec<(&str, &str)> = extra.into_iter().map(|name| (name, "POST")).collect();
            let answer = server.visit(method.clone(), target, &headers).await;
            assert_eq!(answer.status, 405, "{method} {target}");
            assert_eq!(answer.header("allow"), allowed, "{method} {target}");
        }
        let with_field = format!("{done}?_method=POST");
        let answer = server.visit(Method::GET, &with_field, &[]).await;
        assert_eq!(answer.status, 405);
        let reader = t.app.store.reader();
        let (organization, member) = (actor.organization.id, actor.member.id);
        let share = shares::of(reader, organization, member, post.id, Network::Linkedin);
        assert_eq!(share.await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_one_cookie_is_closed_to_scripts_other_sites_and_plain_connections() {
    for (options, secure) in [
        ("", false),
        ("[web]\nbase_url = \"https://chorus.example.com\"", true),
    ] {
        let t = TestApp::configured(Kind::Sqlite, options).await;
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        for network in super::NETWORKS {
            let answer = opened(&server, &t.share_path(&actor, &post, network)).await;
            for cookie in answer.headers.get_all("set-cookie") {
                let cookie = cookie.to_str().unwrap();
                let (named, attributes) = cookie.split_once(';').unwrap();
                let code = named.strip_prefix("own_").unwrap();
                let code = code.strip_suffix("=1").unwrap();
                assert!(code.bytes().all(|letter| letter.is_ascii_alphanumeric()));
                let attributes: Vec<&str> = attributes.split(';').map(str::trim).collect();
                let path = format!("Path=/l/{code}");
                let mut expected =
                    vec![path.as_str(), "Max-Age=7776000", "HttpOnly", "SameSite=Lax"];
                expected.extend(secure.then_some("Secure"));
                assert_eq!(attributes, expected, "{network:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_cookie_that_somebody_planted_gives_no_right() {
    on_both(async |t: TestApp| {
        let ((actor, post), server) = (scene(&t).await, t.server().await);
        let path = t.share_path(&actor, &post, Network::X);
        let mine = opened(&server, &path).await;
        let cookie = mine.header("set-cookie").split(';').next().unwrap();
        // There is no session to fix: without the token the cookie opens nothing, and with
        // a token it is not looked at, nor exchanged or prolonged.
        let forged = path.replace("/s/", "/s/A");
        for planted in [cookie, "own_x=1", "session=admin; own_=1"] {
            let headers = [("cookie", planted)];
            let page = server.visit(Method::GET, &forged, &headers).await;
            assert_eq!(page.status, 404);
            assert_eq!(page.header("set-cookie"), "");
            let api = server.visit(Method::GET, "/api/v1/me", &headers).await;
            assert_eq!(api.status, 401);
            assert_eq!(api.header("set-cookie"), "");
            let again = server.visit(Method::GET, &path, &headers).await;
            assert_eq!(again.header("location"), mine.header("location"));
        }
    })
    .await;
}

#[tokio::test]
async fn no_page_stands_in_a_foreign_frame() {
    let t = TestApp::new(Kind::Sqlite).await;
    let ((actor, post), server) = (scene(&t).await, t.server().await);
    let board = server::service::addresses::board_url(&t.app, actor.member.id);
    let board = board.strip_prefix(&t.app.config.web.base_url).unwrap();
    let mut paths: Vec<String> = super::NETWORKS
        .iter()
        .map(|network| t.share_path(&actor, &post, *network))
        .collect();
    paths.extend([board, "/s/x", "/b/x", "/l/abcdefgh", "/nowhere"].map(str::to_owned));
    for path in paths {
        let page = opened(&server, &path).await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
    }
    // A status line alone is not to be framed either.
    let odd = raw(
        &server.public,
        b"GET /s/%ff HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
    )
    .await;
    assert_eq!(statuses(&odd).len(), 1, "{odd}");
    assert!(odd.contains("frame-ancestors 'none'"), "{odd}");
}
