//! Requests that are no requests: smuggled, endless, too large, half sent, and paths that
//! climb.

use std::time::Duration;

use axum::body::Bytes;
use entity::enums::{Network, Role};
use server::test_support::server::TestServer;
use server::test_support::{Kind, TestApp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use tests::effort::rounds;

use super::{raw, scene, statuses};

/// Longer than any body of the API.
const TOO_LONG: usize = 1024 * 1024 + 1;

#[tokio::test]
async fn a_second_request_cannot_hide_in_the_first() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let hidden = "GET /openapi.json HTTP/1.1\r\nhost: a\r\n\r\n";
    let length = hidden.len();
    // Both lengths: one of them rules, and the connection ends with the answer, so that
    // what a proxy took for the rest of the body is never read as a request.
    for head in [
        format!(
            "content-length: {}\r\ntransfer-encoding: chunked",
            length + 5
        ),
        format!(
            "transfer-encoding: chunked\r\ncontent-length: {}",
            length + 5
        ),
    ] {
        let request =
            format!("POST /s/x/done HTTP/1.1\r\nhost: a\r\n{head}\r\n\r\n0\r\n\r\n{hidden}");
        let answer = raw(&server.public, request.as_bytes()).await;
        assert_eq!(statuses(&answer).len(), 1, "{head}: {answer}");
        assert!(!answer.contains("openapi"), "{head}: {answer}");
    }
    for head in [
        "content-length: 5\r\ncontent-length: 6",
        "content-length: 5, 6",
        "content-length: +5",
        "content-length: -5",
        "content-length: 0x5",
        "content-length: 99999999999999999999999",
        "transfer-encoding: xchunked",
        "transfer-encoding: chunked, identity",
        "transfer-encoding : chunked",
        "content-length : 5",
        "transfer-encoding:\r\n chunked",
        "x: y\r\n folded: z",
        "x\u{0}: y",
        "x: y\u{0}z",
        ": nameless",
        "no colon",
    ] {
        let request = format!("POST /s/x/done HTTP/1.1\r\nhost: a\r\n{head}\r\n\r\nhello{hidden}");
        let answer = raw(&server.public, request.as_bytes()).await;
        let statuses = statuses(&answer);
        assert!(
            statuses.len() == 1 && statuses[0].starts_with("HTTP/1.1 400"),
            "{head:?}: {answer}"
        );
    }
    assert!(is_well(&server).await);
}

#[tokio::test]
async fn what_is_no_request_gets_no_answer_of_one() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    for line in [
        "GET / HTTP/1.1 x\r\n",
        "GET  / HTTP/1.1\r\n",
        "G\u{0}T / HTTP/1.1\r\n",
        "GET /a b HTTP/1.1\r\n",
        "GET / HTTP/3.1\r\n",
        "\u{16}\u{3}\u{1}\u{2}",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let answer = raw(&server.public, format!("{line}host: a\r\n\r\n").as_bytes()).await;
        let good = statuses(&answer).iter().any(|line| line.contains(" 200"));
        assert!(!good, "{line:?}: {answer}");
    }
    assert!(is_well(&server).await);
}

/// Whether the server answers others.
async fn is_well(server: &TestServer) -> bool {
    let answer = server.visit(reqwest::Method::GET, "/healthz", &[]).await;
    answer.status == 200
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let long = "x".repeat(500_000);
    for head in [
        format!("GET /{long} HTTP/1.1\r\nhost: a\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nhost: a\r\nx: {long}\r\n\r\n"),
        format!(
            "GET / HTTP/1.1\r\nhost: a\r\n{}\r\n",
            "x: y\r\n".repeat(1_000)
        ),
    ] {
        let answer = raw(&server.public, head.as_bytes()).await;
        let refused = statuses(&answer);
        let expected = ["HTTP/1.1 414", "HTTP/1.1 431"];
        let refused = refused
            .iter()
            .any(|line| expected.iter().any(|it| line.starts_with(it)));
        // Where more comes than is read, the connection may break before the answer is seen.
        assert!(refused || answer.is_empty(), "{answer}");
    }
    assert!(is_well(&server).await);
}

#[tokio::test]
async fn a_body_over_the_limit_is_413_declared_or_not() {
    let t = TestApp::new(Kind::Sqlite).await;
    let actor = t.actor(&[Role::Owner]).await;
    let (server, token) = (t.server().await, t.token(&actor).await);
    let (actor, post) = scene(&t).await;
    let share = t.share_path(&actor, &post, Network::Mastodon);
    let instance = format!("{share}/instance");
    for (path, kind) in [
        ("/api/v1/posts", "application/json"),
        (instance.as_str(), "application/x-www-form-urlencoded"),
    ] {
        let ask = |body: reqwest::Body| {
            server
                .http
                .post(format!("{}{path}", server.public))
                .bearer_auth(&token)
                .header("content-type", kind)
                .body(body)
                .send()
        };
        let long = "a".repeat(TOO_LONG);
        let declared = ask(long.clone().into()).await.unwrap();
        assert_eq!(declared.status(), 413, "{path}");
        // In pieces, without a length.
        let pieces = futures::stream::iter(
            long.into_bytes()
                .chunks(65_536)
                .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)))
                .collect::<Vec<_>>(),
        );
        let chunked = ask(reqwest::Body::wrap_stream(pieces)).await.unwrap();
        assert_eq!(chunked.status(), 413, "{path}");
    }
    assert!(is_well(&server).await);
}

/// Takes the server's own limit of time, thirty-five seconds: tried in the long form only.
#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    if rounds(0, 1) == 0 {
        return;
    }
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let request = "POST /s/x/instance HTTP/1.1\r\nhost: a\r\n\
        content-type: application/x-www-form-urlencoded\r\ncontent-length: 99\r\n\r\ninst";
    let place = server.public.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(place).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 64];
    let read = stream.read(&mut answer);
    let length = tokio::time::timeout(Duration::from_mins(1), read).await;
    let length = length
        .unwrap_or_else(|_| panic!("it is waited for"))
        .unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]);
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
}

#[tokio::test]
async fn who_sends_half_a_request_holds_up_nobody_else() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    let place = server.public.strip_prefix("http://").unwrap();
    let mut idle = Vec::new();
    for half in [
        "",
        "GET / HTTP/1.1\r\nhost: a\r\nx: ",
        "POST /s/x/instance HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nx",
        "POST /api/v1/posts HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
    ]
    .iter()
    .cycle()
    .take(200)
    {
        let mut stream = TcpStream::connect(place).await.unwrap();
        stream.write_all(half.as_bytes()).await.unwrap();
        idle.push(stream);
    }
    assert!(is_well(&server).await);
    drop(idle);
    assert!(is_well(&server).await);
}

#[tokio::test]
async fn no_path_climbs_out_of_our_own_files() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    for path in [
        "/assets/../Cargo.toml",
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/assets/..%5c..%5cetc%5cpasswd",
        "/assets/%252e%252e%252fetc%252fpasswd",
        "/assets//etc/passwd",
        "/assets/%00",
        "/assets/chorus.css%00.txt",
        "/assets/%ff",
        "/assets/",
        "/assets",
        "/../../etc/passwd",
        "//etc/passwd",
        "/data/secret.key",
        "/secret.key",
        "/running.json",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let answer = raw(&server.public, request.as_bytes()).await;
        let refused = ["HTTP/1.1 404", "HTTP/1.1 400"];
        assert!(
            refused.iter().any(|line| answer.starts_with(line)),
            "{path}: {answer}"
        );
        assert!(
            !answer.contains("root:") && !answer.contains("[package]"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_path_in_no_known_letters_is_refused_like_any_other() {
    let t = TestApp::new(Kind::Sqlite).await;
    let server = t.server().await;
    for (path, status) in [
        ("/l/%ff", "404"),
        ("/s/%ff", "404"),
        ("/b/%ff", "404"),
        ("/s/%ff/done", "405"),
        ("/api/v1/posts/%ff", "401"),
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let answer = raw(&server.public, request.as_bytes()).await;
        let expected = format!("HTTP/1.1 {status}");
        assert!(answer.starts_with(&expected), "{path}: {answer}");
        assert!(!answer.contains("UTF-8"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn the_internal_listener_gives_no_page() {
    let t = TestApp::new(Kind::Sqlite).await;
    let (actor, post) = scene(&t).await;
    let server = t.server().await;
    for path in [
        t.share_path(&actor, &post, Network::X),
        "/l/abcdefgh".into(),
        "/b/x".into(),
    ] {
        let place = server.internal.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(place).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}
