//! What reaches a receiver, and what is turned away before.

mod hostile;

use std::sync::Mutex;

use server_api::enums::Platform;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::clock::mock::MockClock;
use crate::metrics::Metrics;

/// A platform whose signature is the word `good`; remembers what reached it.
#[derive(Default)]
struct Listener {
    reached: Mutex<Vec<String>>,
    checked: Mutex<usize>,
}

#[async_trait]
impl Receiver for Listener {
    fn seal(&self) -> Seal {
        Seal {
            stamp: "x-stamp",
            signature: "x-signature",
        }
    }

    fn is_genuine(&self, _stamp: &str, signature: &str, _body: &[u8]) -> bool {
        *self.checked.lock().unwrap() += 1;
        signature == "good"
    }

    async fn answer(&self, _headers: &HeaderMap, body: Bytes) -> Response {
        let body = String::from_utf8(body.to_vec()).unwrap();
        self.reached.lock().unwrap().push(body);
        "taken".into_response()
    }
}

struct World {
    listener: Arc<Listener>,
    url: String,
    now: i64,
    shutdown: CancellationToken,
    serving: tokio::task::JoinHandle<std::io::Result<()>>,
}

fn world() -> World {
    patient_for(HEAD_WITHIN)
}

fn patient_for(patience: Duration) -> World {
    let listener = Arc::new(Listener::default());
    let clock = Arc::new(Standing);
    let routes = router(
        "/events",
        listener.clone(),
        clock.clone(),
        Metrics::default().of(Platform::Slack),
    );
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let shutdown = CancellationToken::new();
    let stop = shutdown.clone();
    let serving = tokio::spawn(async move {
        serve_patiently(patience, (&socket, routes), clock.as_ref(), stop).await
    });
    World {
        listener,
        url,
        now: Standing.wall().timestamp(),
        shutdown,
        serving,
    }
}

/// A clock that stands still and lets nobody run out of time.
struct Standing;

#[async_trait]
impl Clock for Standing {
    fn now(&self) -> std::time::Instant {
        MockClock::default().now()
    }

    fn wall(&self) -> chrono::DateTime<chrono::Utc> {
        MockClock::default().wall()
    }

    async fn sleep(&self, _duration: Duration) {
        std::future::pending::<()>().await;
    }
}

impl World {
    async fn sends(&self, stamp: i64, signature: &str, body: String) -> (u16, String) {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = http
            .post(format!("{}/events", self.url))
            .header("x-stamp", stamp.to_string())
            .header("x-signature", signature)
            .body(body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// What the listener answers to bytes on a connection; the connection stays open.
    async fn raw(&self, request: &str) -> String {
        let place = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(place).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = vec![0; 256];
        let length = stream.read(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[..length]).into_owned()
    }

    fn reached(&self) -> Vec<String> {
        self.listener.reached.lock().unwrap().clone()
    }

    fn checked(&self) -> usize {
        *self.listener.checked.lock().unwrap()
    }
}

#[tokio::test]
async fn what_is_genuine_reaches_the_receiver_once() {
    let world = world();
    let first = world.sends(world.now, "good", "a".into()).await;
    assert_eq!(first, (200, "taken".to_owned()));
    let again = world.sends(world.now, "good", "a".into()).await;
    assert_eq!(again, (200, String::new()));
    assert_eq!(world.reached(), ["a"]);
}

#[tokio::test]
async fn forged_and_stale_requests_are_turned_away_and_leave_no_trace() {
    let world = world();
    assert_eq!(world.sends(world.now, "bad", "a".into()).await.0, 401);
    let stale = world.sends(world.now - 301, "good", "a".into()).await;
    assert_eq!(stale.0, 401);
    let ahead = world.sends(world.now + 301, "good", "a".into()).await;
    assert_eq!(ahead.0, 401);
    assert_eq!(world.checked(), 1, "a stale request costs no signature");
    assert!(world.reached().is_empty());
    // What was refused is still new.
    assert_eq!(world.sends(world.now, "good", "a".into()).await.0, 200);
    assert_eq!(world.reached(), ["a"]);
}

#[tokio::test]
async fn a_seal_must_stand_there_exactly_once() {
    let world = world();
    let now = world.now;
    for seal in [
        String::new(),
        format!("x-stamp: {now}\r\n"),
        "x-signature: good\r\n".to_owned(),
        format!("x-stamp: {now}\r\nx-signature: good\r\nx-signature: good\r\n"),
        format!("x-stamp: {now}\r\nx-stamp: {now}\r\nx-signature: good\r\n"),
        "x-stamp: now\r\nx-signature: good\r\n".to_owned(),
    ] {
        let request =
            format!("POST /events HTTP/1.1\r\nhost: a\r\n{seal}content-length: 0\r\n\r\n");
        let answer = world.raw(&request).await;
        assert!(answer.starts_with("HTTP/1.1 401"), "{seal:?}: {answer}");
    }
    assert!(world.reached().is_empty());
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_before_its_signature_is_looked_at() {
    let world = world();
    let fits = "x".repeat(BODY_LIMIT);
    assert_eq!(world.sends(world.now, "good", fits).await.0, 200);
    assert_eq!(world.checked(), 1);
    // Announced: refused although not a byte of it has come.
    let announced = world
        .raw("POST /events HTTP/1.1\r\nhost: a\r\ncontent-length: 262145\r\n\r\n")
        .await;
    assert!(announced.starts_with("HTTP/1.1 413"), "{announced}");
    // Not announced: refused while it comes.
    let chunk = "x".repeat(BODY_LIMIT + 1);
    let size = chunk.len();
    let head = "POST /events HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunked = world.raw(&format!("{head}{size:x}\r\n{chunk}\r\n")).await;
    assert!(chunked.starts_with("HTTP/1.1 413"), "{chunked}");
    assert_eq!(world.checked(), 1);
}

#[tokio::test]
async fn only_posts_to_its_own_path_are_taken() {
    let world = world();
    let other = world.raw("GET /events HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(other.starts_with("HTTP/1.1 405"), "{other}");
    let elsewhere = world
        .raw("POST /else HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n")
        .await;
    assert!(elsewhere.starts_with("HTTP/1.1 404"), "{elsewhere}");
    let health = world.raw("GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(health.starts_with("HTTP/1.1 200"), "{health}");
}

#[tokio::test]
async fn it_ends_when_it_is_time_to_stop() {
    let world = world();
    assert_eq!(world.sends(world.now, "good", "a".into()).await.0, 200);
    world.shutdown.cancel();
    world.serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn who_sends_the_endpoint_a_head_slowly_or_not_at_all_does_not_keep_a_connection() {
    let world = patient_for(Duration::from_millis(200));
    for begun in ["", "POST /events HTTP/1.1\r\nhost: a\r\nx-slow", "P"] {
        let place = world.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(place).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        let mut rest = String::new();
        let ending = stream.read_to_string(&mut rest);
        let ended = tokio::time::timeout(Duration::from_secs(20), ending).await;
        ended.expect("the connection is kept open").unwrap();
        assert!(!rest.contains("200 OK"), "{rest}");
    }
    assert!(world.reached().is_empty());
}
