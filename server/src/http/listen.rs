//! Serving routes on a listener until told to stop: like `axum::serve`, which lets a client
//! hold a connection for ever by sending the head of its request slowly, or not at all.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use axum::Extension;
use axum::extract::ConnectInfo;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Layer;

use super::Routes;

/// How long a connection may wait for the whole head of its next request. Longer than proxies
/// keep a connection that rests (60 seconds at most of them): the one who keeps it ends it.
const HEAD_WITHIN: Duration = Duration::from_secs(75);
/// How long to wait where the system gives no more connections now.
const EXHAUSTED: Duration = Duration::from_secs(1);

/// Serves until `stop` is cancelled and the requests then open are answered.
pub async fn serve(listener: TcpListener, routes: impl Into<Routes>, stop: CancellationToken) {
    serve_patiently(HEAD_WITHIN, listener, routes.into(), stop).await;
}

async fn serve_patiently(
    patience: Duration,
    listener: TcpListener,
    routes: Routes,
    stop: CancellationToken,
) {
    // HTTP/1 alone: before it is told from HTTP/2, no time is kept.
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience);
    let connections = TaskTracker::new();
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok(accepted) => {
                // A token of its own: one for all would be locked whenever any connection wakes.
                let (http, routes, stop) = (http.clone(), routes.clone(), stop.child_token());
                connections.spawn(converse(http, accepted, routes, stop));
            }
            Err(cause) => rest_after(&cause).await,
        }
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// Answers what comes on one connection.
async fn converse(
    http: Builder<TokioExecutor>,
    (stream, peer): (TcpStream, SocketAddr),
    routes: Routes,
    stop: CancellationToken,
) {
    let service = TowerToHyperService::new(Extension(ConnectInfo(peer)).layer(routes));
    let connection = http.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let is_over = tokio::select! {
        _ended = connection.as_mut() => true,
        () = stop.cancelled() => false,
    };
    if !is_over {
        connection.as_mut().graceful_shutdown();
        // How it ended is the client's business.
        let _ended = connection.await;
    }
}

/// A client that left before it was accepted is nobody's trouble; all else, such as too many
/// open files, needs a while to pass.
async fn rest_after(cause: &io::Error) {
    match cause.kind() {
        ErrorKind::ConnectionRefused
        | ErrorKind::ConnectionAborted
        | ErrorKind::ConnectionReset => {}
        _ => {
            tracing::error!(%cause, "no connection can be accepted: {cause}");
            rest().await;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the system's trouble passes in real time"
)]
async fn rest() {
    tokio::time::sleep(EXHAUSTED).await;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::Router;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::Notify;
    use tokio::task::JoinHandle;

    use super::*;

    /// How long a head may take here.
    const SHORT: Duration = Duration::from_millis(200);
    /// How long this test waits for what must come.
    const LONG: Duration = Duration::from_secs(20);

    struct Served {
        at: SocketAddr,
        stop: CancellationToken,
        serving: JoinHandle<()>,
        /// A slow answer has begun.
        begun: Arc<Notify>,
        /// Lets it go.
        go: Arc<Notify>,
    }

    async fn served(patience: Duration) -> Served {
        let (go, begun) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (wait, tell) = (Arc::clone(&go), Arc::clone(&begun));
        let router = Router::new()
            .route(
                "/who",
                get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
            )
            .route(
                "/slow",
                get(move || async move {
                    tell.notify_one();
                    wait.notified().await;
                    "at last"
                }),
            );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let serving = tokio::spawn(serve_patiently(
            patience,
            listener,
            router.into(),
            stop.clone(),
        ));
        Served {
            at,
            stop,
            serving,
            begun,
            go,
        }
    }

    async fn sends(at: SocketAddr, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream
    }

    /// Everything until the server ends the connection.
    async fn all(mut stream: TcpStream) -> String {
        let mut text = String::new();
        let reading = stream.read_to_string(&mut text);
        let outcome = tokio::time::timeout(LONG, reading).await;
        outcome.expect("the connection is kept open").unwrap();
        text
    }

    #[tokio::test]
    async fn who_sends_a_head_slowly_or_not_at_all_does_not_keep_a_connection() {
        let served = served(SHORT).await;
        // Its answer takes longer than a head may: that is no matter of the client's.
        let slow = sends(served.at, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        for begun in ["", "GET /who HTTP/1.1\r\nhost: a\r\nx-slow", "P"] {
            let text = all(sends(served.at, begun).await).await;
            assert!(!text.contains("200 OK"), "{text}");
        }
        served.go.notify_one();
        assert!(all(slow).await.ends_with("at last"));
    }

    #[tokio::test]
    async fn a_request_is_answered_on_a_kept_connection_and_knows_its_peer() {
        let served = served(LONG).await;
        let request = "GET /who HTTP/1.1\r\nhost: a\r\n";
        let both = format!("{request}\r\n{request}connection: close\r\n\r\n");
        let stream = sends(served.at, &both).await;
        let own = stream.local_addr().unwrap().to_string();
        assert_eq!(all(stream).await.matches(&own).count(), 2);
    }

    #[tokio::test]
    async fn a_request_under_way_is_answered_before_the_server_ends() {
        let served = served(LONG).await;
        let resting = sends(served.at, "").await;
        let open = sends(served.at, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
        served.begun.notified().await;
        served.stop.cancel();
        assert_eq!(all(resting).await, "", "it rests, and is ended at once");
        assert!(!served.serving.is_finished());
        served.go.notify_one();
        assert!(all(open).await.ends_with("at last"));
        served.serving.await.unwrap();
    }
}
