//! Answers to a stand-in: which are tried again, and which way they go then.

use std::sync::Arc;

use conversation::view::View;
use serde_json::json;

use super::*;
use crate::clock::mock::MockClock;
use crate::discord::render;
use crate::discord::tests::stand_in::{APPLICATION, Answer, StandIn};

const INTERACTION: InteractionId = InteractionId::new(7);

async fn outbound(answers: Vec<Answer>) -> (StandIn, Outbound) {
    let discord = StandIn::start(answers).await;
    let outbound = Outbound::new(discord.api(), Arc::new(MockClock::default()));
    (discord, outbound)
}

async fn responded(answers: Vec<Answer>) -> (Responded, usize) {
    let (discord, outbound) = outbound(answers).await;
    let body = json!({ "type": 6 });
    let responded = outbound.respond(INTERACTION, "tok", &body).await;
    let calls = discord.calls();
    for call in &calls {
        assert_eq!(call.what, "POST /interactions/7/tok/callback");
        assert_eq!(call.body, body);
    }
    (responded, calls.len())
}

#[tokio::test]
async fn a_first_answer_is_tried_again_while_it_may_still_count() {
    let done = Answer::new(204, json!(null));
    let down = Answer::new(503, json!({}));
    let slow = Answer::limited(0.1, false);
    assert_eq!(responded(vec![done.clone()]).await, (Responded::Taken, 1));
    let answers = vec![down.clone(), slow, done];
    assert_eq!(responded(answers).await, (Responded::Taken, 3));
    let answers = vec![down.clone(), down.clone(), down.clone(), down];
    assert_eq!(responded(answers).await, (Responded::Taken, 4));
}

#[tokio::test]
async fn an_answer_that_arrived_before_is_told_from_that_of_others() {
    let others = vec![Answer::refusal(400, 40_060)];
    assert_eq!(responded(others).await, (Responded::ByOthers, 1));
    let ours = vec![Answer::new(502, json!({})), Answer::refusal(400, 40_060)];
    assert_eq!(responded(ours).await, (Responded::Taken, 2));
    let late = vec![Answer::refusal(404, 10_062)];
    assert_eq!(responded(late).await, (Responded::TooLate, 1));
}

fn a_message() -> Message {
    let (_, view) = View::samples().remove(0);
    render::message(&view, None)
}

fn original() -> String {
    format!("PATCH /webhooks/{APPLICATION}/tok/messages/@original")
}

fn follow_up() -> String {
    format!("POST /webhooks/{APPLICATION}/tok")
}

#[tokio::test]
async fn a_change_waits_for_the_answer_that_it_changes_and_for_limits() {
    let (discord, outbound) = outbound(vec![
        Answer::refusal(404, 10_015),
        Answer::limited(0.2, false),
        Answer::new(500, json!({})),
    ])
    .await;
    outbound.revise("tok", &a_message()).await;
    assert_eq!(discord.asked(), vec![original(); 4]);
    assert_eq!(discord.calls()[3].body.get("flags"), None);
}

#[tokio::test]
async fn what_cannot_change_comes_as_a_private_message() {
    let (discord, outbound) = outbound(vec![Answer::refusal(404, 10_008)]).await;
    outbound.revise("tok", &a_message()).await;
    assert_eq!(discord.asked(), [original(), follow_up()]);
    assert_eq!(discord.calls()[1].body["flags"], 64);
}

#[tokio::test]
async fn a_message_that_may_have_arrived_does_not_come_twice() {
    let (discord, outbound) = outbound(vec![Answer::new(500, json!({}))]).await;
    outbound.whisper("tok", &a_message()).await;
    assert_eq!(discord.asked(), [follow_up()]);
}

#[tokio::test]
async fn an_answer_gives_up_where_waiting_is_of_no_use() {
    let (discord, outbound) = outbound(vec![Answer::limited(90.0, false)]).await;
    outbound.whisper("tok", &a_message()).await;
    assert_eq!(discord.calls().len(), 1);
    outbound.withdraw("tok").await;
    let last = discord.asked().pop().unwrap();
    assert_eq!(last, original().replace("PATCH", "DELETE"));
}
