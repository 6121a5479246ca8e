//! Slash commands: their words as if they had been typed in one line, so that they mean
//! the same as everywhere; and what to offer while an option is typed.

use conversation::command::LONGEST_PROPOSAL;
use conversation::intent::ProposalForm;
use conversation::words::Words;
use conversation::{Intent, command};
use serde_json::{Value, json};
use server_api::enums::{Language, Period};

use super::{markdown, text as at};
use crate::discord::{commands, limits, text};

/// Longest words that are repeated to who typed them.
const COMMAND_CHARACTERS: usize = 200;
/// In the menu of a message. "Application Command Types": `MESSAGE`.
const MESSAGE: u64 = 3;
/// A command that is typed. "Application Command Types": `CHAT_INPUT`.
const CHAT_INPUT: u64 = 1;

pub(super) fn intent(payload: &Value) -> Intent {
    let typed = payload.pointer("/data/type").and_then(Value::as_u64);
    let name = at(payload, "/data/name").unwrap_or_default();
    if typed == Some(MESSAGE) && name == Words::of(Language::En).propose_message() {
        return on_a_message(payload);
    }
    let ours = name == command::NAME.trim_start_matches('/');
    if !ours || typed.unwrap_or(CHAT_INPUT) != CHAT_INPUT {
        return Intent::NotUnderstood {
            said: name.chars().take(COMMAND_CHARACTERS).collect(),
        };
    }
    if let Some(form) = proposing(payload) {
        return Intent::Propose(form);
    }
    let mut words = Vec::new();
    collect(payload.pointer("/data/options"), &mut words);
    let words: String = words.join(" ").chars().take(LONGEST_PROPOSAL).collect();
    Intent::from_command(&words)
}

/// The options of the command that proposes, in whatever order they were typed.
fn proposing(payload: &Value) -> Option<ProposalForm> {
    let subcommand = payload.pointer("/data/options/0")?;
    let is_it = at(subcommand, "/name") == Some(commands::PROPOSE);
    let options = subcommand.get("options").and_then(Value::as_array);
    let typed = |name: &str| -> String {
        let mut options = options.into_iter().flatten();
        let option = options.find(|option| at(option, "/name") == Some(name));
        let value = option.and_then(|option| at(option, "/value"));
        value
            .unwrap_or_default()
            .chars()
            .take(LONGEST_PROPOSAL)
            .collect()
    };
    is_it.then(|| ProposalForm {
        link: typed(commands::LINK),
        why: String::new(),
        words: typed(commands::WORDS),
    })
}

/// What a message links to, and what it says, is proposed.
fn on_a_message(payload: &Value) -> Intent {
    let target = at(payload, "/data/target_id").unwrap_or_default();
    let said = payload
        .pointer("/data/resolved/messages")
        .and_then(|messages| messages.get(target))
        .and_then(|message| message.get("content"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    let said: String = said.chars().take(LONGEST_PROPOSAL).collect();
    Intent::Propose(markdown::proposal(&said))
}

/// The names of subcommands and the values of options, in their order.
fn collect(options: Option<&Value>, words: &mut Vec<String>) {
    for option in options.and_then(Value::as_array).into_iter().flatten() {
        match option.get("value") {
            Some(Value::String(value)) => words.push(typed(at(option, "/name"), value)),
            Some(value) => words.push(value.to_string()),
            None => {
                words.extend(at(option, "/name").map(str::to_owned));
                collect(option.get("options"), words);
            }
        }
    }
}

/// A value as the conversation reads it: what is offered for a span of time may also be
/// typed out as it is shown.
fn typed(option: Option<&str>, value: &str) -> String {
    let shown = value.trim().to_lowercase();
    let is_shown = |period: &Period| {
        [Language::En, Language::De]
            .into_iter()
            .any(|language| Words::of(language).period(*period).to_lowercase() == shown)
    };
    match Period::ALL.iter().find(|period| is_shown(period)) {
        Some(period) if option == Some(commands::PERIOD) => {
            commands::typed_period(*period).to_owned()
        }
        Some(_) | None => value.to_owned(),
    }
}

/// What to offer for the option that is typed.
pub(super) fn choices(payload: &Value, language: Option<Language>) -> Vec<Value> {
    match focused(payload.pointer("/data/options")) {
        Some((commands::PERIOD, typed)) => periods(language, &typed.to_lowercase()),
        Some(_) | None => Vec::new(),
    }
}

fn periods(language: Option<Language>, typed: &str) -> Vec<Value> {
    let words = Words::of(language.unwrap_or(Language::En));
    Period::ALL
        .into_iter()
        .map(|period| (words.period(period), commands::typed_period(period)))
        .filter(|(name, value)| name.to_lowercase().contains(typed) || value.contains(typed))
        .take(limits::CHOICES)
        .map(|(name, value)| {
            json!({ "name": text::label(&name, limits::CHOICE_NAME), "value": value })
        })
        .collect()
}

/// The option that is typed, with what stands in it so far.
fn focused(options: Option<&Value>) -> Option<(&str, &str)> {
    options
        .and_then(Value::as_array)?
        .iter()
        .find_map(|option| {
            if option.get("focused") == Some(&Value::Bool(true)) {
                let typed = at(option, "/value").unwrap_or_default();
                Some((at(option, "/name")?, typed.trim()))
            } else {
                focused(option.get("options"))
            }
        })
}
