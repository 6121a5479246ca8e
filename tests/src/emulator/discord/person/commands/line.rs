//! A typed line, taken apart along what was registered, and the data that is sent for it. Pure.
use serde_json::{Map, Value, json};

use super::{Completion, SUBCOMMAND_GROUP, Typed};
use crate::emulator::discord::person::rendered::text;

pub(super) fn kind(value: &Value) -> u64 {
    value.get("type").and_then(Value::as_u64).unwrap_or(1)
}

pub(super) fn inner(value: &Value) -> Vec<Value> {
    value
        .get("options")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

pub(super) fn option<'t>(typed: &'t Typed, name: &str) -> Option<&'t Value> {
    typed
        .options
        .iter()
        .find(|option| text(option, "name") == name)
}

pub(super) fn split_word(line: &str) -> (&str, &str) {
    let line = line.trim_start();
    line.split_once(' ').unwrap_or((line, ""))
}

pub(super) fn completed(before: &str, label: &str, about: &str) -> Completion {
    Completion {
        line: format!("{before}{label}"),
        label: label.to_owned(),
        about: about.to_owned(),
    }
}

/// What can follow on a whole command: an option's name, one of its choices, or what the app suggests for
/// what stands behind the text that is given as well.
pub(super) fn next_of(typed: &Typed, line: &str) -> (Vec<Completion>, Option<String>) {
    let entries = written(typed);
    let last = entries
        .last()
        .and_then(|(name, value)| Some((option(typed, name)?, value)));
    if let Some((option, value)) = last {
        let before = line
            .get(..line.len() - value.len())
            .unwrap_or(line)
            .to_owned();
        if option.get("autocomplete") == Some(&json!(true)) {
            return (Vec::new(), Some(before));
        }
        let choices = option
            .get("choices")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let names = choices.map(|choice| text(choice, "name"));
        let fitting: Vec<Completion> = names
            .filter(|name| name.starts_with(value.as_str()) && *name != value)
            .map(|name| completed(&before, name, ""))
            .collect();
        if !fitting.is_empty() {
            return (fitting, None);
        }
    }
    let unused = |option: &&Value| !entries.iter().any(|(name, _)| name == text(option, "name"));
    let before = format!("{} ", line.trim_end());
    let next = typed.options.iter().filter(unused);
    (
        next.map(|option| {
            completed(
                &before,
                &format!("{}:", text(option, "name")),
                text(option, "description"),
            )
        })
        .collect(),
        None,
    )
}

/// Every line that is a whole command, as far as names go.
pub(super) fn leaves(command: &Value) -> Vec<Completion> {
    fn below(value: &Value, before: &str, found: &mut Vec<Completion>) {
        let line = format!("{before}{}", text(value, "name"));
        let subcommands: Vec<Value> = inner(value)
            .into_iter()
            .filter(|option| kind(option) <= SUBCOMMAND_GROUP && option.get("type").is_some())
            .collect();
        if subcommands.is_empty() {
            let about = text(value, "description").to_owned();
            found.push(Completion {
                line: line.clone(),
                label: line.clone(),
                about,
            });
        }
        for subcommand in subcommands {
            below(&subcommand, &format!("{line} "), found);
        }
    }
    let mut found = Vec::new();
    below(command, "/", &mut found);
    found
}

/// What stands behind each `name:`; without any such mark everything belongs to the first option.
pub(super) fn written(typed: &Typed) -> Vec<(String, String)> {
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    for option in &typed.options {
        let name = text(option, "name");
        let mark = format!("{name}:");
        let at = typed.rest.match_indices(&mark).map(|(at, _)| at);
        let mut at = at.filter(|at| {
            typed
                .rest
                .get(..*at)
                .is_some_and(|before| before.is_empty() || before.ends_with(' '))
        });
        marks.extend(at.next().map(|at| (at, at + mark.len(), name)));
    }
    marks.sort_unstable();
    if marks.is_empty() {
        let first = typed
            .options
            .first()
            .filter(|_| !typed.rest.trim().is_empty());
        return first
            .map(|option| (text(option, "name").to_owned(), typed.rest.clone()))
            .into_iter()
            .collect();
    }
    let ends = marks
        .iter()
        .skip(1)
        .map(|mark| mark.0)
        .chain([typed.rest.len()]);
    marks
        .iter()
        .zip(ends)
        .map(|((_, begin, name), end)| {
            let value = typed.rest.get(*begin..end).unwrap_or_default();
            ((*name).to_owned(), value.trim_start().to_owned())
        })
        .collect()
}

/// The data of a command's interaction.
pub(super) fn data(typed: &Typed, entries: Vec<Value>) -> Value {
    let nested = typed
        .path
        .iter()
        .rev()
        .fold(entries, |options, (kind, name)| {
            let mut level = Map::new();
            level.insert("name".to_owned(), json!(name));
            level.insert("type".to_owned(), json!(kind));
            level.insert("options".to_owned(), json!(options));
            vec![Value::Object(level)]
        });
    let mut data = Map::new();
    for field in ["id", "name", "type"] {
        data.insert(
            field.to_owned(),
            typed.command.get(field).cloned().unwrap_or_default(),
        );
    }
    if !nested.is_empty() {
        data.insert("options".to_owned(), json!(nested));
    }
    Value::Object(data)
}
