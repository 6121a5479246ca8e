//! No sentence is missing in a language, and none is kept that no page says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
    found
}

fn keys(sources: &[&str]) -> Vec<String> {
    sources
        .iter()
        .flat_map(|source| source.lines())
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split(" =").next())
        .map(str::to_owned)
        .collect()
}

/// Everything that pages are made of, without this folder of tests and what documents them.
fn sources() -> String {
    let mut all = files(&folder("templates/console"), "html");
    all.extend(files(&folder("src/http/console"), "rs"));
    all.retain(|path| !path.ends_with("tests.rs"));
    all.push(folder("src/http/console.rs"));
    all.iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .flat_map(|source| source.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line + "\n")
        .collect()
}

/// Texts in quotes that follow one of the accessors.
fn said(source: &str) -> BTreeSet<String> {
    let is_whole =
        |at: usize| !source[..at].ends_with(|one: char| one == '_' || one.is_alphanumeric());
    ["say(", "count(", "with(", "tell(", "Toast::of(", "frame("]
        .iter()
        .flat_map(|accessor| source.match_indices(accessor))
        .filter(|(at, _)| is_whole(*at))
        .map(|(at, accessor)| &source[at + accessor.len()..])
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn both_languages_say_the_same_things_once() {
    let (mut english, mut german) = (keys(ENGLISH), keys(GERMAN));
    english.sort_unstable();
    german.sort_unstable();
    assert_eq!(english, german);
    let once: BTreeSet<&String> = english.iter().collect();
    assert_eq!(once.len(), english.len(), "a key stands twice");
    for words in [Words::of(Language::En), Words::of(Language::De)] {
        for key in &english {
            assert!(words.has(key), "{}: {key} is malformed", words.code());
        }
    }
}

#[test]
fn every_file_of_sentences_is_read() {
    for (language, read) in [("en", ENGLISH), ("de", GERMAN)] {
        let there = files(&folder(&format!("locales/console/{language}")), "ftl");
        assert_eq!(there.len(), read.len(), "{there:?}");
    }
}

#[test]
fn what_pages_say_is_there() {
    let missing: Vec<String> = said(&sources())
        .into_iter()
        .filter(|key| !Words::of(Language::En).has(key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_there_is_said() {
    let sources = sources();
    let unsaid: Vec<String> = keys(ENGLISH)
        .into_iter()
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

#[test]
fn numbers_choose_their_form() {
    let (en, de) = (Words::of(Language::En), Words::of(Language::De));
    assert_eq!(en.count("minutes-ago", 1), "1 minute ago");
    assert_eq!(en.count("minutes-ago", 5), "5 minutes ago");
    assert_eq!(de.count("minutes-ago", 5), "vor 5 Minuten");
    assert_eq!(
        en.count("points-proposal", 1),
        "A proposal of yours that becomes a post: 1 point."
    );
    assert_eq!(
        de.count("points-cap", 1),
        "Höchstens 1 geteilter Beitrag am Tag bringt Punkte. Eigene Klicks nie."
    );
}

#[test]
fn thousands_stand_apart_in_sentences_too() {
    let (en, de) = (Words::of(Language::En), Words::of(Language::De));
    assert_eq!(
        en.count("reach-people", 20_000),
        "Suggested to 20,000 people,"
    );
    assert_eq!(de.count("minutes-ago", 1_234_567), "vor 1.234.567 Minuten");
    assert_eq!(en.say("thousands"), ",");
    assert_eq!(de.say("thousands"), ".");
}
