//! What Slack refuses, and with which words: arguments, scopes, text, blocks and modals. Pure.
use serde_json::{Map, Value};

use super::state::journal::Rule;
use super::state::messages::Content;

pub mod arguments;
pub mod blocks;
mod elements;
mod inspection;
pub mod scopes;
pub mod views;

/// Slack cuts text of messages here (docs.slack.dev, "chat.postMessage": "Truncating content").
const MAX_TEXT: usize = 40_000;
/// Slack refuses metadata over this (docs.slack.dev, "Message metadata").
const MAX_METADATA_BYTES: usize = 16_000;

/// A refusal in Slack's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The error code.
    pub error: String,
    /// Particulars, for `response_metadata.messages`.
    pub messages: Vec<String>,
    /// The rule of Slack that the caller broke, if it could have known.
    pub rule: Option<Rule>,
    /// For `missing_scope`: what was needed, and what had been granted.
    pub scopes: Option<(String, String)>,
}

impl Refusal {
    /// A refusal that an app may run into without fault.
    pub fn plain(error: &str) -> Self {
        Self {
            error: error.to_owned(),
            messages: Vec::new(),
            rule: None,
            scopes: None,
        }
    }

    /// A refusal that an app could have avoided.
    pub fn fault(error: &str, rule: Rule, messages: Vec<String>) -> Self {
        Self {
            error: error.to_owned(),
            messages,
            rule: Some(rule),
            scopes: None,
        }
    }
}

/// The words of a message, of a method's arguments or of any other object that carries a message.
pub fn content(fields: &Map<String, Value>) -> Result<Content, Refusal> {
    let text = fields
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if text.chars().count() > MAX_TEXT {
        return Err(Refusal::fault("msg_too_long", Rule::OverLimit, Vec::new()));
    }
    let blocks = match fields.get("blocks") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(blocks)) => blocks.clone(),
        Some(_) => {
            return Err(Refusal::fault(
                "invalid_blocks_format",
                Rule::WrongArgument,
                Vec::new(),
            ));
        }
    };
    let problems = blocks::problems(&blocks, blocks::Surface::Message);
    if !problems.is_empty() {
        return Err(Refusal::fault("invalid_blocks", Rule::OverLimit, problems));
    }
    let metadata = fields
        .get("metadata")
        .filter(|metadata| !metadata.is_null())
        .cloned();
    metadata.as_ref().map_or(Ok(()), check_metadata)?;
    Ok(Content {
        text: text.to_owned(),
        blocks,
        metadata,
    })
}

fn check_metadata(metadata: &Value) -> Result<(), Refusal> {
    let shape_is_right = metadata.get("event_type").is_some_and(Value::is_string)
        && metadata.get("event_payload").is_some_and(Value::is_object)
        && metadata.as_object().is_some_and(|fields| fields.len() == 2);
    if !shape_is_right {
        let messages = vec!["metadata needs event_type and event_payload, no more".to_owned()];
        return Err(Refusal::fault(
            "invalid_metadata_format",
            Rule::WrongArgument,
            messages,
        ));
    }
    if metadata.to_string().len() > MAX_METADATA_BYTES {
        return Err(Refusal::fault(
            "metadata_too_large",
            Rule::OverLimit,
            Vec::new(),
        ));
    }
    Ok(())
}

/// An answer through a `response_url` or in the acknowledgement of a command.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The words.
    pub content: Content,
    /// Whether everybody in the channel is to see it.
    pub in_channel: bool,
    /// Whether it takes the place of the message acted on.
    pub replace_original: bool,
    /// Whether the message acted on goes away.
    pub delete_original: bool,
}

/// The fields that Slack takes in an answer.
const ANSWER_FIELDS: [&str; 12] = [
    "text",
    "blocks",
    "attachments",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "metadata",
    "mrkdwn",
    "unfurl_links",
    "unfurl_media",
    "link_names",
];

/// Checks an answer.
pub fn answer(answer: &Value) -> Result<Answer, Vec<String>> {
    let Some(fields) = answer.as_object() else {
        return Err(vec!["an answer is an object".to_owned()]);
    };
    let mut problems: Vec<String> = fields
        .keys()
        .filter(|field| !ANSWER_FIELDS.contains(&field.as_str()))
        .map(|field| format!("unknown field {field}"))
        .collect();
    let kind = fields
        .get("response_type")
        .and_then(Value::as_str)
        .unwrap_or("ephemeral");
    if !matches!(kind, "ephemeral" | "in_channel") {
        problems.push(format!("response_type {kind}"));
    }
    let flag = |name: &str| match fields.get(name) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(other) => Err(format!("{name} is {other}, not a boolean")),
    };
    let mut asked = |name: &str| {
        flag(name).unwrap_or_else(|problem| {
            problems.push(problem);
            false
        })
    };
    let (replace_original, delete_original) = (asked("replace_original"), asked("delete_original"));
    match content(fields) {
        Ok(content) if problems.is_empty() => {
            if content.text.is_empty() && content.blocks.is_empty() && !delete_original {
                return Err(vec!["no_text".to_owned()]);
            }
            let in_channel = kind == "in_channel";
            Ok(Answer {
                content,
                in_channel,
                replace_original,
                delete_original,
            })
        }
        Ok(_) => Err(problems),
        Err(refusal) => {
            problems.push(refusal.error);
            problems.extend(refusal.messages);
            Err(problems)
        }
    }
}

/// Checks the payload in the acknowledgement of a submitted modal.
pub fn submission_answer(answer: Option<&Value>) -> Result<(), String> {
    let Some(answer) = answer else { return Ok(()) };
    match answer.get("response_action").and_then(Value::as_str) {
        Some("clear") => Ok(()),
        Some("errors") => match answer.get("errors").and_then(Value::as_object) {
            Some(errors) if !errors.is_empty() && errors.values().all(Value::is_string) => Ok(()),
            _ => Err(format!("errors are needed, text by block id: {answer}")),
        },
        Some("update" | "push") => {
            let view = answer.get("view").unwrap_or(&Value::Null);
            let problems = views::problems(view);
            if problems.is_empty() {
                Ok(())
            } else {
                Err(problems.join("; "))
            }
        }
        _ => Err(format!(
            "response_action is none of clear, errors, update, push: {answer}"
        )),
    }
}

#[cfg(test)]
mod tests;
