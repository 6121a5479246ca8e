//! Tests of the module above.

use std::io::Write;
use std::net::IpAddr;
use std::time::Duration;

use futures::future::BoxFuture;
use reqwest::dns::Resolve as _;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::domain::web_address::AddressFault;

/// Answers every name with the same addresses.
#[derive(Debug)]
struct Always(Vec<IpAddr>);

impl Lookup for Always {
    fn lookup(&self, _: String) -> BoxFuture<'static, Vec<IpAddr>> {
        let found = self.0.clone();
        Box::pin(async move { found })
    }
}

fn addresses(texts: &[&str]) -> Arc<dyn Lookup> {
    Arc::new(Always(texts.iter().map(|t| t.parse().unwrap()).collect()))
}

fn fetcher(allow: &[String], lookup: Arc<dyn Lookup>) -> Fetcher {
    let settings = FetchConfig {
        allow: allow.to_vec(),
        timeout: Duration::from_millis(700),
        max_bytes: 100_000,
    };
    Fetcher::new(settings, lookup).unwrap()
}

async fn fetch(fetcher: &Fetcher, url: &str) -> Result<Fetched, FetchError> {
    fetcher.feed(url, &Validators::default()).await
}

/// A server of one answer: what it sends, and for how often it repeats the end of it.
async fn serve(answer: Vec<u8>, endless: Option<&'static [u8]>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 4_096];
                let _ = socket.read(&mut request).await;
                let _ = socket.write_all(&answer).await;
                while let Some(more) = endless {
                    if more.is_empty() {
                        // Silence: the connection stays open and says nothing.
                        std::future::pending::<()>().await;
                    }
                    if socket.write_all(more).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    place
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn redirect_to(target: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: {target}\r\n\r\n"
    )
    .into_bytes()
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(plain).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn an_allowed_place_is_fetched_with_its_validators() {
    let place = serve(
        answer(
            "Content-Type: application/rss+xml\r\nETag: \"v1\"\r\n\
             Last-Modified: Mon, 16 Nov 2026 10:00:00 GMT\r\n",
            b"<rss/>",
        ),
        None,
    )
    .await;
    let fetcher = fetcher(std::slice::from_ref(&place), addresses(&[]));
    let Fetched::Document(document) = fetch(&fetcher, &format!("http://{place}/feed"))
        .await
        .unwrap()
    else {
        panic!("it was not fetched");
    };
    assert_eq!(document.body, b"<rss/>");
    assert_eq!(document.validators.etag.as_deref(), Some("\"v1\""));
    assert!(document.validators.last_modified.is_some());
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let asked = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4_096];
        let length = socket.read(&mut request).await.unwrap();
        socket
            .write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
            .await
            .unwrap();
        String::from_utf8_lossy(&request[..length]).to_lowercase()
    });
    let fetcher = fetcher(std::slice::from_ref(&place), addresses(&[]));
    let known = Validators {
        etag: Some("\"v1\"".into()),
        last_modified: Some("Mon, 16 Nov 2026 10:00:00 GMT".into()),
    };
    let outcome = fetcher.feed(&format!("http://{place}/"), &known).await;
    assert_eq!(outcome, Ok(Fetched::NotModified));
    let asked = asked.await.unwrap();
    assert!(asked.contains("if-none-match: \"v1\""), "{asked}");
    assert!(asked.contains("if-modified-since: mon, 16 nov"), "{asked}");
    assert!(asked.contains("user-agent: chorus/"), "{asked}");
}

#[tokio::test]
async fn no_address_into_private_networks_is_fetched() {
    let fetcher = fetcher(&[], addresses(&["127.0.0.1"]));
    for url in [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        // Names, by what the resolver says of them.
        "http://localhost/",
        "http://innocent.example/",
        "https://innocent.example./",
    ] {
        let refused = fetch(&fetcher, url).await;
        assert_eq!(refused, Err(FetchError::NotPublic), "{url}");
    }
}

#[tokio::test]
async fn a_name_with_private_addresses_of_any_kind_leads_nowhere() {
    for private in [
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "::ffff:10.0.0.1",
        "fd00::1",
    ] {
        let fetcher = fetcher(&[], addresses(&[private]));
        let refused = fetch(&fetcher, "http://rebound.example/").await;
        assert_eq!(refused, Err(FetchError::NotPublic), "{private}");
    }
    let refused = fetch(&fetcher(&[], addresses(&[])), "http://nowhere.example/").await;
    assert_eq!(refused, Err(FetchError::Unresolved));
}

/// A name that leads to the world when it is checked, and inside when it is used.
#[derive(Debug, Default)]
struct Rebinding(std::sync::atomic::AtomicUsize);

impl Lookup for Rebinding {
    fn lookup(&self, _: String) -> BoxFuture<'static, Vec<IpAddr>> {
        let asked = self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let found = if asked == 0 {
            "93.184.216.34"
        } else {
            "127.0.0.1"
        };
        Box::pin(async move { vec![found.parse().unwrap()] })
    }
}

#[tokio::test]
async fn a_name_that_changes_its_mind_between_check_and_use_leads_nowhere() {
    let name = || "rebound.example".parse::<reqwest::dns::Name>().unwrap();
    let guarded = Guarded {
        lookup: Arc::new(Rebinding::default()),
        door: Door::PublicOnly,
    };
    let first: Vec<_> = guarded.resolve(name()).await.unwrap().collect();
    assert_eq!(first, ["93.184.216.34:0".parse().unwrap()]);
    let second = guarded
        .resolve(name())
        .await
        .map(Iterator::collect::<Vec<_>>);
    assert!(second.is_err(), "{second:?}");

    // What a client connects to is what the guard let through, and nobody asks for it twice.
    let lookup = Arc::new(Rebinding(1.into()));
    let fetcher = fetcher(&[], Arc::clone(&lookup) as Arc<dyn Lookup>);
    let refused = fetch(&fetcher, "http://rebound.example/").await;
    assert_eq!(refused, Err(FetchError::NotPublic));
    assert_eq!(lookup.0.load(std::sync::atomic::Ordering::SeqCst), 2);
}

#[tokio::test]
async fn only_the_webs_ports_and_schemes_are_open() {
    let fetcher = fetcher(&[], addresses(&["93.184.216.34"]));
    for (url, refusal) in [
        ("http://example.org:22/", FetchError::Port(22)),
        ("http://example.org:8080/", FetchError::Port(8080)),
        (
            "ftp://example.org/",
            FetchError::Address(AddressFault::Scheme),
        ),
        (
            "file:///etc/passwd",
            FetchError::Address(AddressFault::Scheme),
        ),
        (
            "http://me:pw@example.org/",
            FetchError::Address(AddressFault::Credentials),
        ),
    ] {
        assert_eq!(fetch(&fetcher, url).await, Err(refusal), "{url}");
    }
}

#[tokio::test]
async fn the_list_of_allowed_places_is_exact() {
    let place = serve(answer("", b"inside"), None).await;
    let (_, port) = place.split_once(':').unwrap();
    let fetcher = fetcher(&[format!("news.local:{port}")], addresses(&["127.0.0.1"]));
    assert!(
        fetch(&fetcher, &format!("http://NEWS.local:{port}/"))
            .await
            .is_ok()
    );
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://other.local:{port}/"),
        "http://news.local:1/".to_owned(),
        "http://news.local/".to_owned(),
    ] {
        assert!(fetch(&fetcher, &url).await.is_err(), "{url}");
    }
}

#[tokio::test]
async fn a_redirect_does_not_lead_inside() {
    let inside = serve(answer("", b"secret"), None).await;
    for target in [
        format!("http://{inside}/"),
        "http://127.0.0.1/".to_owned(),
        "http://[::1]/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "http://private.example/".to_owned(),
    ] {
        let outside = serve(redirect_to(&target), None).await;
        let fetcher = fetcher(std::slice::from_ref(&outside), addresses(&["10.0.0.1"]));
        let refused = fetch(&fetcher, &format!("http://{outside}/")).await;
        assert!(
            matches!(
                refused,
                Err(FetchError::NotPublic | FetchError::Port(_) | FetchError::Address(_))
            ),
            "{target}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn redirects_are_followed_but_not_for_ever() {
    let end = serve(answer("Content-Type: text/xml\r\n", b"<rss/>"), None).await;
    let start = serve(redirect_to(&format!("http://{end}/moved")), None).await;
    let fetcher_of_both = fetcher(&[start.clone(), end.clone()], addresses(&[]));
    let Ok(Fetched::Document(document)) =
        fetch(&fetcher_of_both, &format!("http://{start}/")).await
    else {
        panic!("the redirect was not followed");
    };
    assert_eq!(document.url.path(), "/moved");
    let round = serve(redirect_to("/again"), None).await;
    let fetcher_of_round = fetcher(std::slice::from_ref(&round), addresses(&[]));
    let refused = fetch(&fetcher_of_round, &format!("http://{round}/")).await;
    assert_eq!(refused, Err(FetchError::TooManyRedirects));
}

#[tokio::test]
async fn no_body_is_larger_than_allowed() {
    let head = |length: &str| {
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n{length}\r\n").into_bytes()
    };
    let declared = serve(head("Content-Length: 999999999\r\n"), None).await;
    let endless = serve(head("Connection: close\r\n"), Some(&[b'x'; 4_096])).await;
    let packed = gzip(&vec![b'x'; 50_000_000]);
    assert!(packed.len() < 100_000, "the bomb is small while packed");
    let bomb = serve(
        answer(
            "Content-Type: text/xml\r\nContent-Encoding: gzip\r\n",
            &packed,
        ),
        None,
    )
    .await;
    for place in [declared, endless, bomb] {
        let fetcher = fetcher(std::slice::from_ref(&place), addresses(&[]));
        let refused = fetch(&fetcher, &format!("http://{place}/")).await;
        assert_eq!(refused, Err(FetchError::TooLarge(100_000)), "{place}");
    }
}

#[tokio::test]
async fn nobody_keeps_us_waiting() {
    let silent = serve(Vec::new(), Some(b"")).await;
    let half = serve(
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec(),
        Some(b""),
    )
    .await;
    for place in [silent, half] {
        let fetcher = fetcher(std::slice::from_ref(&place), addresses(&[]));
        let refused = fetch(&fetcher, &format!("http://{place}/")).await;
        assert!(
            matches!(refused, Err(FetchError::TimedOut(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn what_is_no_text_is_refused_by_its_type() {
    for (headers, fits) in [
        ("Content-Type: image/png\r\n", false),
        ("Content-Type: application/pdf\r\n", false),
        ("Content-Type: image/svg+xml\r\n", false),
        ("Content-Type: application/feed+json\r\n", true),
        ("Content-Type: Text/XML; charset=utf-8\r\n", true),
        ("", true),
    ] {
        let place = serve(answer(headers, b"body"), None).await;
        let fetcher = fetcher(std::slice::from_ref(&place), addresses(&[]));
        let outcome = fetch(&fetcher, &format!("http://{place}/")).await;
        assert_eq!(outcome.is_ok(), fits, "{headers}: {outcome:?}");
    }
}

#[test]
fn only_passing_failures_are_worth_another_try() {
    assert!(FetchError::Connection.is_temporary());
    assert!(FetchError::Status(503).is_temporary());
    assert!(FetchError::Status(429).is_temporary());
    assert!(!FetchError::Status(404).is_temporary());
    assert!(!FetchError::NotPublic.is_temporary());
}
