//! People act while the line to their chat is in trouble: what each does has one effect, and they are
//! answered, or the log says that somebody could not be. What they do comes in on a websocket, which
//! the proxy leaves alone; it is struck how they are acknowledged and answered.

use std::ops::Range;

use server::test_support::Kind;
use tests::effort::rounds;
use tests::emulator::discord::state::journal::Rule;
use tests::people::Chat;
use tests::proxy::plan::{Fault, Plan};

use super::field::{Field, Kit};

/// What is shared.
const TITLE: &str = "Shared through trouble";
/// What people choose on their own card, how they are answered, and what the card says then.
const DONE: &str = "Done on X";
const ANSWER: &str = "Shared on X";
const CARD: &str = "You shared it: X";
/// What the log says otherwise.
const UNANSWERED: &str = "somebody could not be answered";

/// What is over within the three seconds in which Discord wants to be answered. Nothing arrives twice:
/// the platforms would do most of it twice.
const BRIEF: [Fault; 7] = [
    Fault::TooMany,
    Fault::ServerError,
    Fault::BadGateway,
    Fault::ResetBefore,
    Fault::ResetAfter,
    Fault::SlowBody,
    Fault::Overtaken,
];
/// What is waited for, in the long form.
const LONG: [Fault; 3] = [Fault::TooManyUnsaid, Fault::Silence, Fault::Swallowed];

/// One of the ways in which people are told what came of it.
struct Way {
    /// What its requests have in method and path.
    on: &'static [&'static str],
    faults: Vec<Fault>,
    /// Where nobody can know whether it arrived, and it had not: nothing is said twice.
    lost: &'static [Fault],
    /// Where it had arrived, and another way is tried all the same.
    doubled: &'static [Fault],
}

impl Way {
    fn on(on: &'static [&'static str]) -> Self {
        Self {
            on,
            faults: BRIEF.into_iter().chain(LONG).take(rounds(7, 10)).collect(),
            lost: &[],
            doubled: &[],
        }
    }

    /// All of a chat.
    fn all(chat: Chat) -> Vec<Self> {
        match chat {
            Chat::Slack => vec![
                Self::on(&["/chat.update"]),
                Self {
                    doubled: &[Fault::BadGateway, Fault::ResetAfter, Fault::Swallowed],
                    ..Self::on(&["/response/"])
                },
            ],
            Chat::Discord => vec![
                Self {
                    faults: BRIEF.to_vec(),
                    ..Self::on(&["/interactions/"])
                },
                // How the message changes that was pressed.
                Self::on(&["PATCH /api/v10/webhooks/"]),
                Self {
                    lost: &[Fault::ServerError, Fault::ResetBefore, Fault::Silence],
                    ..Self::on(&["POST /api/v10/webhooks/"])
                },
            ],
        }
    }
}

/// How many requests met one of these so far.
fn struck(field: &Field, faults: &[Fault]) -> usize {
    let tally = field.proxy.tally();
    let counts = faults.iter().filter_map(|fault| tally.struck.get(fault));
    counts.sum()
}

/// How often one of the people was told that they shared it.
fn answers(field: &Field, number: usize) -> usize {
    let seen = field.person(number).direct_messages();
    seen.iter()
        .filter(|sight| sight.text.contains(ANSWER))
        .count()
}

/// How often the log says that somebody was not.
fn given_up(field: &Field) -> usize {
    field.courier().log().matches(UNANSWERED).count()
}

/// As many people as there are faults say at once that they shared the post, and of what answers them
/// this way, the first requests meet one fault each.
async fn act(field: &Field, way: &Way, people: Range<usize>) {
    let (lost, doubled) = (struck(field, way.lost), struck(field, way.doubled));
    let (all, logged) = (struck(field, &way.faults), given_up(field));
    field.proxy.plan(Plan {
        seed: 21,
        faults: way.faults.clone(),
        percent: 100,
        on: way.on,
        strikes: way.faults.len(),
        ..Plan::quiet()
    });
    for number in people.clone() {
        let person = field.person(number);
        let card = person.is_told(|sight| sight.text.contains(TITLE)).await;
        person.chooses(&card, DONE);
    }
    let unanswered = || {
        let all = people.clone();
        all.filter(|number| answers(field, *number) == 0).count()
    };
    field
        .until("who can be answered is", async || {
            unanswered() <= struck(field, way.lost) - lost
        })
        .await;
    field
        .until("the log tells of the others", async || {
            given_up(field) - logged >= unanswered()
        })
        .await;
    field.proxy.plan(Plan::quiet());
    field.cards_are_due().await;
    field.all_settled().await;
    let met = struck(field, &way.faults) - all;
    assert_eq!(met, way.faults.len(), "each once");
    let mut more = 0;
    for number in people {
        let person = field.person(number);
        assert_eq!(field.shares(number).await, 1, "{number}, by {:?}", way.on);
        more += answers(field, number).saturating_sub(1);
        let seen = person.direct_messages();
        let is_so = seen.iter().any(|sight| sight.text.contains(CARD));
        assert!(is_so, "the card of {number}: {seen:#?}");
    }
    let most = struck(field, way.doubled) - doubled;
    assert!(more <= most, "{more} answers too many, by {:?}", way.on);
}

async fn people_act(kind: Kind, chat: Chat) {
    let ways = Way::all(chat);
    let kit = Kit {
        kind,
        chat,
        channels: 1,
        people: ways.iter().map(|way| way.faults.len()).sum(),
    };
    let mut field = Field::begin(kit, Plan::quiet()).await;
    let running = field.running();
    field.listens().await;
    field.publish(TITLE).await;
    field.all_settled().await;
    let mut next = 0;
    for way in &ways {
        let people = next..next + way.faults.len();
        next = people.end;
        act(&field, way, people).await;
    }
    assert_eq!(field.running(), running, "a process was started anew");
    let slack = field.outside.slack.violations();
    assert!(slack.is_empty(), "{slack:?}");
    // An acknowledgement that arrived is given again where the line swallowed what Discord said.
    let discord = field.outside.discord.violations();
    let is_again = discord
        .iter()
        .all(|one| one.rule == Rule::AcknowledgedTwice);
    let arrived = struck(&field, &[Fault::BadGateway, Fault::ResetAfter]);
    assert!(is_again && discord.len() <= arrived, "{discord:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn what_people_do_on_slack_in_trouble_has_one_effect_and_an_answer() {
    people_act(Kind::Sqlite, Chat::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn what_people_do_on_discord_in_trouble_has_one_effect_and_one_answer_or_a_word_in_the_log() {
    people_act(Kind::Postgres, Chat::Discord).await;
}
