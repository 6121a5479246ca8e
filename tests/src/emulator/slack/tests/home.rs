//! App Home: published by the app, opened and acted on by a person.
use super::*;

fn page() -> Value {
    json!({ "type": "home", "callback_id": "me", "blocks": [
        { "type": "header", "text": { "type": "plain_text", "text": "Your page" } },
        { "type": "actions", "block_id": "b", "elements": [
            { "type": "button", "text": { "type": "plain_text", "text": "More" },
              "action_id": "more", "value": "1" },
            { "type": "button", "text": { "type": "plain_text", "text": "LinkedIn" },
              "action_id": "open", "url": "https://l.example/s/1" },
            { "type": "static_select", "action_id": "pick", "options": [
                { "text": { "type": "plain_text", "text": "XING" }, "value": "xi" } ] } ] },
    ] })
}

async fn publishes(slack: &SlackEmulator, user: &str, view: Value) -> Value {
    call(
        slack,
        "views.publish",
        json!({ "user_id": user, "view": view }),
    )
    .await
}

#[tokio::test]
async fn a_published_page_is_read_and_pressed() {
    let slack = slack().await;
    let ada = slack.person("T1", "U1");
    assert!(ada.home().is_none());
    let answer = publishes(&slack, "U1", page()).await;
    assert_eq!(answer["ok"], true);
    assert_eq!(answer["view"]["type"], "home");
    let home = ada.waits_for_home("Your page").await.unwrap();
    assert_eq!(home.buttons(), ["More", "LinkedIn"]);
    assert_eq!(home.url("LinkedIn"), Some("https://l.example/s/1"));
    let pressed = ada.clicks_on_home("LinkedIn").unwrap();
    assert_eq!(pressed.opens.as_deref(), Some("https://l.example/s/1"));
    assert!(ada.chooses_on_home("XING").is_ok());
    assert!(ada.clicks_on_home("Less").is_err());
    let again = publishes(&slack, "U1", page()).await;
    assert_eq!(again["view"]["id"], answer["view"]["id"]);
    assert!(ada.waits_for_home_change(&home).await.is_ok());
    assert!(slack.person("T1", "U2").home().is_none());
    assert!(slack.violations().is_empty());
}

#[tokio::test]
async fn what_slack_would_not_publish_is_a_violation() {
    let slack = slack().await;
    let modal = json!({ "type": "modal", "blocks": [], "title":
        { "type": "plain_text", "text": "A" } });
    for (user, view) in [("U1", modal), ("UNOBODY", page()), ("UBOTT1", page())] {
        let answer = publishes(&slack, user, view).await;
        assert_eq!(answer["error"], "invalid_arguments", "{answer}");
    }
    assert_eq!(slack.violations().len(), 3);
    let first = publishes(&slack, "U1", page()).await;
    let stale = json!({ "user_id": "U1", "view": page(), "hash": "0.0" });
    let answer = call(&slack, "views.publish", stale).await;
    assert_eq!(answer["error"], "hash_conflict");
    let fresh = json!({ "user_id": "U1", "view": page(), "hash": first["view"]["hash"] });
    assert_eq!(call(&slack, "views.publish", fresh).await["ok"], true);
}
