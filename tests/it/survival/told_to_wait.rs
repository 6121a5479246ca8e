//! A platform refuses everything for a while and says when to come again: nobody comes earlier, so
//! that of each message only as many requests are refused as that allows. Discord locks out who
//! makes too many of those.

use std::time::{Duration, Instant};

use server::test_support::Kind;
use tests::people::Chat;
use tests::proxy::plan::{Fault, Plan};
use tests::proxy::{Heard, Tally};

use super::field::{Field, Kit, glance};

/// What says something in a channel has one of these in method and path.
const SAYS: &[&str] = &["/messages", "/chat."];
/// Channels that are told.
const CHANNELS: usize = 12;
/// Seconds that a refusal names: more than lie between two messages to one channel.
const NAMED: u64 = 3;
/// When another post goes out, and when nothing is refused any more, after the first refusal.
const ANOTHER: Duration = Duration::from_millis(1_900);
const OVER: Duration = Duration::from_millis(4_500);
/// What had its turn when the first refusal was read is sent within this time.
const STRAGGLERS: Duration = Duration::from_millis(1_800);

/// Refuses all that is said in channels.
fn refusing() -> Plan {
    Plan {
        on: SAYS,
        wait: NAMED,
        ..Plan::only(Fault::TooMany)
    }
}

fn is_refused(one: &Heard) -> bool {
    one.fault == Some(Fault::TooMany)
}

/// When each was refused.
fn refusals(tally: &Tally) -> Vec<Instant> {
    let refused = tally.log.iter().filter(|one| is_refused(one));
    refused.map(|one| one.at).collect()
}

async fn until(moment: Instant) {
    while Instant::now() < moment {
        glance().await;
    }
}

async fn is_refused_for_a_while(kind: Kind, chat: Chat) {
    let kit = Kit {
        kind,
        chat,
        channels: CHANNELS,
        people: 0,
    };
    let field = Field::begin(kit, Plan::quiet()).await;
    field.listens().await;
    field.proxy.plan(refusing());
    field.publish("Refused at first").await;
    field
        .until("somebody is refused", async || {
            !refusals(&field.proxy.tally()).is_empty()
        })
        .await;
    let first = refusals(&field.proxy.tally())[0];
    until(first + ANOTHER).await;
    // Never tried by then: it waits as well, where a whole workspace is to.
    field.publish("Refused as well").await;
    until(first + OVER).await;
    field.proxy.plan(Plan::quiet());
    field.all_settled().await;
    field.everything_arrived_once().await;
    let tally = field.proxy.tally();
    nobody_comes_early(chat, &tally);
    few_are_refused(chat, &refusals(&tally));
}

/// How long a refusal keeps them away at least: Discord's body is more exact than its header.
fn at_least(chat: Chat) -> Duration {
    match chat {
        Chat::Slack => Duration::from_secs(NAMED),
        Chat::Discord => Duration::from_millis(NAMED * 1_000 - 300),
    }
}

/// After a refusal nothing is sent until the time is over: on Discord to the same channel, on Slack,
/// which does not say what its limit is for, to the workspace.
fn nobody_comes_early(chat: Chat, tally: &Tally) {
    let says = |one: &&Heard| SAYS.iter().any(|part| one.request.contains(part));
    let sends: Vec<&Heard> = tally.log.iter().filter(says).collect();
    for told in sends.iter().filter(|one| is_refused(one)) {
        let early = sends.iter().find(|one| {
            let after = one.at.saturating_duration_since(told.at);
            let is_meant = match chat {
                Chat::Slack => after > STRAGGLERS,
                // Of a channel there are no stragglers: one message a second goes there.
                Chat::Discord => !after.is_zero() && one.request == told.request,
            };
            is_meant && after < at_least(chat)
        });
        assert!(early.is_none(), "{early:?} after {told:?}");
    }
}

/// The first post's messages were tried at once, and again as often as they were told to; the
/// other's only when the first time was over.
fn few_are_refused(chat: Chat, refused: &[Instant]) {
    let (first, last) = (refused[0], refused[refused.len() - 1]);
    let again = last.duration_since(first).as_millis() / at_least(chat).as_millis();
    let most = CHANNELS * (1 + 2 * usize::try_from(again).unwrap());
    println!("{} requests were refused, of {most} at most", refused.len());
    assert!(refused.len() <= most, "{} of {most}", refused.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn while_slack_refuses_everything_nobody_comes_again_before_the_time_that_it_says() {
    is_refused_for_a_while(Kind::Sqlite, Chat::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn while_discord_refuses_everything_nobody_comes_again_before_the_time_that_it_says() {
    is_refused_for_a_while(Kind::Postgres, Chat::Discord).await;
}
