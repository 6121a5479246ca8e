//! server/LOGS.md names events that exist, at the level at which they are logged.

use std::fs;
use std::path::{Path, PathBuf};

/// An event of the reference.
#[derive(Debug)]
struct Event {
    level: String,
    words: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn reference() -> Vec<Event> {
    let text = fs::read_to_string(root().join("server/LOGS.md")).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .filter_map(|row| {
            let cells: Vec<&str> = row.split(" | ").collect();
            let [level, words, meaning, advice] = cells[..] else {
                panic!("a row has four cells: {row}");
            };
            let words = words.strip_prefix('`')?.strip_suffix('`')?;
            assert!(!meaning.is_empty() && !advice.is_empty(), "{row}");
            Some(Event {
                level: level.to_owned(),
                words: words.to_owned(),
            })
        })
        .collect()
}

/// Production sources, with sentences that go over several lines in one.
fn sources() -> String {
    let mut files = Vec::new();
    for folder in [
        "server/src",
        "server/chorus/src",
        "bots/src",
        "bots/conversation/src",
    ] {
        collect(&root().join(folder), &mut files);
    }
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
    let joined = texts.collect::<Vec<_>>().join("\n");
    let mut lines = joined.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| text + line.trim_start())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

/// The levels at which these words are logged.
fn levels(sources: &str, words: &str) -> Vec<String> {
    let quoted = format!("\"{words}\"");
    sources
        .match_indices(&quoted)
        .filter_map(|(at, _)| {
            let call = sources[..at].rfind("tracing::")?;
            let level = sources[call..]
                .strip_prefix("tracing::")?
                .split('!')
                .next()?;
            Some(level.to_owned())
        })
        .collect()
}

#[test]
fn every_event_of_the_reference_is_logged_in_these_words_at_this_level() {
    let (events, sources) = (reference(), sources());
    assert!(events.len() > 20, "{events:?}");
    let strangers: Vec<_> = events
        .iter()
        .filter(|event| !levels(&sources, &event.words).contains(&event.level))
        .collect();
    assert!(
        strangers.is_empty(),
        "server/LOGS.md names what is not logged so: {strangers:#?}"
    );
}
