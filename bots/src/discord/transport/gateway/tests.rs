//! Sessions come and go with the lease, at a gateway over a real socket.

use futures::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::*;
use crate::clock::SystemClock;
use crate::discord::dispatch::tests::dispatch;
use crate::discord::tests::interactions::command;
use crate::discord::tests::stand_in::{APPLICATION, Answer, BOT, StandIn};

struct World {
    discord: StandIn,
    sockets: TcpListener,
    shutdown: CancellationToken,
    running: tokio::task::JoinHandle<()>,
}

/// A part that asks for the lease, which is lent as said.
async fn world(leases: Vec<bool>, answers: Vec<Answer>) -> World {
    let sockets = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", sockets.local_addr().unwrap());
    let mut all = vec![Answer::new(200, json!({ "url": url }))];
    all.splice(0..0, answers);
    let discord = StandIn::start(all).await;
    let lease = |held| {
        (
            200,
            json!({ "held": held, "until": "2026-11-22T12:00:00Z", "fence": 1 }),
        )
    };
    discord.lends(leases.into_iter().map(lease).collect());
    let gateway = Gateway {
        access: discord.access(),
        api: discord.api(),
        backend: discord.server(),
        dispatch: dispatch(&discord),
        clock: Arc::new(SystemClock),
    };
    let shutdown = CancellationToken::new();
    let running = tokio::spawn(gateway.run(shutdown.clone()));
    World {
        discord,
        sockets,
        shutdown,
        running,
    }
}

type Socket = WebSocketStream<TcpStream>;

impl World {
    /// A session that asks to begin.
    async fn asks(&self) -> Socket {
        let (stream, _) = self.sockets.accept().await.unwrap();
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        says(
            &mut socket,
            json!({ "op": 10, "d": { "heartbeat_interval": 45_000 } }),
        )
        .await;
        while let Some(Ok(heard)) = socket.next().await {
            if heard.to_text().is_ok_and(|text| text.contains("\"op\":2")) {
                break;
            }
        }
        socket
    }

    /// A session that has begun.
    async fn session(&self) -> Socket {
        let mut socket = self.asks().await;
        let ready = json!({
            "v": 10, "session_id": "s", "resume_gateway_url": "ws://127.0.0.1:1", "shard": [0, 1],
            "user": { "id": BOT, "username": "Chorus", "discriminator": "0", "avatar": null },
            "guilds": [], "application": { "id": APPLICATION, "flags": 0 },
        });
        says(
            &mut socket,
            json!({ "op": 0, "s": 1, "t": "READY", "d": ready }),
        )
        .await;
        socket
    }
}

async fn says(socket: &mut Socket, message: Value) {
    let text = Message::text(message.to_string());
    socket.send(text).await.unwrap();
}

/// Waits until the other side has gone.
async fn ends(mut socket: Socket) {
    while let Some(Ok(_)) = socket.next().await {}
}

#[tokio::test]
async fn whoever_holds_the_lease_listens_and_answers_until_it_is_time_to_stop() {
    let world = world(vec![true], vec![]).await;
    let mut socket = world.session().await;
    let press = command("31", "help");
    says(
        &mut socket,
        json!({ "op": 0, "s": 2, "t": "INTERACTION_CREATE", "d": press }),
    )
    .await;
    // Where the gateway is, asked by us and by serenity; then the answers.
    let calls = world.discord.waits_for_calls(4).await;
    assert_eq!(calls[2].what, "POST /interactions/31/token-31/callback");
    assert!(calls[3].what.starts_with("PATCH /webhooks/"));
    world.shutdown.cancel();
    ends(socket).await;
    world.running.await.unwrap();
}

#[tokio::test]
async fn a_session_ends_when_the_lease_is_lost() {
    let world = world(vec![true, false], vec![]).await;
    let socket = world.session().await;
    ends(socket).await;
    assert!(!world.running.is_finished(), "it waits for its turn");
    world.shutdown.cancel();
    world.running.await.unwrap();
}

#[tokio::test]
async fn nobody_listens_where_the_gateway_is_not_known() {
    let world = world(vec![true], vec![Answer::new(500, json!({}))]).await;
    // The first attempt brought no address, so there was no session with anybody.
    let calls = world.discord.waits_for_calls(1).await;
    assert_eq!(calls[0].what, "GET /gateway");
    let socket = world.session().await;
    world.shutdown.cancel();
    ends(socket).await;
    world.running.await.unwrap();
}

#[tokio::test]
async fn a_session_that_is_refused_for_good_leaves_the_lease_to_others_and_ends_nothing() {
    let world = world(vec![true, true], vec![]).await;
    let mut socket = world.asks().await;
    // "Disallowed intents".
    let frame = CloseFrame {
        code: 4_014.into(),
        reason: "Disallowed intent(s).".into(),
    };
    socket.close(Some(frame)).await.unwrap();
    while world.discord.lends_more() {
        tokio::task::yield_now().await;
    }
    assert!(!world.running.is_finished(), "the part goes on");
    world.shutdown.cancel();
    world.running.await.unwrap();
}
