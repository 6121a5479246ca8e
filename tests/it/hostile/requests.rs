//! What requests for links and pages say of themselves: forwarded addresses, cookies, user
//! agents, referrers, languages, codes; through the real routes, without a socket between, and on
//! both databases, since each is asked for what looks like a code.

use std::net::IpAddr;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request};
use entity::enums::Network;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use server::http::Routes;
use server::ingest::classify::{Signs, classify};
use server::ingest::crawlers;
use server::ingest::device::device;
use server::ingest::origin::Origins;
use server::test_support::{Kind, TestApp};
use tokio::runtime::Runtime;
use tower::Service;

use super::mutation::{Edit, bytes, edits, text};
use super::{in_time, many, timed};

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

/// What stands in a path where a code or a token is meant.
#[derive(Clone, Debug)]
enum Name {
    /// As many letters as a code may have: the database is asked for it.
    Letters(String),
    /// A real code with some changes, or with none.
    OfACode(Vec<Edit>),
    /// Anything.
    Any(Vec<Edit>),
}

impl Name {
    fn bytes(&self, code: &str) -> Vec<u8> {
        let words = ["AQ", ".", "-"];
        match self {
            Self::Letters(letters) => letters.as_bytes().to_vec(),
            Self::OfACode(edits) => bytes(code.as_bytes(), edits, &words),
            Self::Any(edits) => bytes(b"x", edits, &words),
        }
    }
}

fn names() -> impl Strategy<Value = Name> {
    prop_oneof![
        "[A-Za-z0-9]{6,16}".prop_map(Name::Letters),
        edits().prop_map(Name::OfACode),
        edits().prop_map(Name::Any),
    ]
}

/// A server that has a link, its routes, and the link's code.
async fn with_a_link(kind: Kind) -> (TestApp, Routes, String) {
    let options =
        "[web]\ntrusted_proxies = [\"0.0.0.0/0\"]\n[ingest]\ncountry_header = \"x-country\"";
    let t = TestApp::configured(kind, options).await;
    let actor = t.actor(&[]).await;
    let post = t.live_post(&actor.organization).await;
    let mut codes = t.all_share(&[actor], &post, Network::X).await;
    let routes = server::http::public(&t.app);
    (t, routes, codes.pop().unwrap())
}

fn only_a_code_leads_on(kind: Kind) {
    let run = Runtime::new().unwrap();
    let (t, routes, code) = run.block_on(with_a_link(kind));
    // Links more often than pages, of which the database is asked by tokens of ours alone.
    let places = select(vec!["l", "l", "s", "b"]);
    let asked = (places, names(), any::<u8>(), edits());
    let held = TestRunner::new(many()).run(&asked, |(place, name, choice, header)| {
        let name = name.bytes(&code);
        let status = run.block_on(ask(&routes, (place, &name), (choice, &header)));
        let is_real = place == "l" && name == code.as_bytes();
        let right = if is_real { 302 } else { 404 };
        prop_assert_eq!(status, right, "/{}/{:?}", place, name);
        Ok(())
    });
    held.unwrap_or_else(|failure| panic!("{failure}"));
    // The database took each hit, whatever its request said of itself.
    let ingest = t.app.ingest();
    assert_eq!((ingest.lost_hits(), ingest.journalled_hits()), (0, 0));
}

#[test]
fn only_a_code_leads_on_whatever_a_request_says_of_itself_on_sqlite() {
    only_a_code_leads_on(Kind::Sqlite);
}

#[test]
fn only_a_code_leads_on_whatever_a_request_says_of_itself_on_postgres() {
    only_a_code_leads_on(Kind::Postgres);
}

/// Asks for a name, with one header changed; gives the status.
async fn ask(routes: &Routes, (place, name): (&str, &[u8]), (choice, edits): (u8, &[Edit])) -> u16 {
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
    let name = percent_encoding::percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    let mut request = Request::get(format!("/{place}/{name}"));
    for (at, (key, value)) in headers.into_iter().enumerate() {
        let changed = if at == usize::from(choice) % headers.len() {
            bytes(value.as_bytes(), edits, &WORDS)
        } else {
            value.into()
        };
        if let Ok(value) = HeaderValue::from_bytes(&changed) {
            request = request.header(HeaderName::from_static(key), value);
        }
    }
    let request = request.body(Body::empty()).unwrap();
    let answer = in_time(routes.clone().call(request)).await;
    answer.unwrap().status().as_u16()
}
