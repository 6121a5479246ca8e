//! What requests for links and pages say of themselves: forwarded addresses, cookies, user
//! agents, referrers, languages, codes; through the real routes, without a socket between.

use std::net::IpAddr;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request};
use futures::FutureExt;
use proptest::prelude::*;
use server::ingest::classify::{Signs, classify};
use server::ingest::crawlers;
use server::ingest::device::device;
use server::ingest::origin::Origins;
use server::test_support::{Kind, TestApp};
use tower::Service;

use super::mutation::{bytes, edits, text};
use super::{many, timed};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const FORWARDED: &str = "203.0.113.9, [2001:db8::1]:4711, 10.0.0.2";
const WORDS: [&str; 14] = [
    ",",
    ";",
    "10.0.0.1",
    "127.0.0.1",
    "::ffff:10.0.0.3",
    "unknown",
    "_hidden",
    "own_",
    "=1",
    "bot",
    "de;q=0.9",
    "https://",
    "Slackbot",
    "\t",
];

fn origins() -> Origins {
    Origins {
        proxies: vec![
            "10.0.0.0/8".parse().unwrap(),
            "127.0.0.1/32".parse().unwrap(),
        ],
        ..Origins::default()
    }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn an_address_is_the_peers_or_one_that_a_trusted_proxy_named(
        trusted: bool,
        edits in edits(),
    ) {
        let forwarded = text(FORWARDED, &edits, &WORDS);
        let peer: IpAddr = if trusted { "10.0.0.1" } else { "192.0.2.1" }.parse().unwrap();
        let found = origins().client(peer, std::iter::once(forwarded.as_str()));
        if !trusted {
            prop_assert_eq!(found, peer);
        } else if found != peer {
            let named = forwarded.split(',').any(|hop| {
                let hop = hop.trim();
                let bare = hop.parse::<IpAddr>().ok();
                let with_port = hop.parse::<std::net::SocketAddr>().map(|it| it.ip()).ok();
                bare.or(with_port).map(|it| it.to_canonical()) == Some(found)
            });
            prop_assert!(named, "{} from {}", found, forwarded);
        }
    }

    #[test]
    fn any_user_agent_has_a_class_and_a_device(edits in edits()) {
        let agent = text(FIREFOX, &edits, &WORDS);
        let signs = Signs { user_agent: Some(&agent), ..Signs::default() };
        let verdict = timed(|| classify(signs, crawlers::program));
        // The same request always has the same class.
        prop_assert_eq!(verdict, classify(signs, crawlers::program));
        let _ = device(&agent);
    }
}

#[tokio::test]
async fn any_headers_and_any_code_get_the_page_that_says_there_is_no_such_link() {
    let options =
        "[web]\ntrusted_proxies = [\"0.0.0.0/0\"]\n[ingest]\ncountry_header = \"x-country\"";
    let t = TestApp::configured(Kind::Sqlite, options).await;
    let routes = server::http::public(&t.app);
    let mut runner = proptest::test_runner::TestRunner::new(many());
    let asked = (any::<u8>(), edits(), edits());
    let outcome = runner.run(&asked, |(choice, path, header)| {
        let status = ask(&routes, choice, &path, &header);
        // The database is asked for what looks like a code, and that takes a thread.
        prop_assert!(
            matches!(status, None | Some(404)),
            "{choice} {path:?} {header:?}: {status:?}"
        );
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

/// Asks for an address that names nothing, with one header changed; gives the status where
/// the answer takes no waiting.
fn ask(
    routes: &Router,
    choice: u8,
    path: &[super::mutation::Edit],
    header: &[super::mutation::Edit],
) -> Option<u16> {
    let headers = [
        ("user-agent", FIREFOX),
        ("x-forwarded-for", FORWARDED),
        ("cookie", "own_abcdefgh=1; other=2"),
        ("referer", "https://news.example/page?q=1#top"),
        ("accept-language", "de-AT;q=0.9, en;q=0.5, *"),
        ("x-country", "AT"),
        ("sec-purpose", "prefetch;prerender"),
        ("dnt", "1"),
    ];
    let place = ["l", "s", "b"][usize::from(choice) % 3];
    let name = bytes(b"x", path, &["AQ", ".", "-"]);
    let name = percent_encoding::percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
    let name = name.to_string();
    if name.len() > 5 && place == "l" || name.is_empty() {
        return None;
    }
    let mut request = Request::get(format!("/{place}/{name}"));
    for (at, (key, value)) in headers.into_iter().enumerate() {
        let changed = if at == usize::from(choice) % headers.len() {
            bytes(value.as_bytes(), header, &WORDS)
        } else {
            value.into()
        };
        if let Ok(value) = HeaderValue::from_bytes(&changed) {
            request = request.header(HeaderName::from_static(key), value);
        }
    }
    let request = request.body(Body::empty()).unwrap();
    let answer = timed(|| routes.clone().call(request).now_or_never())?;
    Some(answer.unwrap().status().as_u16())
}
