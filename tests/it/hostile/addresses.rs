//! Addresses of every kind: those that members type, that feeds bring and that links lead
//! to, and those from which the fetcher must keep away.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use entity::json::UtmTemplate;
use futures::future::BoxFuture;
use proptest::prelude::*;
use server::config::Config;
use server::domain::destination::{Utm, destination};
use server::domain::intent::{Message, NETWORKS, Sites, mastodon_host, target};
use server::domain::public_address::is_public;
use server::domain::web_address::{LONGEST, canonical, parse};
use server::http::auth::principal::Principal;
use server::ports::fetch::{FetchError, Fetcher, Lookup, Validators};
use url::Url;

use super::mutation::{edits, text};
use super::{many, timed};

const SEEDS: [&str; 8] = [
    "https://acme.example/tea?kind=oolong&utm_source=x#brew",
    "http://www.acme.example:8080/a/../b",
    "https://bücher.example/ä",
    "http://127.0.0.1/",
    "http://[::ffff:10.0.0.1]/x",
    "http://0x7f.0.0.1:80/",
    "https://2852039166/latest",
    "http://localhost.",
];
const WORDS: [&str; 22] = [
    "javascript:",
    "data:",
    "file:",
    "//",
    "\\",
    "@",
    "#",
    "?",
    "%",
    "%2f",
    "127.1",
    "0177.1",
    "::1",
    "localhost",
    ".",
    "xn--",
    "169.254.169.254",
    "0",
    ":22",
    "\t",
    "\n",
    "user:pw@",
];

/// A name service that knows private addresses only.
#[derive(Debug)]
struct Inside;

impl Lookup for Inside {
    fn lookup(&self, _host: String) -> BoxFuture<'static, Vec<IpAddr>> {
        let all = ["127.0.0.1", "::1", "10.0.0.1", "::ffff:192.168.0.1"];
        Box::pin(async move { all.iter().map(|it| it.parse().unwrap()).collect() })
    }
}

fn changed(choice: u8, edits: &[super::mutation::Edit]) -> String {
    text(SEEDS[usize::from(choice) % SEEDS.len()], edits, &WORDS)
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn what_is_accepted_is_a_plain_web_address(choice: u8, edits in edits()) {
        let typed = changed(choice, &edits);
        if let Ok(url) = timed(|| parse(&typed)) {
            prop_assert!(["http", "https"].contains(&url.scheme()));
            prop_assert!(url.username().is_empty() && url.password().is_none());
            prop_assert!(url.host_str().is_some_and(|host| !host.is_empty()));
            let kept = String::from(url.clone());
            prop_assert!(kept.len() <= LONGEST);
            // It can stand in a header.
            prop_assert!(kept.bytes().all(|byte| (0x21..0x7f).contains(&byte)), "{}", kept);
            // What is kept is read back as it is, and is canonical at the first try.
            prop_assert_eq!(parse(&kept), Ok(url.clone()));
            let plain = canonical(&url);
            prop_assert_eq!(canonical(&parse(&plain).unwrap()), plain);
            let utm = Utm {
                template: &UtmTemplate::default(),
                network: NETWORKS[usize::from(choice) % NETWORKS.len()],
                campaign: Some(&typed),
                code: "abcdEFGH",
            };
            let led = destination(&kept, utm).unwrap();
            prop_assert!(led.bytes().all(|byte| (0x21..0x7f).contains(&byte)), "{}", led);
            let led = Url::parse(&led).unwrap();
            prop_assert_eq!(led.origin(), url.origin());
            prop_assert_eq!(led.path(), url.path());
            prop_assert_eq!(led.fragment(), url.fragment());
        }
    }

    #[test]
    fn no_address_makes_the_fetcher_connect_inside(choice: u8, edits in edits()) {
        let typed = changed(choice, &edits);
        let refused = inside(&typed);
        prop_assert!(
            matches!(
                refused,
                FetchError::NotPublic | FetchError::Port(_) | FetchError::Address(_)
            ) || is_literal_outside(&typed)
                || (refused == FetchError::Connection && !is_host_name(&typed)),
            "{}: {:?}", typed, refused
        );
    }

    #[test]
    fn a_private_address_stays_private_however_it_is_wrapped(
        private in prop_oneof![
            (0_u32..=0x00ff_ffff).prop_map(|rest| 0x0a00_0000 | rest),
            (0_u32..=0x00ff_ffff).prop_map(|rest| 0x7f00_0000 | rest),
            (0_u32..=0xffff).prop_map(|rest| 0xa9fe_0000 | rest),
            (0_u32..=0xffff).prop_map(|rest| 0xc0a8_0000 | rest),
            (0_u32..=0x000f_ffff).prop_map(|rest| 0xac10_0000 | rest),
        ],
    ) {
        let v4 = Ipv4Addr::from(private);
        prop_assert!(!is_public(v4.into()));
        let bits = u128::from(private);
        for wrapped in [
            Ipv6Addr::from(0xffff_0000_0000_u128 | bits),
            Ipv6Addr::from(bits),
            // NAT64 (RFC 6052, RFC 8215), 6to4, Teredo, ISATAP.
            Ipv6Addr::from(0x0064_ff9b_u128 << 96 | bits),
            Ipv6Addr::from(0x0064_ff9b_0001_u128 << 80 | bits),
            Ipv6Addr::from(0x2002_u128 << 112 | bits << 80),
            Ipv6Addr::from(0x2001_u128 << 112 | (bits ^ 0xffff_ffff)),
            Ipv6Addr::from(0xfe80_u128 << 112 | 0x5efe_u128 << 32 | bits),
        ] {
            prop_assert!(!is_public(wrapped.into()), "{}", wrapped);
        }
    }

    #[test]
    fn an_instance_is_a_host_and_leads_to_itself(edits in edits(), choice: u8) {
        let seeds = ["mastodon.social", "@ada@mastodon.social", "https://mastodon.social/@ada"];
        let typed = text(seeds[usize::from(choice) % seeds.len()], &edits, &WORDS);
        if let Some(host) = mastodon_host(&typed) {
            let message = Message { title: "T", text: &typed, link: None };
            let network = entity::enums::Network::Mastodon;
            let led = target(network, &Sites::default(), Some(&host), message).unwrap();
            let led = Url::parse(&led).unwrap();
            prop_assert_eq!(led.host_str(), Some(host.as_str()));
            prop_assert_eq!((led.scheme(), led.path()), ("https", "/share"));
            prop_assert!(led.port().is_none() && led.username().is_empty());
            prop_assert!(matches!(led.host(), Some(url::Host::Domain(_))));
        }
    }

    #[test]
    fn no_words_leave_their_parameter(edits in edits(), choice: u8) {
        let typed = text("Tea & \"coffee\"?", &edits, &WORDS);
        let network = NETWORKS[usize::from(choice) % NETWORKS.len()];
        let with_link = [None, Some("https://c.example/l/abcdefgh")];
        for link in with_link {
            let message = Message { title: &typed, text: &typed, link };
            let quiet = Message { title: "T", text: "T", link };
            let led = target(network, &Sites::default(), Some("m.example"), message);
            let same = target(network, &Sites::default(), Some("m.example"), quiet);
            prop_assert_eq!(led.is_some(), same.is_some());
            if let (Some(led), Some(same)) = (led, same) {
                prop_assert!(led.bytes().all(|byte| (0x21..0x7f).contains(&byte)));
                let (led, same) = (Url::parse(&led).unwrap(), Url::parse(&same).unwrap());
                prop_assert_eq!(led.origin().ascii_serialization(), same.origin().ascii_serialization());
                prop_assert_eq!(led.path(), same.path());
                let names = |url: &Url| -> Vec<String> {
                    url.query_pairs().map(|(name, _)| name.into_owned()).collect()
                };
                prop_assert_eq!(names(&led), names(&same));
                prop_assert_eq!(led.fragment(), None);
            }
        }
    }

    #[test]
    fn who_is_acted_for_is_somebody_or_nobody(edits in edits(), choice: u8) {
        let seeds = ["slack/T0ACME/U0ADA", "discord/-/1", "email/ada@acme.example", "owner/acme"];
        let written = text(seeds[usize::from(choice) % seeds.len()], &edits, &["/", "owner", "-"]);
        if let Ok(Principal::Account(account)) = written.parse::<Principal>() {
            for part in [&account.workspace_ref, &account.user_ref] {
                prop_assert!((1..=64).contains(&part.len()));
                prop_assert!(part == "-" || part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            }
        }
    }
}

/// What the fetcher says of an address, where names lead inside.
fn inside(typed: &str) -> FetchError {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        static FETCHER: Fetcher = {
            let config = Config::parse("", []).unwrap().fetch;
            Fetcher::new(config, Arc::new(Inside)).unwrap()
        };
    }
    if is_literal_outside(typed) {
        // Nothing leaves this machine, not even by a lucky mutation.
        return FetchError::Connection;
    }
    let asked = FETCHER.with(Fetcher::clone);
    RUNTIME.with(|runtime| {
        runtime
            .block_on(asked.feed(typed, &Validators::default()))
            .unwrap_err()
    })
}

/// Whether its host is a number or a name as they are registered; others cannot be asked for.
fn is_host_name(typed: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let host = parse(typed)
        .ok()
        .and_then(|url| Some(url.host()?.to_owned()));
    match host {
        Some(url::Host::Domain(name)) => {
            name.len() <= 253
                && name
                    .strip_suffix('.')
                    .unwrap_or(&name)
                    .split('.')
                    .all(is_label)
        }
        Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)) => true,
        None => false,
    }
}

/// Whether it is a number that belongs to somebody out there.
fn is_literal_outside(typed: &str) -> bool {
    let literal = parse(typed).ok().and_then(|url| match url.host()? {
        url::Host::Ipv4(address) => Some(IpAddr::V4(address)),
        url::Host::Ipv6(address) => Some(IpAddr::V6(address)),
        url::Host::Domain(_) => None,
    });
    literal.is_some_and(is_public)
}
