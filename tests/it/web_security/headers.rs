//! The policy that every answer bears, enumerated over all routes of both listeners: the
//! API's own description names its operations, the console's routes name its pages, and the other
//! pages are named here.

use std::collections::BTreeSet;

use entity::enums::{Network, Role};
use reqwest::{Method, RequestBuilder};
use secrecy::ExposeSecret;
use serde_json::Value;
use server::service::addresses::board_url;
use server::test_support::server::{Answer, TestServer};
use server::test_support::{Kind, TestApp};

use super::console::house;
use super::{opened, scene};

/// Paths outside the API's description. A route that is added to the pages and not here
/// escapes this test, but not the middleware that it shares with them.
const ELSEWHERE: [&str; 5] = [
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/nowhere",
    "/assets/nothing.css",
];

/// An id that names nothing.
const NOTHING: &str = "00000000-0000-7000-8000-000000000000";
const STRICT: &str = "default-src 'none'; frame-ancestors 'none'";
const OF_PAGES: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                        form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Of the console, which shows pictures of posts from anywhere, here without TLS as it is served.
const OF_CONSOLE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                          img-src 'self' data: https: http:; connect-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What the policy forbids, so that a page which has it is broken.
const INLINE: [&str; 5] = [" style=", "<style", " onclick=", " onload=", "<script>"];

/// What everything must bear.
fn assert_guarded(what: &str, answer: &Answer, policy: &str, referrer: &str, cache: &str) {
    let header = |name: &str| {
        let values: Vec<&str> = answer
            .headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap())
            .collect();
        assert!(values.len() <= 1, "{what}: {name} stands there twice");
        values.first().copied().unwrap_or_default().to_owned()
    };
    assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(header("content-security-policy"), policy, "{what}");
    assert_eq!(header("referrer-policy"), referrer, "{what}");
    assert_eq!(header("cache-control"), cache, "{what}");
    assert_eq!(header("x-request-id").len(), 32, "{what}");
    // Nothing tells what is run, and no other site may read.
    for name in [
        "server",
        "x-powered-by",
        "access-control-allow-origin",
        "via",
    ] {
        assert_eq!(header(name), "", "{what}");
    }
    // What has a body says what it is, so that nobody guesses.
    if !answer.body.is_empty() {
        assert_ne!(header("content-type"), "", "{what}");
    }
}

fn assert_api(what: &str, answer: &Answer) {
    assert_guarded(what, answer, STRICT, "no-referrer", "no-store");
}

/// Every operation of the description, with ids that name nothing.
async fn operations(server: &TestServer) -> Vec<(Method, String)> {
    let document: Value = opened(server, "/openapi.json").await.json();
    let paths = document["paths"].as_object().unwrap();
    let mut all = Vec::new();
    for (path, operations) in paths {
        let path: Vec<&str> = path
            .split('/')
            .map(|part| if part.starts_with('{') { NOTHING } else { part })
            .collect();
        for method in operations.as_object().unwrap().keys() {
            if let Ok(method) = method.to_uppercase().parse::<Method>() {
                all.push((method, path.join("/")));
            }
        }
    }
    assert!(all.len() > 40, "{} operations", all.len());
    all
}

async fn answers(server: &TestServer, base: &str, bearer: &str) {
    for (method, path) in operations(server).await {
        let ask = |body: &'static str| -> RequestBuilder {
            server
                .http
                .request(method.clone(), format!("{base}{path}"))
                .header("content-type", "application/json")
                .body(body)
        };
        for (who, request) in [
            ("nobody", ask("{}")),
            ("somebody", ask("{}").bearer_auth(bearer)),
            ("nonsense", ask("{").bearer_auth(bearer)),
            // A courier's long poll is not waited for.
            ("a stranger's part", ask("{}").bearer_auth("service_x")),
        ] {
            let answer = Answer::to(request).await;
            assert_api(&format!("{who}: {method} {path}"), &answer);
            assert_ne!(answer.status, 500, "{who}: {method} {path}");
        }
    }
    for path in ELSEWHERE {
        if base == server.internal && path.starts_with("/assets") {
            continue;
        }
        for method in [Method::GET, Method::POST, Method::OPTIONS, Method::PATCH] {
            let request = server.http.request(method.clone(), format!("{base}{path}"));
            assert_api(&format!("{method} {path}"), &Answer::to(request).await);
        }
    }
}

#[tokio::test]
async fn every_answer_of_the_api_bears_the_policy() {
    let t = TestApp::new(Kind::Sqlite).await;
    let actor = t.actor(&[Role::Owner]).await;
    let (server, token) = (t.server().await, t.token(&actor).await);
    answers(&server, &server.public, &token).await;
    let operator = t.app.tokens.operator().expose_secret().to_owned();
    answers(&server, &server.internal, &operator).await;
}

/// What the forms of a share page get.
async fn forms(server: &TestServer, path: &str) {
    for step in ["done", "dismiss", "instance"] {
        let path = format!("{path}/{step}");
        let answer = server.visit(Method::POST, &path, &[]).await;
        assert!(answer.status < 500, "{path}");
        let policy = answer.header("content-security-policy").to_owned();
        let page = policy == OF_PAGES;
        let referrer = if page { "same-origin" } else { "no-referrer" };
        assert_guarded(&path, &answer, &policy, referrer, "no-store");
        assert!(page || policy == STRICT, "{policy}");
    }
}

#[tokio::test]
async fn every_page_redirect_and_file_bears_the_policy() {
    let t = TestApp::new(Kind::Sqlite).await;
    let ((actor, post), server) = (scene(&t).await, t.server().await);
    let board = board_url(&t.app, actor.member.id);
    let board = board.strip_prefix(&t.app.config.web.base_url).unwrap();
    let mut files = BTreeSet::new();
    let mut link = None;
    for network in super::NETWORKS {
        let path = t.share_path(&actor, &post, network);
        let answer = opened(&server, &path).await;
        let what = format!("{network:?}");
        if answer.status == 303 {
            assert_guarded(&what, &answer, STRICT, "no-referrer", "no-store");
            let target: url::Url = answer.header("location").parse().unwrap();
            let found = target
                .query_pairs()
                .find(|(_, value)| value.contains("/l/"));
            link = link.or(found.map(|(_, value)| value.into_owned()));
        } else {
            assert_guarded(&what, &answer, OF_PAGES, "same-origin", "no-store");
            let html = answer.text();
            let names = html.split('"').filter(|part| part.starts_with("/assets/"));
            files.extend(names.map(str::to_owned));
        }
        forms(&server, &path).await;
    }
    for path in [
        board,
        "/s/x",
        "/b/x",
        "/l/abcdefgh",
        "/l/x",
        "/s/x?y",
        "/b/x?period=week",
    ] {
        let answer = opened(&server, path).await;
        assert_guarded(path, &answer, OF_PAGES, "same-origin", "no-store");
    }
    let link = link.unwrap();
    let code = link.rsplit('/').next().unwrap();
    let answer = opened(&server, &format!("/l/{code}")).await;
    assert_eq!(answer.status, 302);
    // The page that comes next learns the site where the link stood, as without us.
    let referrer = "strict-origin-when-cross-origin";
    assert_guarded("a link", &answer, STRICT, referrer, "private, no-cache");
    assert_eq!(files.len(), 3, "{files:?}");
    for path in files {
        let answer = opened(&server, &path).await;
        let cache = "public, max-age=31536000, immutable";
        assert_guarded(&path, &answer, STRICT, "no-referrer", cache);
    }
    let copied = t.share_path(&actor, &post, Network::Copy);
    let foreign = [("origin", super::EVIL)];
    let answer = server
        .visit(Method::POST, &format!("{copied}/done"), &foreign)
        .await;
    assert_eq!(answer.status, 403);
    assert_api("a foreign form", &answer);
}

#[tokio::test]
async fn every_page_of_the_console_bears_the_policy_and_has_nothing_inline() {
    let t = TestApp::new(Kind::Sqlite).await;
    let house = house(&t).await;
    let mut pages = house.pages();
    // What is not there is told by a page, too.
    let nowhere = format!("{}no/such/page", house.browser.home);
    pages.insert(nowhere, 404);
    assert!(pages.len() > 50, "{pages:#?}");
    let mut shown = 0;
    for (page, status) in pages {
        let answer = house.browser.get(&page).await;
        assert_eq!(answer.status, status, "{page}: {}", answer.text());
        if answer.header("content-type").starts_with("text/html") {
            assert_guarded(&page, &answer, OF_CONSOLE, "same-origin", "no-store");
            let html = answer.text();
            for inline in INLINE {
                assert!(!html.contains(inline), "{page} has {inline}");
            }
            shown += 1;
            continue;
        }
        // A way on, or a file.
        let is_file = answer
            .header("content-disposition")
            .starts_with("attachment");
        assert!(is_file || status == 303, "{page}");
        let policy = answer.header("content-security-policy").to_owned();
        assert!([STRICT, OF_CONSOLE].contains(&&*policy), "{page}: {policy}");
        let referrer = answer.header("referrer-policy").to_owned();
        assert!(
            ["no-referrer", "same-origin"].contains(&&*referrer),
            "{page}"
        );
        assert_guarded(&page, &answer, &policy, &referrer, "no-store");
    }
    assert!(shown > 40, "{shown}");
}
