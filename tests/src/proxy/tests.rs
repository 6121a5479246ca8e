//! What the proxy does to a request, against a platform that counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::Message;
use axum::routing::{get, post};
use futures::{SinkExt, StreamExt};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::*;

/// Longer than a slow body takes.
const ENOUGH: Duration = Duration::from_secs(5);
/// As long as a client waits for an answer that never comes.
const A_WHILE: Duration = Duration::from_millis(300);

struct Bench {
    proxy: Proxy,
    arrived: Arc<AtomicUsize>,
    client: reqwest::Client,
}

async fn bench(plan: Plan) -> Bench {
    let arrived = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&arrived);
    let platform = Router::new()
        .route(
            "/post",
            post(async move |body: String| {
                count.fetch_add(1, Ordering::SeqCst);
                format!("took {body}")
            }),
        )
        .route(
            "/socket",
            get(async |upgrade: WebSocketUpgrade| {
                upgrade.on_upgrade(async |mut socket| {
                    while let Some(Ok(Message::Text(text))) = socket.recv().await {
                        let echoed = socket.send(Message::Text(text)).await;
                        assert!(echoed.is_ok());
                    }
                })
            }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, platform).await.unwrap() });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stop = CancellationToken::new();
    Bench {
        proxy: Proxy::start(listener, (Chat::Slack, upstream), plan, stop).unwrap(),
        arrived,
        client: reqwest::Client::builder().no_proxy().build().unwrap(),
    }
}

impl Bench {
    async fn posts(&self, within: Duration) -> Result<(u16, String), reqwest::Error> {
        let url = format!("http://{}/post", self.proxy.address());
        let request = self.client.post(url).timeout(within).body("this");
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        Ok((status, answer.text().await?))
    }

    fn arrived(&self) -> usize {
        self.arrived.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn a_quiet_line_changes_nothing_and_keeps_the_connection() {
    let bench = bench(Plan::quiet()).await;
    for _ in 0..3 {
        let answer = bench.posts(ENOUGH).await.unwrap();
        assert_eq!(answer, (200, "took this".to_owned()));
    }
    assert_eq!((bench.arrived(), bench.proxy.tally().passed), (3, 3));
    assert!(bench.proxy.is_quiet());
}

#[tokio::test]
async fn each_fault_is_told_by_its_answer_and_by_what_arrived() {
    for (fault, status, arrived) in [
        (Fault::TooMany, Some(429), 0),
        (Fault::TooManyUnsaid, Some(429), 0),
        (Fault::ServerError, Some(500), 0),
        (Fault::BadGateway, Some(502), 1),
        (Fault::Silence, None, 0),
        (Fault::Swallowed, None, 1),
        (Fault::ResetBefore, None, 0),
        (Fault::ResetAfter, None, 1),
        (Fault::SlowBody, Some(200), 1),
        (Fault::Duplicate, Some(200), 2),
        (Fault::Overtaken, Some(200), 1),
    ] {
        let bench = bench(Plan::only(fault)).await;
        let within = if status.is_none() { A_WHILE } else { ENOUGH };
        let answer = bench.posts(within).await;
        assert_eq!(answer.ok().map(|(status, _)| status), status, "{fault:?}");
        assert_eq!(bench.arrived(), arrived, "{fault:?}");
        let tally = bench.proxy.tally();
        assert_eq!(tally.struck.get(&fault), Some(&1));
        assert_eq!((tally.faults(), tally.passed), (1, 0));
        let heard = &tally.log[0];
        assert_eq!(
            (heard.request.as_str(), heard.fault),
            ("POST /post", Some(fault))
        );
        assert!(bench.proxy.is_quiet());
    }
}

#[tokio::test]
async fn a_reset_is_told_at_once_and_silence_is_not() {
    let reset = bench(Plan::only(Fault::ResetAfter)).await;
    let error = reset.posts(ENOUGH).await.unwrap_err();
    assert!(!error.is_timeout() && !error.is_connect(), "{error:?}");
    let silent = bench(Plan::only(Fault::Silence)).await;
    assert!(silent.posts(A_WHILE).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_request_that_is_overtaken_arrives_after_the_next() {
    let bench = bench(Plan::only(Fault::Overtaken)).await;
    let began = Instant::now();
    let (first, second) = tokio::join!(bench.posts(ENOUGH), async {
        while bench.proxy.tally().faults() == 0 {
            tokio::task::yield_now().await;
        }
        bench.proxy.plan(Plan::quiet());
        bench.posts(ENOUGH).await
    });
    assert!(first.is_ok() && second.is_ok());
    assert!(
        began.elapsed() < Duration::from_millis(900),
        "it was let by"
    );
}

#[tokio::test]
async fn a_request_whose_sender_died_arrives_all_the_same() {
    let bench = bench(Plan::slow(1, Duration::from_millis(80))).await;
    let address = bench.proxy.address();
    let request =
        format!("POST /post HTTP/1.1\r\nhost: {address}\r\ncontent-length: 4\r\n\r\nthis");
    for _ in 0..5 {
        // By hand: a client that gives up after a moment may not have sent anything by then.
        let mut dying = TcpStream::connect(address).await.unwrap();
        dying.write_all(request.as_bytes()).await.unwrap();
    }
    let deadline = Instant::now() + ENOUGH;
    while bench.arrived() < 5 && Instant::now() < deadline {
        tokio::task::yield_now().await;
    }
    assert_eq!(bench.arrived(), 5);
}

#[tokio::test]
async fn websockets_pass() {
    let bench = bench(Plan::only(Fault::Silence)).await;
    let url = format!("ws://{}/socket", bench.proxy.address());
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    socket.send("hello".into()).await.unwrap();
    let echoed = socket.next().await.unwrap().unwrap();
    assert_eq!(echoed.into_text().unwrap().as_str(), "hello");
    assert_eq!(bench.proxy.tally().faults(), 0);
}
