//! Attacks by browsers, by readers and by whoever writes what a page shows: each is tried
//! against the real listeners, on both databases where one is touched.

mod addresses;
mod chats;
mod console;
mod forms;
mod headers;
mod requests;
mod scripts;

use entity::enums::Network;
use entity::{organization, post};
use reqwest::Method;
use server::service::actor::Actor;
use server::test_support::TestApp;
use server::test_support::server::{Answer, TestServer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A site that belongs to somebody else.
const EVIL: &str = "https://evil.example";

/// A member of an organization, and a live post.
async fn scene(t: &TestApp) -> (Actor, post::Model) {
    let actor = t.actor(&[]).await;
    let post = t.live_post(&actor.organization).await;
    (actor, post)
}

/// What a share page offers in a form or opens: asked for once, so that the share is there.
async fn opened(server: &TestServer, path: &str) -> Answer {
    server.visit(Method::GET, path, &[]).await
}

/// Writes an organization as it is, asking no rule.
async fn rewrite(t: &TestApp, row: organization::Model) {
    let txn = t.app.store.begin().await.unwrap();
    server::store::organizations::update(&*txn, row)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

/// Sends bytes as they are, says that there are no more, and reads until the server
/// closes the connection.
async fn raw(base: &str, request: &[u8]) -> String {
    let place = base.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(place).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let limit = std::time::Duration::from_secs(20);
    tokio::time::timeout(limit, read)
        .await
        .unwrap_or_else(|_| panic!("the connection stays open after {request:?}"))
        .ok();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status lines of what came back.
fn statuses(answer: &str) -> Vec<&str> {
    answer
        .lines()
        .filter(|line| line.starts_with("HTTP/1.1 "))
        .collect()
}

/// Every network with a place of its own.
const NETWORKS: [Network; 12] = server::domain::intent::NETWORKS;
