//! The same part over signed requests: what people see is what they see over Socket Mode.

use serde_json::json;

use super::*;

#[tokio::test]
async fn a_post_is_shared_and_confirmed() {
    let world = world_by(Way::Http).await;
    world
        .server
        .delivers(channel(), Operation::Post, card(PostState::Live));
    world.ada.waits_for_text("C1", "40 services").await.unwrap();
    world.ada.clicks("Share").await.unwrap();
    let choices = world.ada.waits_for_text("C1", "then press").await.unwrap();
    assert!(choices.is_ephemeral);
    world.ada.clicks_on(&choices, "Done on LinkedIn").unwrap();
    let receipt = world.ada.waits_for_change(&choices).await.unwrap().unwrap();
    assert!(receipt.text.contains("not de-duplicated"), "{receipt}");
    assert_eq!(world.server.confirmed(), [Network::Linkedin]);
    world.ends_well().await;
}

#[tokio::test]
async fn a_refused_field_is_marked_in_the_dialog_and_a_good_one_closes_it() {
    let world = world_by(Way::Http).await;
    world.ada.types("/chorus me", "C1").unwrap();
    let me = world
        .ada
        .waits_for_text("C1", "Ada Example at")
        .await
        .unwrap();
    world.ada.clicks_on(&me, "My choices").unwrap();
    let choices = world.ada.waits_for_change(&me).await.unwrap().unwrap();
    world.ada.clicks_on(&choices, "Followers").unwrap();
    world.ada.waits_for_dialog("Followers").await.unwrap();
    world.ada.fills("X", "many").unwrap();
    world.ada.submits().await.unwrap();
    let dialog = world.ada.dialog().unwrap();
    assert_eq!(dialog.errors.len(), 1, "{:?}", dialog.errors);
    world.ada.fills("X", "1,500").unwrap();
    world.ada.submits().await.unwrap();
    assert!(world.ada.dialog().is_none());
    let saved = world.ada.waits_for_change(&choices).await.unwrap().unwrap();
    assert!(saved.text.contains("X 1,500"), "{saved}");
    world.ends_well().await;
}

#[tokio::test]
async fn what_comes_three_times_is_answered_once() {
    let world = world_by(Way::Http).await;
    world.slack.deliver_envelope_times(3);
    world.ada.types("/chorus help", "C1").unwrap();
    world
        .ada
        .waits_for_text("C1", "What Chorus can do")
        .await
        .unwrap();
    world.ada.types("/chorus me", "C1").unwrap();
    world
        .ada
        .waits_for_text("C1", "Ada Example at")
        .await
        .unwrap();
    assert_eq!(world.ada.sees("C1").len(), 2);
    world.slack.uninstall("T1");
    world.server.waits_for_revocation().await;
    world.ends_well().await;
}

#[tokio::test]
async fn what_slack_did_not_sign_reaches_nobody() {
    let world = world_by(Way::Http).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let calls = world.slack.calls().len();
    let body = json!({ "type": "event_callback", "team_id": "T1", "event_id": "Ev1",
        "event": { "type": "app_uninstalled" } });
    let forged = client
        .post(&world.request_url)
        .header(
            "x-slack-request-timestamp",
            Clock::system().now().timestamp(),
        )
        .header("x-slack-signature", format!("v0={}", "0".repeat(64)))
        .json(&body);
    assert_eq!(forged.send().await.unwrap().status().as_u16(), 401);
    let bare = client.post(&world.request_url).json(&body);
    assert_eq!(bare.send().await.unwrap().status().as_u16(), 401);
    let unsigned = "chorus_signed_requests_total{platform=\"slack\",outcome=\"unsigned\"} 2";
    tells(&world.metrics, &[unsigned]);
    world.ada.types("/chorus help", "C1").unwrap();
    world
        .ada
        .waits_for_text("C1", "What Chorus can do")
        .await
        .unwrap();
    assert_eq!(world.slack.calls().len(), calls);
    assert!(!world.server.is_revoked());
    world.ends_well().await;
}

#[tokio::test]
async fn an_outage_is_told_by_slack_and_the_next_command_works() {
    let world = world_by(Way::Http).await;
    world.shutdown.cancel();
    tokio::time::timeout(Duration::from_secs(15), world.running)
        .await
        .unwrap()
        .unwrap();
    world.ada.types("/chorus help", "C1").unwrap();
    world
        .ada
        .waits_for_text("C1", "dispatch_failed")
        .await
        .unwrap();
    assert!(world.slack.violations().is_empty());
}
