//! Signatures of our own making, over a real socket.

mod hostile;

use ed25519_dalek::{Signer, SigningKey};

use super::*;
use crate::clock::SystemClock;
use crate::discord::dispatch::tests::dispatch;
use crate::discord::tests::stand_in::StandIn;

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

struct World {
    key: SigningKey,
    url: String,
    discord: StandIn,
}

async fn world() -> World {
    let key = SigningKey::from_bytes(&[7; 32]);
    let discord = StandIn::start(vec![]).await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
    let http = Http {
        listener: Arc::new(listener),
        public_key: PublicKey::parse(&hex(key.verifying_key().as_bytes())).unwrap(),
        dispatch: dispatch(&discord),
        clock: Arc::new(SystemClock),
    };
    tokio::spawn(http.run(CancellationToken::new()));
    World { key, url, discord }
}

impl World {
    fn now() -> String {
        SystemClock.wall().timestamp().to_string()
    }

    fn seal(&self, stamp: &str, body: &str) -> String {
        hex(&self
            .key
            .sign(format!("{stamp}{body}").as_bytes())
            .to_bytes())
    }

    async fn posts(&self, stamp: &str, signature: &str, body: &str) -> (u16, Value) {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = http
            .post(&self.url)
            .header("X-Signature-Timestamp", stamp)
            .header("X-Signature-Ed25519", signature)
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        let status = answer.status().as_u16();
        let body = answer.bytes().await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    async fn posts_signed(&self, body: &str) -> (u16, Value) {
        let stamp = Self::now();
        let signature = self.seal(&stamp, body);
        self.posts(&stamp, &signature, body).await
    }
}

#[tokio::test]
async fn discords_ping_is_answered_each_time() {
    let world = world().await;
    let ping = r#"{"id":"1","type":1,"token":"t","version":1}"#;
    let stamp = World::now();
    let seal = world.seal(&stamp, ping);
    for _ in 0..2 {
        let answer = world.posts(&stamp, &seal, ping).await;
        assert_eq!(answer, (200, json!({ "type": 1 })));
    }
}

#[tokio::test]
async fn forged_stale_and_bent_requests_go_no_further() {
    let world = world().await;
    let body = r#"{"type":1}"#;
    let stamp = World::now();
    let seal = world.seal(&stamp, body);
    let other = SigningKey::from_bytes(&[8; 32]);
    let foreign = hex(&other.sign(format!("{stamp}{body}").as_bytes()).to_bytes());
    let old = (SystemClock.wall().timestamp() - 301).to_string();
    for (stamp, signature, body) in [
        (stamp.as_str(), foreign.as_str(), body),
        (stamp.as_str(), seal.as_str(), r#"{"type":2}"#),
        (old.as_str(), &world.seal(&old, body), body),
        (stamp.as_str(), "", body),
        (stamp.as_str(), &seal[2..], body),
        (stamp.as_str(), &format!("{seal}00"), body),
        (
            stamp.as_str(),
            &seal.replace(|c: char| c.is_ascii_digit(), "g"),
            body,
        ),
    ] {
        assert_eq!(
            world.posts(stamp, signature, body).await.0,
            401,
            "{signature}"
        );
    }
    let too_long = format!("{{\"type\":1,\"x\":\"{}\"}}", "x".repeat(256 * 1024));
    assert_eq!(world.posts_signed(&too_long).await.0, 413);
    assert!(world.discord.calls().is_empty());
    assert_eq!(world.posts(&stamp, &seal, body).await.0, 200);
}

#[tokio::test]
async fn what_is_signed_but_no_interaction_is_not_answered() {
    let world = world().await;
    assert_eq!(world.posts_signed("nonsense").await.0, 400);
    assert_eq!(world.posts_signed("{}").await.0, 400);
}

#[test]
fn keys_that_are_none_are_refused() {
    let key = hex(SigningKey::from_bytes(&[7; 32]).verifying_key().as_bytes());
    assert!(PublicKey::parse(&key).is_ok());
    assert!(PublicKey::parse(&key.to_uppercase()).is_ok());
    assert!(PublicKey::parse(&format!(" {key}\n")).is_ok());
    // The last is a point of small order, under which anything is signed.
    let weak = format!("01{}", "00".repeat(31));
    for broken in [
        "",
        &key[1..],
        &format!("{key}00"),
        &format!("+{}", &key[1..]),
        &weak,
    ] {
        assert!(PublicKey::parse(broken).is_err(), "{broken}");
    }
}
