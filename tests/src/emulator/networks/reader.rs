//! Another reader of a post, who clicks its link: an ordinary browser at an address of their own.
use super::state::{Networks, Visit};
use crate::browser::Browser;

/// Ordinary browsers: a name for people, and the user agent.
const BROWSERS: [(&str, &str); 11] = [
    (
        "Chrome on Windows",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    ),
    (
        "Safari on iPhone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    ),
    (
        "Firefox on Linux",
        "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    ),
    (
        "Chrome on Android",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    ),
    (
        "Safari on Mac",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    ),
    (
        "Edge on Windows",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
    ),
    (
        "Firefox on Windows",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
    ),
    (
        "Chrome on Mac",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    ),
    (
        "Safari on iPad",
        "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    ),
    (
        "Samsung Internet",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    ),
    (
        "Firefox on Android",
        "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0",
    ),
];

/// Two networks kept for documentation (RFC 5737), so that no reader is anybody.
const RANGES: [&str; 2] = ["203.0.113", "198.51.100"];

/// Clicks the link of a post and records where it led; nothing further is followed.
pub(super) async fn clicks(networks: &Networks, post: u64) -> Option<Visit> {
    let link = networks.post(post)?.link?;
    let number = networks.next_reader();
    let (browser, agent) = BROWSERS.get(number % BROWSERS.len())?;
    let range = RANGES.get(number % RANGES.len())?;
    let address = format!("{range}.{}", number % 253 + 1);
    let mut visit = Visit {
        browser: (*browser).to_owned(),
        address: address.clone(),
        status: 0,
        went_to: None,
    };
    if is_ours(&link) {
        let headers = [
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        let answer = match Browser::new(agent, &address) {
            Ok(reader) => reader.opens_with(&link, &headers).await.ok(),
            Err(_) => None,
        };
        if let Some(answer) = answer {
            visit.status = answer.status.as_u16();
            visit.went_to = answer.location().map(str::to_owned);
        }
    }
    networks.note_visit(post, visit.clone());
    Some(visit)
}

/// Whether an address lies on this machine: the emulator fetches nothing else.
pub(super) fn is_ours(link: &str) -> bool {
    let Ok(url) = url::Url::parse(link) else {
        return false;
    };
    let is_loopback = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && is_loopback
}
