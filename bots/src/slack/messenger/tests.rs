//! The port against a small stand-in of Slack's Web API over real HTTP.

use conversation::view::sample_data;
use server_api::ids::InstallationId;
use uuid::Uuid;

use super::*;
use crate::clock::SystemClock;
use crate::slack::tests::stand_in::StandIn;

struct World {
    slack: StandIn,
    messenger: SlackMessenger,
    to: Destination,
}

async fn world(answers: Vec<(u16, Value)>) -> World {
    let slack = StandIn::start(answers).await;
    World {
        messenger: SlackMessenger::new(slack.api(), slack.installations()),
        slack,
        to: Destination {
            installation: InstallationId(Uuid::nil()),
            place: Place::Channel {
                channel: "C1".into(),
            },
        },
    }
}

fn id() -> DeliveryId {
    DeliveryId(sample_data::POST.0)
}

fn card() -> View {
    View::samples().remove(0).1
}

#[tokio::test]
async fn a_posted_message_carries_its_delivery_and_does_not_unfurl() {
    let world = world(vec![]).await;
    let posted = world.messenger.post(&world.to, id(), &card()).await;
    assert_eq!(posted, Ok("C1/1.2".into()));
    let calls = world.slack.calls();
    let (method, body) = &calls[0];
    assert_eq!(method, "chat.postMessage");
    assert_eq!(body["metadata"], metadata(id()));
    assert_eq!(body["unfurl_links"], false);
    assert_eq!(body["unfurl_media"], false);
    assert!(body["text"].as_str().unwrap().contains("40 services"));
}

#[tokio::test]
async fn a_revised_message_keeps_the_id_of_the_delivery_that_posted_it() {
    let world = world(vec![]).await;
    let revised = world
        .messenger
        .revise(&world.to, "C1/1.2", id(), &card())
        .await;
    assert_eq!(revised, Ok("C1/1.2".into()));
    let calls = world.slack.calls();
    assert_eq!(calls[0].0, "chat.update");
    assert_eq!(calls[0].1["ts"], "1.2");
    assert_eq!(calls[0].1["metadata"], metadata(id()));
}

#[tokio::test]
async fn failures_say_whether_anything_was_sent() {
    for (status, answer, expected) in [
        (
            429,
            json!({ "ok": false, "error": "ratelimited" }),
            SendError::RateLimited {
                retry_after: Duration::from_secs(7),
            },
        ),
        (
            200,
            json!({ "ok": false, "error": "is_archived" }),
            SendError::Refused {
                reason: "is_archived".into(),
            },
        ),
        (
            200,
            json!({ "ok": false, "error": "internal_error" }),
            SendError::Unknown {
                reason: "internal_error".into(),
            },
        ),
        (
            503,
            json!({}),
            SendError::Unknown {
                reason: "http_503".into(),
            },
        ),
    ] {
        let world = world(vec![(status, answer)]).await;
        let posted = world.messenger.post(&world.to, id(), &card()).await;
        assert_eq!(posted, Err(expected));
    }
}

#[tokio::test]
async fn where_slack_names_no_time_nothing_is_sent_for_half_a_minute() {
    for (status, answer) in [
        (429, json!({ "ok": false, "error": "ratelimited" })),
        (429, json!("error 1015")),
        (200, json!({ "ok": false, "error": "ratelimited" })),
    ] {
        let world = world(vec![(status, answer)]).await;
        world.slack.names_no_time();
        let posted = world.messenger.post(&world.to, id(), &card()).await;
        let retry_after = Duration::from_secs(30);
        assert_eq!(posted, Err(SendError::RateLimited { retry_after }));
    }
}

#[tokio::test]
async fn an_unreachable_slack_was_sent_nothing() {
    let mut world = world(vec![]).await;
    let clock = Arc::new(SystemClock);
    let timeout = Duration::from_secs(5);
    world.messenger.api = SlackApi::new("http://127.0.0.1:9", timeout, clock).unwrap();
    let posted = world.messenger.post(&world.to, id(), &card()).await;
    assert!(
        matches!(posted, Err(SendError::NotSent { .. })),
        "{posted:?}"
    );
}

#[tokio::test]
async fn a_picture_that_slack_cannot_fetch_does_not_keep_the_words_back() {
    let world = world(vec![(
        200,
        json!({ "ok": false, "error": "invalid_blocks" }),
    )])
    .await;
    let posted = world.messenger.post(&world.to, id(), &card()).await;
    assert_eq!(posted, Ok("C1/1.2".into()));
    let calls = world.slack.calls();
    assert_eq!(calls.len(), 2);
    assert!(calls[0].1.to_string().contains("image_url"));
    assert!(!calls[1].1.to_string().contains("image_url"));
}

#[tokio::test]
async fn a_message_is_found_by_its_delivery_on_a_later_page() {
    let other = json!({ "ts": "1.0", "metadata": metadata(DeliveryId(Uuid::max())) });
    let ours = json!({ "ts": "1.1", "metadata": metadata(id()) });
    let world = world(vec![
        (
            200,
            json!({ "ok": true, "messages": [other], "has_more": true,
                    "response_metadata": { "next_cursor": "next" } }),
        ),
        (200, json!({ "ok": true, "messages": [ours] })),
    ])
    .await;
    let found = world.messenger.find(&world.to, id()).await;
    assert_eq!(found, Ok(Some("C1/1.1".into())));
    let calls = world.slack.calls();
    assert_eq!(calls[0].1["include_all_metadata"], "true");
    assert_eq!(calls[1].1["cursor"], "next");
}

#[tokio::test]
async fn history_that_cannot_be_read_is_told_from_one_without_the_message() {
    let refused = world(vec![(
        200,
        json!({ "ok": false, "error": "missing_scope" }),
    )])
    .await;
    let found = refused.messenger.find(&refused.to, id()).await;
    assert!(
        matches!(found, Err(FindError::Unreadable { .. })),
        "{found:?}"
    );
    let empty = world(vec![(200, json!({ "ok": true, "messages": [] }))]).await;
    assert_eq!(empty.messenger.find(&empty.to, id()).await, Ok(None));
}
