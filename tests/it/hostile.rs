//! Hostile input: whatever comes from outside, mutated from what is good, is read without
//! a panic and in bounded time, refused clearly or read to something whole, and what goes
//! there and back comes back the same.
//!
//! Ten thousand inputs each in every run; `PROPTEST_CASES` asks for more (the folder's
//! README has the command, and says where it is another number).

mod addresses;
mod bodies;
mod commands;
mod feeds;
mod files;
mod mutation;
mod payloads;
mod requests;
mod texts;
mod tokens;

use std::time::{Duration, Instant};

use proptest::prelude::*;

/// How many inputs each property is shown at least.
const MANY: u32 = 10_000;
/// No single input may take longer, on a machine that is busy with much else and without
/// optimisation: what is meant is what never ends.
const AT_MOST: Duration = Duration::from_secs(30);

/// Ten thousand, or what `PROPTEST_CASES` says where that is more.
fn many() -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: asked.cases.max(MANY),
        // A failing input is named in full by the failure; nothing is kept beside the tests.
        failure_persistence: None,
        ..asked
    }
}

/// Reads something, and fails where that takes too long.
fn timed<T>(read: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let read = read();
    let took = began.elapsed();
    assert!(took < AT_MOST, "one input took {took:?}");
    read
}

/// Waits for an answer, and fails where that takes too long.
async fn in_time<T>(answer: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let answer = tokio::time::timeout(AT_MOST, answer).await;
    let took = began.elapsed();
    assert!(took < AT_MOST, "one input took {took:?}");
    answer.unwrap()
}
