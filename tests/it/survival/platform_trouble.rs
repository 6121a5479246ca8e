//! A fifth of all calls to the platform meets trouble of every kind, and everything arrives
//! once, in channels and in messages of people's own, and says in the end what is so.

use std::time::Duration;

use server::test_support::Kind;
use tests::effort::rounds;
use tests::people::Chat;
use tests::proxy::Tally;
use tests::proxy::plan::{Fault, Plan};

use super::field::{Field, Kit};

/// How long a request, and an answer, may be on its way.
const LAG: Duration = Duration::from_millis(40);
/// How long Discord's part keeps still where nobody says how long.
const STILL: Duration = Duration::from_secs(5);
/// How much of that may be over before the last requests are read that were sent before, and
/// how much earlier the next may be counted.
const STRAGGLERS: Duration = Duration::from_millis(2_500);
const EARLY: Duration = Duration::from_millis(500);

/// What posts a message on Slack, which knows no keys: a request that arrives twice stands there
/// twice. Everything else that Slack is asked may arrive twice, and all that Discord is.
const POSTING_ON_SLACK: [&str; 2] = ["/chat.postMessage", "/chat.postEphemeral"];

/// Trouble on the line to a chat. A 429 of Slack that names no time stops a workspace for half a
/// minute, which is for the long form.
fn trouble(chat: Chat) -> Plan {
    let is_fit = |fault: &Fault| match chat {
        Chat::Discord => true,
        Chat::Slack => match fault {
            Fault::TooManyUnsaid => rounds(0, 1) == 1,
            Fault::TooMany
            | Fault::ServerError
            | Fault::BadGateway
            | Fault::Silence
            | Fault::Swallowed
            | Fault::ResetBefore
            | Fault::ResetAfter
            | Fault::SlowBody
            | Fault::Duplicate
            | Fault::Overtaken => true,
        },
    };
    Plan {
        seed: 20,
        faults: Fault::ALL.into_iter().filter(is_fit).collect(),
        percent: 20,
        lag: LAG,
        // Where listening begins; what is said there is another test's.
        spared: &["/apps.connections.open", "/gateway", "/commands"],
        once: match chat {
            Chat::Slack => &POSTING_ON_SLACK,
            Chat::Discord => &[],
        },
    }
}

async fn is_in_trouble(kind: Kind, chat: Chat) -> Field {
    let kit = Kit {
        kind,
        chat,
        channels: rounds(22, 220),
        people: rounds(8, 80),
    };
    let plan = trouble(chat);
    let faults = plan.faults.clone();
    let mut field = Field::begin(kit, plan).await;
    let kept = field.publish("Told through trouble").await;
    let taken_back = field.publish("Taken back through trouble").await;
    field.all_settled().await;
    field.is_shared(kept).await;
    field.withdraw(taken_back).await;
    field.all_settled().await;
    field.everything_arrived_once().await;
    field.shows_the_share("Told through trouble");
    let tally = field.proxy.tally();
    for fault in faults {
        assert!(tally.struck.contains_key(&fault), "{fault:?}: {tally:?}");
    }
    field
}

/// Where the history cannot be read either, what is not known stays so.
async fn is_in_trouble_blindly(kind: Kind, chat: Chat) {
    let kit = Kit {
        kind,
        chat,
        channels: 45,
        people: 15,
    };
    let mut field = Field::begin(kit, trouble(chat)).await;
    field.history_is_hidden();
    field.publish("Told through trouble in the dark").await;
    field.all_settled().await;
    let uncertain = field.nothing_came_twice().await;
    let tally = field.proxy.tally();
    let unknown = [
        Fault::ServerError,
        Fault::BadGateway,
        Fault::Silence,
        Fault::Swallowed,
        Fault::ResetBefore,
        Fault::ResetAfter,
    ];
    let struck: usize = unknown
        .iter()
        .filter_map(|fault| tally.struck.get(fault))
        .sum();
    assert!(
        (1..=struck).contains(&uncertain),
        "{uncertain} uncertain of {struck} unknown"
    );
    println!(
        "{uncertain} of 60 deliveries stay uncertain: {:?}",
        tally.struck
    );
}

/// After a 429 that says nothing, nothing is sent for a while, but what was on its way.
fn keeps_still(tally: &Tally) {
    let unsaid = |fault| fault == Some(Fault::TooManyUnsaid);
    let moments: Vec<_> = tally.log.iter().filter(|one| unsaid(one.fault)).collect();
    assert!(!moments.is_empty());
    for told in moments {
        let early = tally.log.iter().find(|one| {
            let after = one.at.saturating_duration_since(told.at);
            after > STRAGGLERS && after + EARLY < STILL
        });
        assert!(early.is_none(), "{early:?} after {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_fifth_of_calls_to_slack_in_trouble_loses_and_doubles_nothing_from_sqlite() {
    is_in_trouble(Kind::Sqlite, Chat::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_fifth_of_calls_to_slack_in_trouble_loses_and_doubles_nothing_from_postgres() {
    is_in_trouble(Kind::Postgres, Chat::Slack).await;
}

/// What is refused is refused by the proxy alone, and counts little.
async fn is_far_from_a_ban(kind: Kind) {
    let field = is_in_trouble(kind, Chat::Discord).await;
    let tally = field.proxy.tally();
    keeps_still(&tally);
    let refused = |fault| tally.struck.get(&fault).copied().unwrap_or_default();
    let invalid = refused(Fault::TooMany) + refused(Fault::TooManyUnsaid);
    assert_eq!(
        field.outside.discord.invalid_calls(),
        0,
        "nothing but what the proxy refused"
    );
    // Two kinds of eleven refuse, of a fifth of all calls, but the deck is not dealt to its end.
    let calls = tally.passed + tally.faults();
    assert!(invalid * 100 <= calls * 10, "{invalid} of {calls}");
    println!(
        "{invalid} of {calls} calls were refused: {:?}",
        tally.struck
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_fifth_of_calls_to_discord_in_trouble_loses_nothing_and_is_far_from_a_ban_on_sqlite() {
    is_far_from_a_ban(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn a_fifth_of_calls_to_discord_in_trouble_loses_nothing_and_is_far_from_a_ban_on_postgres() {
    is_far_from_a_ban(Kind::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn in_trouble_and_in_the_dark_slack_gets_nothing_twice() {
    is_in_trouble_blindly(Kind::Postgres, Chat::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn in_trouble_and_in_the_dark_discord_gets_nothing_twice() {
    is_in_trouble_blindly(Kind::Sqlite, Chat::Discord).await;
}
