//! Calls to a stand-in: what is sent, and what each answer means.

use std::time::Instant;

use serde_json::json;
use serenity::model::id::ChannelId;

use super::*;
use crate::clock::SystemClock;
use crate::discord::tests::stand_in::{Answer, StandIn};

const CHANNEL: ChannelId = ChannelId::new(5);

fn post() -> Call<'static> {
    Call::PostMessage { channel: CHANNEL }
}

async fn outcome(answer: Answer) -> Result<Value, ApiError> {
    let discord = StandIn::start(vec![answer]).await;
    discord.api().call(post(), Some(&json!({}))).await
}

#[tokio::test]
async fn a_call_is_sent_as_the_bot_with_its_body() {
    let discord = StandIn::start(vec![]).await;
    let body = json!({ "content": "x" });
    let answer = discord.api().call(post(), Some(&body)).await.unwrap();
    assert_eq!(answer["id"], "900000000000000001");
    let calls = discord.calls();
    assert_eq!(calls[0].what, "POST /channels/5/messages");
    assert_eq!(calls[0].authorization, "Bot bot-token");
    assert_eq!(calls[0].body, body);
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for (status, code, refusal) in [
        (403, 50_007, Refusal::CannotSendDirectly),
        (403, 50_278, Refusal::NoGuildInCommon),
        (403, 50_001, Refusal::MissingAccess),
        (403, 50_013, Refusal::MissingPermissions),
        (404, 10_003, Refusal::UnknownChannel),
        (404, 10_008, Refusal::UnknownMessage),
        (404, 10_062, Refusal::UnknownInteraction),
        (404, 10_015, Refusal::NoWebhook(10_015)),
        (400, 40_060, Refusal::AlreadyAnswered),
        (400, 50_035, Refusal::InvalidForm),
        (401, 0, Refusal::Unauthorized),
        (
            400,
            77,
            Refusal::Other {
                status: 400,
                code: 77,
            },
        ),
        (
            405,
            0,
            Refusal::Other {
                status: 405,
                code: 0,
            },
        ),
    ] {
        let refused = outcome(Answer::refusal(status, code)).await;
        assert_eq!(refused, Err(ApiError::Refused(refusal)));
    }
    assert_eq!(Refusal::of(403, 50_007).to_string(), "50007");
    assert_eq!(Refusal::of(405, 0).to_string(), "http_405");
}

#[tokio::test]
async fn what_may_have_happened_is_told_from_what_did_not() {
    let failed = outcome(Answer::new(502, json!({}))).await;
    assert_eq!(failed, Err(ApiError::Unknown("http_502".into())));
    let nonsense = outcome(Answer::new(200, Value::Null)).await;
    assert!(nonsense.is_ok());
    let discord = StandIn::start(vec![]).await;
    let mut access = discord.access();
    // A port on which nobody listens: it was free a moment ago.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    access.base_url = Some(format!("http://{address}").parse().unwrap());
    let times = Times {
        turn: Duration::ZERO,
        call: Duration::from_secs(5),
    };
    let api = DiscordApi::new(access, times, Arc::new(SystemClock)).unwrap();
    let nobody = api.call(post(), Some(&json!({}))).await;
    assert_eq!(nobody, Err(ApiError::NotReached("connect")));
}

#[tokio::test]
async fn a_limit_is_told_with_its_fraction_and_its_reach() {
    let own = outcome(Answer::limited(1.25, false)).await;
    let after = Duration::from_millis(1_250);
    let everything = false;
    assert_eq!(own, Err(ApiError::RateLimited { after, everything }));
    let global = outcome(Answer::limited(1.25, true)).await;
    let everything = true;
    assert_eq!(global, Err(ApiError::RateLimited { after, everything }));
    // What stands before Discord answers without a body of Discord's.
    let before = outcome(Answer::new(429, json!("blocked")).with("retry-after", "90")).await;
    let after = Duration::from_secs(90);
    assert_eq!(before, Err(ApiError::RateLimited { after, everything }));
}

fn with_bucket(remaining: &str, reset_after: &str) -> Answer {
    Answer::new(200, json!({ "id": "1" }))
        .with("x-ratelimit-bucket", "abc")
        .with("x-ratelimit-limit", "2")
        .with("x-ratelimit-remaining", remaining)
        .with("x-ratelimit-reset-after", reset_after)
}

#[tokio::test]
async fn an_empty_bucket_is_waited_for_and_a_distant_end_is_told() {
    let discord = StandIn::start(vec![with_bucket("0", "0.4"), with_bucket("0", "30.5")]).await;
    let api = discord.api();
    api.call(post(), None).await.unwrap();
    let began = Instant::now();
    api.call(post(), None).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(350));
    let third = api.call(post(), None).await;
    let Err(ApiError::RateLimited { after, everything }) = third else {
        panic!("not limited: {third:?}")
    };
    assert!(after > Duration::from_secs(29) && !everything);
    assert_eq!(discord.calls().len(), 2, "the third never left");
    // Another channel has a bucket of its own.
    let channel = ChannelId::new(6);
    api.call(Call::PostMessage { channel }, None).await.unwrap();
}

#[tokio::test]
async fn many_at_once_never_overrun_a_bucket_that_nobody_knows_yet() {
    let answers = vec![with_bucket("1", "0.3"), with_bucket("0", "0.3")];
    let discord = StandIn::start(answers).await;
    let api = discord.api();
    let began = Instant::now();
    let calls = (0..3).map(|_| api.call(post(), None));
    for outcome in futures::future::join_all(calls).await {
        outcome.unwrap();
    }
    assert!(began.elapsed() >= Duration::from_millis(250));
    assert_eq!(discord.calls().len(), 3);
}

#[tokio::test]
async fn a_call_that_is_dropped_gives_its_turn_back() {
    let discord = StandIn::start(vec![]).await;
    let api = discord.api();
    let call = api.call(post(), None);
    // Polled once, so that it has its turn, and then dropped.
    let _ = futures::poll!(Box::pin(call));
    let again = tokio::time::timeout(Duration::from_secs(1), api.call(post(), None)).await;
    assert!(again.unwrap().is_ok());
}
