//! Every operation that changes something, asked for several times at once: one effect.
//!
//! Operations are taken from the API's own description. One that is new fails
//! [`every_operation_that_changes_something_has_an_example`] until it has an example in
//! `examples.rs`.

mod examples;
mod fingerprint;

use std::collections::BTreeSet;

use futures::future::join_all;
use reqwest::RequestBuilder;
use tokio::task::JoinSet;

use super::*;
use examples::{Asked, Ground, LISTED, Without};
use fingerprint::{Prints, fingerprint};

/// How often each is asked for; the number goes round.
const TIMES: std::ops::RangeInclusive<usize> = 2..=5;

/// Operations that are tried at the same time.
const SIDE_BY_SIDE: usize = 4;
/// How long one answer may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// Method and path of every operation that may change something, as the document has them.
fn changes() -> BTreeSet<String> {
    let document = openapi::document();
    let mut all = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            if ["post", "put", "patch", "delete"].contains(&method.as_str()) {
                let path = path.strip_prefix(PREFIX).unwrap();
                all.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    all
}

#[test]
fn every_operation_that_changes_something_has_an_example() {
    let listed: BTreeSet<String> = LISTED.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(changes(), listed);
}

#[tokio::test]
async fn the_first_third_of_operations_asked_for_often_at_once_has_one_effect_on_sqlite() {
    all_have_one_effect(Kind::Sqlite, 0).await;
}

#[tokio::test]
async fn the_second_third_of_operations_asked_for_often_at_once_has_one_effect_on_sqlite() {
    all_have_one_effect(Kind::Sqlite, 1).await;
}

#[tokio::test]
async fn the_last_third_of_operations_asked_for_often_at_once_has_one_effect_on_sqlite() {
    all_have_one_effect(Kind::Sqlite, 2).await;
}

#[tokio::test]
async fn the_first_third_of_operations_asked_for_often_at_once_has_one_effect_on_postgres() {
    all_have_one_effect(Kind::Postgres, 0).await;
}

#[tokio::test]
async fn the_second_third_of_operations_asked_for_often_at_once_has_one_effect_on_postgres() {
    all_have_one_effect(Kind::Postgres, 1).await;
}

#[tokio::test]
async fn the_last_third_of_operations_asked_for_often_at_once_has_one_effect_on_postgres() {
    all_have_one_effect(Kind::Postgres, 2).await;
}

async fn all_have_one_effect(kind: Kind, third: usize) {
    let mut failed = Vec::new();
    let mut tasks = JoinSet::new();
    let of_third = LISTED.into_iter().skip(third).step_by(3);
    let mut left = of_third.zip(TIMES.cycle());
    loop {
        while tasks.len() < SIDE_BY_SIDE
            && let Some((operation, times)) = left.next()
        {
            tasks.spawn(has_one_effect(kind, operation, times));
        }
        // Every failure is told, not only the first.
        match tasks.join_next().await {
            Some(Ok(())) => {}
            Some(Err(broke)) => failed.push(broke.to_string()),
            None => break,
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Under one key, and, where that is promised, without any. On Postgres, where databases are
/// made slowly, only without one where both go.
async fn has_one_effect(kind: Kind, operation: &'static str, times: usize) {
    let ground = Ground::new(kind).await;
    let asked = ground.example(operation).await;
    let answer = Answer::to(asked.request()).await;
    assert!(is_good(&answer), "{operation}: {}", answer.text());
    let once = fingerprint(&ground.t).await;

    let needs_none = asked.without == Without::OneEffect;
    if kind == Kind::Sqlite || !needs_none {
        let ground = Ground::new(kind).await;
        let asked = ground.example(operation).await;
        under_one_key(operation, &asked, times).await;
        let often = fingerprint(&ground.t).await;
        let is_noted = asked.is_noted && asked.without == Without::Parts;
        let what = format!("{operation}, {times} times under one key");
        same((&often, &once), is_noted, &what);
    }
    if needs_none {
        let ground = Ground::new(kind).await;
        let asked = ground.example(operation).await;
        without_a_key(operation, &asked, times).await;
        let often = fingerprint(&ground.t).await;
        let what = format!("{operation}, {times} times without a key");
        same((&often, &once), asked.is_noted, &what);
    }
}

/// Both stand for the same, but for notes of each time; if not, where they differ.
fn same((often, once): (&Prints, &Prints), is_noted: bool, what: &str) {
    let is_note = |place: &str| place.starts_with("audit_event") || place.contains(".version");
    let places: BTreeSet<&String> = often.keys().chain(once.keys()).collect();
    let differ: Vec<String> = places
        .into_iter()
        .filter(|place| often.get(*place) != once.get(*place))
        .filter(|place| !(is_noted && is_note(place)))
        .map(|place| format!("{place}: {:?}, not {:?}", often.get(place), once.get(place)))
        .collect();
    assert!(differ.is_empty(), "{what}: {differ:#?}");
}

async fn under_one_key(operation: &str, asked: &Asked, times: usize) {
    let keyed = || asked.request().header("idempotency-key", "the same");
    let answers = at_once((0..times).map(|_| keyed())).await;
    let (good, refused) = sorted(&answers);
    assert!(!good.is_empty(), "{operation}: {answers:?}");
    for answer in refused {
        refused_for_now(operation, answer);
    }
    // Whoever was told to wait comes again and is told the same. Parts and the operator, who
    // are no members, rely on what each operation promises by itself.
    if asked.without != Without::Parts {
        let again = Answer::to(keyed()).await;
        assert!(is_good(&again), "{operation}: {}", again.text());
        assert!(again.headers.contains_key("idempotency-replayed"));
        for answer in good {
            assert_eq!(answer.text(), again.text(), "{operation}");
        }
    }
}

async fn without_a_key(operation: &str, asked: &Asked, times: usize) {
    let answers = at_once((0..times).map(|_| asked.request())).await;
    let (good, refused) = sorted(&answers);
    assert!(!good.is_empty(), "{operation}: {answers:?}");
    for answer in refused {
        refused_for_now(operation, answer);
    }
}

fn is_good(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

fn sorted(answers: &[Answer]) -> (Vec<&Answer>, Vec<&Answer>) {
    answers.iter().partition(|answer| is_good(answer))
}

/// Who is not answered is told so: that it is being done, or that it was done already.
fn refused_for_now(operation: &str, answer: &Answer) {
    let problem = answer.problem();
    let fits = [
        Code::IdempotencyInProgress,
        Code::AlreadyExists,
        Code::WrongState,
        Code::Unavailable,
        Code::VersionMismatch,
        Code::NotFound,
        Code::PairingCodeInvalid,
        Code::AlreadyPaired,
    ];
    assert!(fits.contains(&problem.code), "{operation}: {problem:?}");
    if problem.code == Code::IdempotencyInProgress {
        assert!(answer.headers.contains_key("retry-after"));
    }
}

async fn at_once(requests: impl Iterator<Item = RequestBuilder>) -> Vec<Answer> {
    join_all(requests.map(Answer::to)).await
}

#[tokio::test]
async fn whoever_leaves_before_the_answer_finds_it_under_the_same_key() {
    on_both(async |t: TestApp| {
        let owner = t.actor(&[entity::enums::Role::Owner]).await;
        let server = t.server().await;
        let session = server.member(&t.token(&owner).await);
        let ask = || {
            session
                .request(Method::POST, "/posts")
                .header("idempotency-key", "impatient")
                .json(&json!({"title": "Once", "url": "https://acme.example/once"}))
        };
        for micros in (0..30).map(|step| step * 400) {
            let gone = ask().timeout(std::time::Duration::from_micros(micros));
            drop(gone.send().await);
        }
        let deadline = std::time::Instant::now() + PATIENCE;
        let answer = loop {
            let answer = Answer::to(ask()).await;
            if answer.status != 409 {
                break answer;
            }
            assert_eq!(answer.problem().code, Code::IdempotencyInProgress);
            assert!(std::time::Instant::now() < deadline, "nobody answers");
        };
        assert_eq!(answer.status, 200, "{}", answer.text());
        let posts: Value = session.get("/posts").await.json();
        assert_eq!(posts["items"].as_array().unwrap().len(), 1);
    })
    .await;
}
