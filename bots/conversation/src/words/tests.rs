//! Both locales say the same things, with the same arguments, without a fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use server_api::leaderboard::Movement;
use server_api::review::ReviewAudience;

use super::*;

/// Message ids with the arguments that each uses, read from the source itself.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" = ")
            && id.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        {
            current = id.to_owned();
            assert!(
                found.insert(current.clone(), BTreeSet::new()).is_none(),
                "{id} twice"
            );
        }
        for argument in line.split('$').skip(1) {
            let name: String = argument
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect();
            found.entry(current.clone()).or_default().insert(name);
        }
    }
    found
}

fn accessor_sources() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words");
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("tests.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn both_locales_have_the_same_messages_with_the_same_arguments() {
    let english = messages(ENGLISH);
    assert!(english.len() > 80);
    assert_eq!(english, messages(GERMAN));
}

#[test]
fn both_locales_are_read_without_a_fault() {
    for source in [ENGLISH, GERMAN] {
        assert!(FluentResource::try_new(source.to_owned()).is_ok());
    }
}

#[test]
fn every_message_has_an_accessor_and_every_accessor_a_message() {
    let sources = accessor_sources();
    let english = messages(ENGLISH);
    for id in english.keys() {
        assert!(sources.contains(&format!("\"{id}\"")), "{id} is never said");
    }
    for call in ["self.label(\"", "self.phrase(\"", "=> \""] {
        for id in sources.split(call).skip(1) {
            let id = id.split('"').next().unwrap();
            assert!(english.contains_key(id), "{id} has no message");
        }
    }
}

#[test]
fn german_says_du_and_nobody_shouts() {
    for source in [ENGLISH, GERMAN] {
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            assert!(!line.contains('!'), "{line}");
        }
    }
    for formal in [" Sie ", " Ihre ", " Ihnen ", " Ihr "] {
        assert!(!GERMAN.contains(formal), "{formal}");
    }
}

#[test]
fn numbers_choose_the_plural_and_are_grouped() {
    let english = Words::of(Language::En);
    let german = Words::of(Language::De);
    let say = |phrase: Phrase| crate::plain::phrase(&phrase);
    assert_eq!(say(english.points(1)), "1 point");
    assert_eq!(say(english.points(12_345)), "12,345 points");
    assert_eq!(say(german.points(1)), "1 Punkt");
    assert_eq!(say(german.points(-12_345)), "-12.345 Punkte");
    assert_eq!(say(english.card_shared_by(0)), "Nobody has shared it yet");
}

#[test]
fn movement_is_a_short_mark() {
    let up = Movement::Up { places: 3 };
    let down = Movement::Down { places: 1_200 };
    for (language, movement, expected) in [(Language::En, up, "▲3"), (Language::De, down, "▼1.200")]
    {
        let mark = Words::of(language).board_movement(movement);
        assert_eq!(crate::plain::phrase(&mark), expected);
    }
}

#[test]
fn text_of_people_is_never_taken_for_markup() {
    let english = Words::of(Language::En);
    let hostile = "**bold** `code` \u{E000} { $title }";
    assert_eq!(
        english.onboarded_pseudonym(hostile),
        vec![
            Span::Text("You are in. Boards show you as ".into()),
            Span::Strong(hostile.into()),
            Span::Text(", once you have points.".into()),
        ]
    );
}

#[test]
fn only_what_leaves_nobody_out_is_said_to_be_for_everybody() {
    let words = Words::of(Language::En);
    let everybody = words.review_for(None);
    for channels in [None, Some(Vec::new())] {
        let gone = ReviewAudience {
            channels,
            ..ReviewAudience::default()
        };
        assert_ne!(
            words.review_for(Some(&gone)),
            everybody,
            "its teams are gone, and nobody took their place: {gone:?}"
        );
        let in_no_channel = ReviewAudience {
            everybody: true,
            ..gone
        };
        assert_eq!(words.review_for(Some(&in_no_channel)), everybody);
    }
}
