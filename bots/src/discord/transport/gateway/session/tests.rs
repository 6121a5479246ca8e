//! What serenity makes of interactions, and one session with a gateway over a real socket.

use futures::{SinkExt, StreamExt};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::*;
use crate::clock::SystemClock;
use crate::discord::tests::interactions::{chosen, command, pressed, sent, typing};
use crate::discord::tests::stand_in::{APPLICATION, Answer, BOT, GUILD, StandIn};

#[test]
fn serenity_keeps_everything_that_is_read_of_an_interaction() {
    for original in [
        command("1", "me"),
        typing("2"),
        pressed("3", "1.h", false),
        chosen("4", "choice.0", &["1.t.a"]),
        sent("5", "1.followers.en", "followers.li", "850"),
    ] {
        let interaction: Interaction = serde_json::from_value(original.clone()).unwrap();
        let kept = payload(&interaction).unwrap();
        for path in [
            "/type",
            "/id",
            "/token",
            "/guild_id",
            "/locale",
            "/member/nick",
            "/member/roles",
            "/member/user/id",
            "/member/user/global_name",
            "/channel/type",
            "/message/flags",
            "/message/id",
            "/data/type",
            "/data/custom_id",
            "/data/component_type",
            "/data/values",
            "/data/options/0/name",
            "/data/options/0/options/0/name",
            "/data/options/0/options/0/value",
            "/data/options/0/options/0/focused",
            "/data/components/0/components/0/custom_id",
            "/data/components/0/components/0/value",
        ] {
            let expected = original.pointer(path).filter(|value| !value.is_null());
            let found = kept.pointer(path).filter(|value| !value.is_null());
            assert_eq!(found, expected, "{path} of {original}");
        }
        if original["type"] != 5 {
            let owners = "/authorizing_integration_owners/0";
            assert_eq!(kept.pointer(owners), original.pointer(owners));
        }
    }
}

type Socket = WebSocketStream<tokio::net::TcpStream>;

async fn says(socket: &mut Socket, message: Value) {
    let text = Message::text(message.to_string());
    socket.send(text).await.unwrap();
}

/// The next thing with this opcode; none where the connection ends.
async fn hears(socket: &mut Socket, opcode: u64) -> Option<Value> {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else {
            continue;
        };
        let heard: Value = serde_json::from_str(&text).unwrap();
        if heard["op"] == opcode {
            return Some(heard);
        }
    }
    None
}

fn ready() -> Value {
    json!({ "op": 0, "s": 1, "t": "READY", "d": {
        "v": 10, "session_id": "s", "resume_gateway_url": "ws://127.0.0.1:1", "shard": [0, 1],
        "user": { "id": BOT, "username": "Chorus", "discriminator": "0", "bot": true, "avatar": null },
        "guilds": [{ "id": GUILD, "unavailable": true }],
        "application": { "id": APPLICATION, "flags": 0 },
    } })
}

#[tokio::test]
async fn a_session_hands_on_what_happens_until_it_is_ended() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    // serenity asks as well where the gateway is, and its answer does not count.
    let discord = StandIn::start(vec![Answer::new(500, json!({}))]).await;
    let http = discord.access().http().unwrap();
    let mut session = Session::begin(http, url).await.unwrap();
    let (stream, _) = listener.accept().await.unwrap();
    let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
    says(
        &mut socket,
        json!({ "op": 10, "d": { "heartbeat_interval": 45_000 } }),
    )
    .await;
    let identify = hears(&mut socket, 2).await.unwrap();
    assert_eq!(identify["d"]["token"], "Bot bot-token");
    assert_eq!(identify["d"]["intents"], 1, "GUILDS and no more");
    says(&mut socket, ready()).await;
    let away = json!({ "id": GUILD, "unavailable": true });
    says(
        &mut socket,
        json!({ "op": 0, "s": 2, "t": "GUILD_DELETE", "d": away }),
    )
    .await;
    let press = pressed("3", "1.h", true);
    says(
        &mut socket,
        json!({ "op": 0, "s": 3, "t": "INTERACTION_CREATE", "d": press }),
    )
    .await;
    let Ok(Happening::Interaction(payload)) = session.next().await else {
        panic!("no interaction")
    };
    assert_eq!(payload["data"]["custom_id"], "1.h");
    assert_eq!(payload["type"], 3);
    let gone = json!({ "id": GUILD });
    says(
        &mut socket,
        json!({ "op": 0, "s": 4, "t": "GUILD_DELETE", "d": gone }),
    )
    .await;
    let Ok(Happening::Removed { guild }) = session.next().await else {
        panic!("no removal")
    };
    assert_eq!(guild, GUILD);
    let ending = tokio::spawn(async move { session.end(&SystemClock).await });
    assert_eq!(hears(&mut socket, 99).await, None, "the connection ends");
    ending.await.unwrap();
}

#[tokio::test]
async fn a_wrong_token_is_refused_for_good() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let discord = StandIn::start(vec![]).await;
    let http = discord.access().http().unwrap();
    let mut session = Session::begin(http, url).await.unwrap();
    let (stream, _) = listener.accept().await.unwrap();
    let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
    says(
        &mut socket,
        json!({ "op": 10, "d": { "heartbeat_interval": 45_000 } }),
    )
    .await;
    hears(&mut socket, 2).await.unwrap();
    let code = tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode::from(4_004);
    let frame = tokio_tungstenite::tungstenite::protocol::CloseFrame {
        code,
        reason: "Authentication failed.".into(),
    };
    socket.close(Some(frame)).await.unwrap();
    let end = session.next().await.unwrap_err();
    assert_eq!(end, End::Refused("the bot's token is not valid"));
}

#[tokio::test]
async fn a_session_that_is_dropped_leaves_nothing_behind() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let discord = StandIn::start(vec![]).await;
    let http = discord.access().http().unwrap();
    let session = Session::begin(http, url).await.unwrap();
    let (stream, _) = listener.accept().await.unwrap();
    let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
    says(
        &mut socket,
        json!({ "op": 10, "d": { "heartbeat_interval": 45_000 } }),
    )
    .await;
    hears(&mut socket, 2).await.unwrap();
    drop(session);
    assert_eq!(hears(&mut socket, 99).await, None);
}
