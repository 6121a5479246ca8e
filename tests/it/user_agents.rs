//! Crawlers and people, by the lists of others: whoever calls a program by its name
//! is not counted as a reader, and no reader is taken for a program.

use entity::enums::HitClass;
use serde::Deserialize;
use server::ingest::classify::{Signs, classify};
use server::ingest::crawlers;

/// Names the file that `tests/checks/user_agents.mjs` writes.
const LISTS: &str = "CHORUS_USER_AGENTS";

#[derive(Deserialize)]
struct Lists {
    crawlers: Vec<String>,
    people: Vec<String>,
}

fn class(user_agent: &str) -> HitClass {
    let signs = Signs {
        user_agent: Some(user_agent),
        ..Signs::default()
    };
    classify(signs, crawlers::program).class
}

#[test]
#[ignore = "needs the lists of others: `tests/checks/run user-agents` installs them and runs this"]
#[expect(
    clippy::disallowed_methods,
    reason = "where the lists lie is no part of the configuration"
)]
fn every_known_crawler_is_filtered_and_no_browser_of_a_person() {
    let file = std::env::var(LISTS).unwrap();
    let lists: Lists = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert!(lists.crawlers.len() > 1_500 && lists.people.len() > 500);
    let wrong = |list: &[String], right: HitClass| -> Vec<String> {
        let wrong = list.iter().filter(|agent| class(agent) != right);
        wrong.cloned().collect()
    };
    let missed = wrong(&lists.crawlers, HitClass::Bot);
    assert!(missed.is_empty(), "taken for people: {missed:#?}");
    let lost = wrong(&lists.people, HitClass::Human);
    assert!(lost.is_empty(), "taken for programs: {lost:#?}");
}
