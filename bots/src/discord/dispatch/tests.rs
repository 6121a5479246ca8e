//! What is promised, what is answered in line, and what comes after.

use conversation::backend::fake::FakeBackend;

use super::*;
use crate::clock::mock::MockClock;
use crate::discord::tests::interactions::{chosen, command, pressed, sent, typing};
use crate::discord::tests::stand_in::{APPLICATION, Answer as Given, StandIn};

/// A dispatch over a server that knows the person.
pub(crate) fn dispatch(discord: &StandIn) -> Arc<Dispatch> {
    let clock: Arc<dyn Clock> = Arc::new(MockClock::default());
    let directory = Arc::<DiscordDirectory>::default();
    Arc::new(Dispatch {
        conversation: Conversation::new(
            Arc::new(FakeBackend::default()),
            Arc::clone(&directory) as Arc<dyn conversation::Directory>,
        ),
        outbound: Arc::new(Outbound::new(discord.api(), Arc::clone(&clock))),
        directory,
        installations: discord.installations(),
        clock,
        tracker: TaskTracker::new(),
        shutdown: CancellationToken::new(),
        recent: Recent::default(),
        counts: crate::metrics::Metrics::default().of(server_api::enums::Platform::Discord),
    })
}

/// Of somebody for whom the server must say which language the guild speaks.
fn foreign(mut payload: Value) -> Value {
    payload["locale"] = json!("fr");
    payload
}

fn original(id: &str) -> String {
    format!("PATCH /webhooks/{APPLICATION}/token-{id}/messages/@original")
}

fn callback(id: &str) -> String {
    format!("POST /interactions/{id}/token-{id}/callback")
}

#[tokio::test]
async fn a_command_is_promised_a_private_answer_at_once_which_then_comes() {
    let discord = StandIn::start(vec![]).await;
    discord.is_slow(true);
    dispatch(&discord).answer(foreign(command("11", "me")));
    let calls = discord.waits_for_calls(1).await;
    assert_eq!(calls[0].what, callback("11"));
    assert_eq!(calls[0].body, json!({ "type": 5, "data": { "flags": 64 } }));
    discord.is_slow(false);
    let calls = discord.waits_for_calls(2).await;
    assert_eq!(calls[1].what, original("11"));
    assert_eq!(calls[1].body["allowed_mentions"], json!({ "parse": [] }));
}

#[tokio::test]
async fn over_http_the_first_answer_is_the_body() {
    let discord = StandIn::start(vec![Given::refusal(404, 10_015)]).await;
    let body = dispatch(&discord)
        .reply(command("12", "help"))
        .await
        .unwrap();
    assert_eq!(body["type"], 5);
    // The change is tried until what it changes is there.
    let calls = discord.waits_for_calls(2).await;
    assert_eq!(calls[0].what, original("12"));
    assert_eq!(calls[1].what, original("12"));
}

#[tokio::test]
async fn ones_own_message_changes_and_anothers_does_not() {
    let discord = StandIn::start(vec![]).await;
    let dispatch = dispatch(&discord);
    let own = dispatch.reply(chosen("13", "choice.0", &["1.t.a"])).await;
    assert_eq!(own, Some(json!({ "type": 6 })));
    assert_eq!(discord.waits_for_calls(1).await[0].what, original("13"));
    let shared = dispatch.reply(pressed("14", "1.t.a", false)).await.unwrap();
    assert_eq!(shared["type"], 5);
}

#[tokio::test]
async fn what_may_open_a_dialog_is_answered_in_line() {
    let discord = StandIn::start(vec![]).await;
    let dispatch = dispatch(&discord);
    // Seven fields do not fit a modal: first come those to choose from.
    let picker = dispatch.reply(pressed("15", "1.f", true)).await.unwrap();
    assert_eq!(picker["type"], 4);
    assert_eq!(picker["data"]["flags"], 64);
    let select = picker.pointer("/data/components/0/components/0").unwrap();
    let id = select["custom_id"].as_str().unwrap();
    let values: Vec<&str> = select["options"].as_array().unwrap()[..2]
        .iter()
        .map(|option| option["value"].as_str().unwrap())
        .collect();
    let modal = dispatch.reply(chosen("16", id, &values)).await.unwrap();
    assert_eq!(modal["type"], 9);
    assert_eq!(modal["data"]["components"].as_array().unwrap().len(), 2);
    assert!(discord.calls().is_empty());
}

#[tokio::test]
async fn a_dialog_past_the_budget_comes_as_a_private_message_with_its_button() {
    let discord = StandIn::start(vec![]).await;
    discord.is_slow(true);
    let press = foreign(pressed("17", "1.f", true));
    let promise = dispatch(&discord).reply(press).await.unwrap();
    assert_eq!(promise, json!({ "type": 5, "data": { "flags": 64 } }));
    discord.is_slow(false);
    let calls = discord.waits_for_calls(1).await;
    assert_eq!(calls[0].what, original("17"));
    let control = calls[0]
        .body
        .pointer("/components/0/components/0/custom_id");
    assert!(control.is_some(), "{}", calls[0].body);
}

#[tokio::test]
async fn a_refused_field_is_answered_with_the_way_back_to_it() {
    let discord = StandIn::start(vec![]).await;
    let dispatch = dispatch(&discord);
    let typed = sent("18", "1.followers.en", "followers.xx", "many");
    let refused = dispatch.reply(typed).await.unwrap();
    assert_eq!(refused["type"], 4);
    assert_eq!(refused["data"]["flags"], 64);
    let control = refused.pointer("/data/components/0/components/0/custom_id");
    let control = control.and_then(Value::as_str).unwrap();
    let modal = dispatch.reply(pressed("19", control, true)).await.unwrap();
    assert_eq!(modal["type"], 9);
    let typed = sent("20", "1.followers.en", "followers.xx", "12");
    let saved = dispatch.reply(typed).await.unwrap();
    assert!(saved["type"] == 7 || saved["type"] == 4, "{saved}");
}

#[tokio::test]
async fn somebody_who_types_is_offered_choices_and_nothing_else_happens() {
    let discord = StandIn::start(vec![]).await;
    let dispatch = dispatch(&discord);
    let offered = dispatch.reply(typing("21")).await.unwrap();
    assert_eq!(offered["type"], 8);
    assert!(offered["data"]["choices"].is_array());
    let ping = dispatch
        .reply(json!({ "id": "1", "type": 1, "token": "t" }))
        .await;
    assert_eq!(ping, Some(json!({ "type": 1 })));
}

#[tokio::test]
async fn the_same_interaction_is_taken_on_once() {
    let discord = StandIn::start(vec![]).await;
    let dispatch = dispatch(&discord);
    assert!(dispatch.reply(command("22", "help")).await.is_some());
    assert_eq!(dispatch.reply(command("22", "help")).await, None);
    // Another press is another interaction, and is answered.
    assert!(dispatch.reply(command("23", "help")).await.is_some());
}

#[tokio::test]
async fn what_another_process_answers_is_told_once() {
    let discord = StandIn::start(vec![Given::refusal(400, 40_060)]).await;
    let dispatch = dispatch(&discord);
    dispatch.answer(command("24", "help"));
    dispatch.tracker.close();
    dispatch.tracker.wait().await;
    assert_eq!(discord.asked(), [callback("24")]);
}

#[tokio::test]
async fn a_first_answer_that_came_too_late_is_followed_by_a_message() {
    let discord = StandIn::start(vec![Given::refusal(404, 10_062)]).await;
    let dispatch = dispatch(&discord);
    dispatch.answer(command("25", "help"));
    dispatch.tracker.close();
    dispatch.tracker.wait().await;
    let follow_up = format!("POST /webhooks/{APPLICATION}/token-25");
    assert_eq!(discord.asked(), [callback("25"), follow_up]);
    assert_eq!(discord.calls()[1].body["flags"], 64);
}

#[tokio::test]
async fn what_is_no_interaction_is_left_aside() {
    let discord = StandIn::start(vec![]).await;
    let dispatch = dispatch(&discord);
    for broken in [
        json!(null),
        json!({}),
        json!({ "type": 2, "id": "0", "token": "t" }),
    ] {
        assert_eq!(dispatch.reply(broken.clone()).await, None, "{broken}");
        dispatch.answer(broken);
    }
    dispatch.tracker.close();
    dispatch.tracker.wait().await;
    assert!(discord.calls().is_empty());
}
