//! Changes to what is good, so that hostile input gets past the first check.

use proptest::prelude::*;
use serde_json::{Map, Value};

/// One change: where, of which kind, how much, with what.
pub type Edit = (u32, u8, u8, u8);

/// A few changes.
pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec(any::<Edit>(), 0..6)
}

/// What is least pleasant within any text.
const PIECES: [&str; 24] = [
    "\0",
    "\r\n",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "😀",
    "e\u{301}",
    "%00",
    "%2e",
    "%ff",
    "..",
    "//",
    "@",
    ":",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "\\",
    "=",
    ",",
    "-1",
    "99999999999999999999",
];

/// `seed` with the changes made, cut and joined at any byte; `words` are of its own format.
pub fn bytes(seed: &[u8], edits: &[Edit], words: &[&str]) -> Vec<u8> {
    let mut out = seed.to_vec();
    for (place, kind, amount, choice) in edits {
        let at = *place as usize % (out.len() + 1);
        let end = (at + usize::from(*amount) % 16).min(out.len());
        let choice = usize::from(*choice);
        match kind % 8 {
            0 => drop(out.splice(at..end, PIECES[choice % PIECES.len()].bytes())),
            1 if !words.is_empty() => {
                drop(out.splice(at..end, words[choice % words.len()].bytes()));
            }
            2 => drop(out.drain(at..end)),
            3 => {
                let again = out[at..end].repeat(1 + choice % 8);
                drop(out.splice(at..at, again));
            }
            4 => out.truncate(at),
            5 => {
                if let Some(byte) = out.get_mut(at) {
                    *byte ^= 1 << (choice % 8);
                }
            }
            6 => out.insert(at, choice.to_le_bytes()[0]),
            _ => {
                let other = (at + choice * 7) % (out.len() + 1);
                let moved: Vec<u8> = out.drain(at..end).collect();
                let other = other.min(out.len());
                drop(out.splice(other..other, moved));
            }
        }
    }
    out
}

/// The same of a text, which stays one.
pub fn text(seed: &str, edits: &[Edit], words: &[&str]) -> String {
    String::from_utf8_lossy(&bytes(seed.as_bytes(), edits, words)).into_owned()
}

/// Values that stand where others were meant.
fn stranger(choice: u8) -> Value {
    match choice % 16 {
        0 => Value::Null,
        1 => true.into(),
        2 => 0.into(),
        3 => (-1).into(),
        4 => u64::MAX.into(),
        5 => i64::MIN.into(),
        6 => 1.5e300.into(),
        7 => "".into(),
        8 => "\0\r\n\u{202e}".into(),
        9 => "x".repeat(5_000).into(),
        10 => Value::Array(Vec::new()),
        11 => Value::Object(Map::new()),
        12 => Value::Array(vec!["1.h".into(); 300]),
        13 => (0..60).fold(Value::Null, |inner, _| Value::Array(vec![inner])),
        14 => (0..60).fold(Value::Null, |inner, _| serde_json::json!({ "type": inner })),
        _ => "../../x?y=1&z".into(),
    }
}

/// `seed` with values in it exchanged, dropped, renamed, repeated or changed within.
pub fn json(seed: &Value, edits: &[Edit], words: &[&str]) -> Value {
    let mut out = seed.clone();
    for edit in edits {
        let mut left = edit.0 as usize % count(&out).max(1);
        change(&mut out, &mut left, *edit, words);
    }
    out
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// Changes the value that `left` others precede.
fn change(value: &mut Value, left: &mut usize, edit: Edit, words: &[&str]) -> bool {
    if *left == 0 {
        here(value, edit, words);
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| change(item, left, edit, words)),
        Value::Object(fields) => fields
            .values_mut()
            .any(|field| change(field, left, edit, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn here(value: &mut Value, edit: Edit, words: &[&str]) {
    let (place, kind, _, choice) = edit;
    let at = place as usize;
    match (kind % 4, value) {
        (0, Value::Object(fields)) if !fields.is_empty() => {
            let name = fields.keys().nth(at % fields.len()).cloned();
            let taken = name.and_then(|name| fields.remove(&name));
            let word = words.get(usize::from(choice) % words.len().max(1));
            if let (Some(taken), Some(word)) = (taken, word) {
                fields.insert((*word).to_owned(), taken);
            }
        }
        (1, Value::Array(items)) if !items.is_empty() => {
            let again = items[at % items.len()].clone();
            items.extend(std::iter::repeat_n(again, usize::from(choice % 50)));
        }
        (2, Value::String(inner)) => {
            *inner = text(inner, &[edit, (place / 2, kind / 4, choice, kind)], words);
        }
        (_, value) => *value = stranger(choice),
    }
}
