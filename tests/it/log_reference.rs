//! server/LOGS.md names events that exist, at the level at which they are logged, and every error
//! among them: who looks for one that is not there would take it for nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The levels of which the reference tells something.
const LEVELS: [&str; 3] = ["error", "warn", "info"];
/// Folders without sources of ours, or whose events nobody meets who runs Chorus.
const APART: [&str; 4] = ["tests", "test_support", "node_modules", "target"];

/// An event, of the reference or of the sources.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    level: String,
    words: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn reference() -> BTreeSet<Event> {
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

/// What production logs.
fn logged() -> BTreeSet<Event> {
    let mut files = Vec::new();
    for folder in ["bots", "server", "entity", "migration"] {
        collect(&root().join(folder), &mut files);
    }
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
    texts.flat_map(|text| events(&text)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_apart = APART.iter().any(|name| path.ends_with(name));
        if path.is_dir() && !is_apart {
            collect(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

/// The events of a source, without its tests.
fn events(source: &str) -> Vec<Event> {
    let code = source.split("#[cfg(test)]\nmod tests {").next();
    let code = in_one_line(code.unwrap_or_default());
    let mut events = Vec::new();
    for level in LEVELS {
        for (at, call) in code.match_indices(&format!("{level}!(")) {
            // The end of another name is none.
            if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
                continue;
            }
            let words = words(&code[at + call.len()..]);
            events.push(Event {
                level: level.to_owned(),
                words: words.unwrap_or_default().to_owned(),
            });
        }
    }
    events
}

/// Sentences that go over several lines in one.
fn in_one_line(code: &str) -> String {
    let mut lines = code.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| text + line.trim_start())
}

/// The words of the event whose arguments begin here: the first text that is an argument of its
/// own, and neither the value of a field nor a part of one.
fn words(arguments: &str) -> Option<&str> {
    let (mut depth, mut before) = (1, ',');
    let mut letters = arguments.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => {
                let mut is_escaped = false;
                let (end, _) = letters.find(|(_, letter)| {
                    let is_end = *letter == '"' && !is_escaped;
                    is_escaped = *letter == '\\' && !is_escaped;
                    is_end
                })?;
                if depth == 1 && before == ',' {
                    return Some(&arguments[at + 1..end]);
                }
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 1 => return None,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if !letter.is_whitespace() {
            before = letter;
        }
    }
    None
}

#[test]
fn every_event_of_the_reference_is_logged_in_these_words_at_this_level() {
    let (reference, logged) = (reference(), logged());
    assert!(reference.len() > 20, "{reference:?}");
    let strangers: Vec<_> = reference.difference(&logged).collect();
    assert!(
        strangers.is_empty(),
        "server/LOGS.md names what is not logged so: {strangers:#?}"
    );
}

#[test]
fn every_error_that_is_logged_stands_in_the_reference() {
    let (reference, logged) = (reference(), logged());
    let errors = logged.difference(&reference);
    let missing: Vec<_> = errors.filter(|event| event.level == "error").collect();
    assert!(
        missing.is_empty(),
        "server/LOGS.md does not say what to do about: {missing:#?}"
    );
}

#[test]
fn an_event_is_read_with_its_words_whatever_stands_beside_them() {
    let source = r#"
        tracing::error!(%cause, "no fields before {cause}");
        error!(part = "web", port = told("a"), "it \"broke\" over \
               two lines", told("b"));
        tracing::error!(%cause);
        compile_error!("not this");
        tracing::warn!("beside {}", other);
#[cfg(test)]
mod tests {
    tracing::error!("nor this");
"#;
    let read: Vec<_> = events(source)
        .into_iter()
        .map(|event| (event.level, event.words))
        .collect();
    let expected = [
        ("error", "no fields before {cause}"),
        ("error", r#"it \"broke\" over two lines"#),
        ("error", ""),
        ("warn", "beside {}"),
    ];
    assert_eq!(
        read,
        expected.map(|(level, words)| (level.to_owned(), words.to_owned()))
    );
}
