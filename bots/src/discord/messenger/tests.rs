//! Messages to a stand-in: what is sent for a view, and what each answer means.

use conversation::view::View;
use serde_json::json;
use server_api::ids::InstallationId;
use uuid::Uuid;

use super::*;
use crate::discord::tests::stand_in::{Answer, BOT, StandIn};

const CHANNEL: &str = "500000000000000001";
const USER: &str = "200000000000000001";

fn to_channel() -> Destination {
    Destination {
        installation: InstallationId(Uuid::nil()),
        place: Place::Channel {
            channel: CHANNEL.into(),
        },
    }
}

fn to_person() -> Destination {
    Destination {
        place: Place::Person { user: USER.into() },
        ..to_channel()
    }
}

fn a_view() -> View {
    let (_, view) = View::samples()
        .into_iter()
        .find(|(name, _)| name == "suggested_post_en")
        .unwrap();
    view
}

fn delivery() -> DeliveryId {
    DeliveryId(Uuid::now_v7())
}

#[tokio::test]
async fn a_post_carries_its_delivery_and_mentions_nobody() {
    let discord = StandIn::start(vec![]).await;
    let messenger = DiscordMessenger::new(discord.api());
    let delivery = delivery();
    let sent = messenger.post(&to_channel(), delivery, &a_view()).await;
    assert_eq!(sent, Ok(format!("{CHANNEL}/900000000000000001")));
    let calls = discord.calls();
    assert_eq!(calls[0].what, format!("POST /channels/{CHANNEL}/messages"));
    let body = &calls[0].body;
    let id = short_id::encode(delivery.0);
    assert_eq!(body["nonce"], json!(id));
    assert_eq!(body["enforce_nonce"], true);
    assert_eq!(body["allowed_mentions"], json!({ "parse": [] }));
    let first = body.pointer("/components/0/components/0/custom_id");
    let first = first.and_then(Value::as_str).unwrap();
    assert!(first.starts_with(&format!("{id}.")), "{first}");
}

#[tokio::test]
async fn a_person_gets_theirs_in_the_channel_that_is_found_once() {
    let discord = StandIn::start(vec![Answer::new(200, json!({ "id": "77" }))]).await;
    let messenger = DiscordMessenger::new(discord.api());
    for _ in 0..2 {
        let sent = messenger.post(&to_person(), delivery(), &a_view()).await;
        assert_eq!(sent, Ok("77/900000000000000001".to_owned()));
    }
    assert_eq!(
        discord.asked(),
        [
            "POST /users/@me/channels",
            "POST /channels/77/messages",
            "POST /channels/77/messages"
        ]
    );
    assert_eq!(discord.calls()[0].body, json!({ "recipient_id": USER }));
}

#[tokio::test]
async fn a_change_is_an_edit_that_keeps_the_first_delivery() {
    let discord = StandIn::start(vec![]).await;
    let messenger = DiscordMessenger::new(discord.api());
    let reference = format!("{CHANNEL}/9");
    let first = delivery();
    let view = a_view();
    let to = to_channel();
    let revised = messenger.revise(&to, &reference, first, &view).await;
    assert_eq!(revised, Ok(reference.clone()));
    let withdrawn = messenger.withdraw(&to, &reference, first, &view).await;
    assert_eq!(withdrawn, Ok(reference));
    for call in discord.calls() {
        assert_eq!(call.what, format!("PATCH /channels/{CHANNEL}/messages/9"));
        assert_eq!(call.body.get("nonce"), None);
        assert!(call.body.to_string().contains(&short_id::encode(first.0)));
    }
    let nowhere = messenger.revise(&to, "elsewhere", first, &view).await;
    assert!(matches!(nowhere, Err(SendError::Refused { .. })));
}

async fn outcome(answers: Vec<Answer>, to: &Destination) -> Result<String, SendError> {
    let discord = StandIn::start(answers).await;
    let messenger = DiscordMessenger::new(discord.api());
    messenger.post(to, delivery(), &a_view()).await
}

#[tokio::test]
async fn refusals_fail_and_everything_else_comes_again() {
    let opened = Answer::new(200, json!({ "id": "77" }));
    let refused = outcome(vec![opened, Answer::refusal(403, 50_007)], &to_person()).await;
    let reason = "50007".to_owned();
    assert_eq!(refused, Err(SendError::Refused { reason }));
    let token = outcome(vec![Answer::refusal(401, 0)], &to_channel()).await;
    let reason = "http_401".to_owned();
    assert_eq!(token, Err(SendError::NotSent { reason }));
    for passing in [40_003, 40_004, 130_000] {
        let later = outcome(vec![Answer::refusal(403, passing)], &to_channel()).await;
        let reason = passing.to_string();
        assert_eq!(later, Err(SendError::NotSent { reason }));
    }
    let unknown = outcome(vec![Answer::new(500, json!({}))], &to_channel()).await;
    let reason = "http_500".to_owned();
    assert_eq!(unknown, Err(SendError::Unknown { reason }));
    // An opened channel that nobody heard of is no message.
    let unopened = outcome(vec![Answer::new(500, json!({}))], &to_person()).await;
    assert!(matches!(unopened, Err(SendError::NotSent { .. })));
    let retry_after = std::time::Duration::from_millis(2_500);
    let place = outcome(vec![Answer::limited(2.5, false)], &to_channel()).await;
    assert_eq!(place, Err(SendError::PlaceLimited { retry_after }));
    let all = outcome(vec![Answer::limited(2.5, true)], &to_channel()).await;
    assert_eq!(all, Err(SendError::RateLimited { retry_after }));
}

fn message(id: u64, author: &str, custom_id: &str) -> Value {
    json!({
        "id": id.to_string(), "author": { "id": author },
        "components": [{ "type": 1, "components": [{ "type": 2, "custom_id": custom_id }] }],
    })
}

async fn found(
    delivery: DeliveryId,
    pages: Vec<Value>,
) -> (Result<Option<String>, FindError>, Vec<String>) {
    let mut answers = vec![Answer::new(200, json!({ "id": BOT }))];
    answers.extend(pages.into_iter().map(|page| Answer::new(200, page)));
    let discord = StandIn::start(answers).await;
    let messenger = DiscordMessenger::new(discord.api());
    let found = messenger.find(&to_channel(), delivery).await;
    (found, discord.asked())
}

#[tokio::test]
async fn a_delivery_is_found_by_the_id_in_a_message_of_our_own() {
    let delivery = delivery();
    let id = short_id::encode(delivery.0);
    let ours = format!("{id}.1.h");
    let page = json!([
        message(3, "1", &ours),
        message(2, BOT, "1.h"),
        message(1, BOT, &ours)
    ]);
    let (found_in, _) = found(delivery, vec![page]).await;
    assert_eq!(found_in, Ok(Some(format!("{CHANNEL}/1"))));
    let foreign = json!([message(3, "1", &ours), message(2, BOT, "1.h")]);
    let (nothing, _) = found(delivery, vec![foreign]).await;
    assert_eq!(nothing, Ok(None));
}

#[tokio::test]
async fn history_is_read_back_to_before_the_delivery_was_made() {
    let delivery = delivery();
    let (seconds, _) = delivery.0.get_timestamp().unwrap().to_unix();
    let now = (seconds * 1_000 - EPOCH_MILLIS) << 22;
    let new: Vec<Value> = (0..100).map(|n| message(now - n, "1", "x")).collect();
    let oldest = now - 99;
    let hour_ago = ((seconds - 3_600) * 1_000 - EPOCH_MILLIS) << 22;
    let old: Vec<Value> = (0..100).map(|n| message(hour_ago - n, "1", "x")).collect();
    let (nothing, asked) = found(delivery, vec![json!(new), json!(old)]).await;
    assert_eq!(nothing, Ok(None));
    assert_eq!(
        asked[1..],
        [
            format!("GET /channels/{CHANNEL}/messages?&limit=100"),
            format!("GET /channels/{CHANNEL}/messages?&limit=100&before={oldest}")
        ]
    );
}

#[tokio::test]
async fn a_channel_that_shows_nothing_at_all_tells_nothing() {
    let (nothing, _) = found(delivery(), vec![json!([])]).await;
    let reason = "history_empty".to_owned();
    assert_eq!(nothing, Err(FindError::Unreadable { reason }));
}

#[tokio::test]
async fn unreadable_history_is_told_from_history_that_did_not_answer() {
    for (answer, is_unreadable) in [
        (Answer::refusal(403, 50_001), true),
        (Answer::new(503, json!({})), false),
        (Answer::limited(1.0, false), false),
    ] {
        let me = Answer::new(200, json!({ "id": BOT }));
        let discord = StandIn::start(vec![me, answer]).await;
        let messenger = DiscordMessenger::new(discord.api());
        let found = messenger.find(&to_channel(), delivery()).await;
        let unreadable = matches!(found, Err(FindError::Unreadable { .. }));
        assert_eq!(unreadable, is_unreadable, "{found:?}");
        assert!(found.is_err());
    }
}

#[test]
fn references_that_are_none_are_refused() {
    let reference = MessageRef::parse("12/34").unwrap();
    assert_eq!(reference.write(), "12/34");
    for broken in [
        "", "12", "12/", "/34", "0/1", "a/b", "12/34/5", "+1/2", "-1/2",
    ] {
        assert_eq!(MessageRef::parse(broken), None, "{broken}");
    }
}
