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
/// How much earlier than it must the next request may be counted.
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
        ..Plan::quiet()
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
    let running = field.running();
    let kept = field.publish("Told through trouble").await;
    let taken_back = field.publish("Taken back through trouble").await;
    field.all_settled().await;
    field.is_shared(kept).await;
    field.withdraw(taken_back).await;
    field.all_settled().await;
    assert_eq!(field.running(), running, "a process was started anew");
    field.everything_arrived_once().await;
    field.shows_the_share("Told through trouble");
    let tally = field.proxy.tally();
    for fault in faults {
        assert!(tally.struck.contains_key(&fault), "{fault:?}: {tally:?}");
        if fault == Fault::TooManyUnsaid {
            keeps_still(chat, &tally);
        }
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
    let running = field.running();
    field.history_is_hidden();
    field.publish("Told through trouble in the dark").await;
    field.all_settled().await;
    assert_eq!(field.running(), running, "a process was started anew");
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
fn keeps_still(chat: Chat, tally: &Tally) {
    let still = Still::of(chat);
    let sends: Vec<_> = (tally.log.iter())
        .filter(|one| one.request.contains(still.sends))
        .collect();
    let unsaid = |fault| fault == Some(Fault::TooManyUnsaid);
    let moments: Vec<_> = sends.iter().filter(|one| unsaid(one.fault)).collect();
    assert!(!moments.is_empty(), "none of what is sent was refused");
    for told in moments {
        let early = sends.iter().find(|one| {
            let after = one.at.saturating_duration_since(told.at);
            after > still.stragglers && after + EARLY < still.lasts
        });
        assert!(early.is_none(), "{early:?} after {told:?}");
    }
}

/// How a part keeps still where nobody says how long.
struct Still {
    /// What part of method and path what is sent has.
    sends: &'static str,
    /// For so long.
    lasts: Duration,
    /// How much of that may be over before the last requests are read that were sent before.
    stragglers: Duration,
}

impl Still {
    fn of(chat: Chat) -> Self {
        match chat {
            // Whatever reads the history stands still by itself alone, for a minute; and what had its
            // turn by then may read there first, slowly, and send after that.
            Chat::Slack => Self {
                sends: "/chat.",
                lasts: Duration::from_secs(30),
                stragglers: Duration::from_secs(12),
            },
            // Nothing at all leaves the client.
            Chat::Discord => Self {
                sends: "",
                lasts: Duration::from_secs(5),
                stragglers: Duration::from_millis(2_500),
            },
        }
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

/// What is refused is refused by the proxy alone. How many requests that may be for each message
/// is tried where everything is refused: see `told_to_wait`.
async fn is_far_from_a_ban(kind: Kind) {
    let field = is_in_trouble(kind, Chat::Discord).await;
    assert_eq!(
        field.outside.discord.invalid_calls(),
        0,
        "nothing but what the proxy refused"
    );
    println!("{:?}", field.proxy.tally().struck);
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
