//! Which arguments each method takes, and the decoding of the two ways to send them: JSON, or a form
//! or query in which objects are JSON strings.
use serde_json::{Map, Value};

use super::Refusal;
use crate::emulator::slack::state::journal::Rule;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Flag,
    Number,
    Json,
}

/// A method's arguments.
#[derive(Debug)]
pub struct Method {
    takes_json: bool,
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

const fn method(
    takes_json: bool,
    required: &'static [&'static str],
    optional: &'static [&'static str],
) -> Method {
    Method {
        takes_json,
        required,
        optional,
    }
}

/// Methods that only read take no JSON body at Slack: they see no arguments at all then, which is why it
/// is refused here.
const METHODS: [(&str, Method); 20] = [
    ("auth.test", method(true, &[], &[])),
    ("auth.revoke", method(false, &[], &["test"])),
    ("apps.connections.open", method(true, &[], &[])),
    (
        "chat.postMessage",
        method(
            true,
            &["channel"],
            &[
                "text",
                "blocks",
                "attachments",
                "metadata",
                "unfurl_links",
                "unfurl_media",
                "mrkdwn",
                "thread_ts",
                "reply_broadcast",
                "link_names",
                "parse",
                "username",
                "icon_emoji",
                "icon_url",
                "as_user",
            ],
        ),
    ),
    (
        "chat.update",
        method(
            true,
            &["channel", "ts"],
            &[
                "text",
                "blocks",
                "attachments",
                "metadata",
                "link_names",
                "parse",
                "as_user",
                "reply_broadcast",
                "unfurl_links",
                "unfurl_media",
            ],
        ),
    ),
    (
        "chat.delete",
        method(true, &["channel", "ts"], &["as_user"]),
    ),
    (
        "chat.postEphemeral",
        method(
            true,
            &["channel", "user"],
            &[
                "text",
                "blocks",
                "attachments",
                "thread_ts",
                "link_names",
                "parse",
                "username",
                "icon_emoji",
                "icon_url",
                "as_user",
            ],
        ),
    ),
    (
        "chat.getPermalink",
        method(false, &["channel", "message_ts"], &[]),
    ),
    (
        "conversations.open",
        method(
            true,
            &[],
            &["users", "channel", "return_im", "prevent_creation"],
        ),
    ),
    (
        "conversations.history",
        method(
            false,
            &["channel"],
            &[
                "cursor",
                "include_all_metadata",
                "inclusive",
                "latest",
                "limit",
                "oldest",
            ],
        ),
    ),
    (
        "conversations.info",
        method(
            false,
            &["channel"],
            &["include_locale", "include_num_members"],
        ),
    ),
    (
        "conversations.list",
        method(
            false,
            &[],
            &["cursor", "exclude_archived", "limit", "team_id", "types"],
        ),
    ),
    ("conversations.join", method(true, &["channel"], &[])),
    (
        "users.conversations",
        method(
            false,
            &[],
            &[
                "cursor",
                "exclude_archived",
                "limit",
                "team_id",
                "types",
                "user",
            ],
        ),
    ),
    ("users.info", method(false, &["user"], &["include_locale"])),
    ("team.info", method(false, &[], &["team", "domain"])),
    (
        "reactions.add",
        method(true, &["channel", "name", "timestamp"], &[]),
    ),
    (
        "views.open",
        method(true, &["view"], &["trigger_id", "interactivity_pointer"]),
    ),
    (
        "views.update",
        method(true, &["view"], &["view_id", "external_id", "hash"]),
    ),
    (
        "views.publish",
        method(true, &["user_id", "view"], &["hash"]),
    ),
];

/// The arguments of a method that this emulator knows.
pub fn of(name: &str) -> Option<&'static Method> {
    METHODS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, method)| method)
}

fn shape(argument: &str) -> Shape {
    match argument {
        "blocks" | "attachments" | "metadata" | "view" => Shape::Json,
        "unfurl_links"
        | "unfurl_media"
        | "mrkdwn"
        | "reply_broadcast"
        | "link_names"
        | "as_user"
        | "return_im"
        | "prevent_creation"
        | "include_all_metadata"
        | "inclusive"
        | "include_locale"
        | "include_num_members"
        | "exclude_archived"
        | "test" => Shape::Flag,
        "limit" => Shape::Number,
        _ => Shape::Text,
    }
}

/// Checks names and shapes and decodes values, so that methods see one form of each.
pub fn decode(
    method: &Method,
    given: Map<String, Value>,
    came_as_json: bool,
) -> Result<Map<String, Value>, Refusal> {
    if came_as_json && !method.takes_json && !given.is_empty() {
        let message = "this method takes a query or a form, not JSON".to_owned();
        return Err(Refusal::fault(
            "invalid_arguments",
            Rule::JsonNotAccepted,
            vec![message],
        ));
    }
    let mut decoded = Map::new();
    for (name, value) in given {
        if name == "token" || value.is_null() {
            continue;
        }
        let known =
            method.required.contains(&name.as_str()) || method.optional.contains(&name.as_str());
        if !known {
            let message = format!("[ERROR] unknown argument: {name}");
            return Err(Refusal::fault(
                "invalid_arguments",
                Rule::UnknownArgument,
                vec![message],
            ));
        }
        let Some(value) = decode_value(shape(&name), value) else {
            let message = format!("[ERROR] wrong value for argument: {name}");
            return Err(Refusal::fault(
                "invalid_arguments",
                Rule::WrongArgument,
                vec![message],
            ));
        };
        decoded.insert(name, value);
    }
    for name in method.required {
        if !decoded.contains_key(*name) {
            let message = format!("[ERROR] missing required field: {name}");
            return Err(Refusal::fault(
                "invalid_arguments",
                Rule::WrongArgument,
                vec![message],
            ));
        }
    }
    Ok(decoded)
}

fn decode_value(shape: Shape, value: Value) -> Option<Value> {
    match (shape, value) {
        (Shape::Text, Value::String(text)) => Some(Value::String(text)),
        (Shape::Flag, Value::Bool(flag)) => Some(Value::Bool(flag)),
        (Shape::Flag, Value::String(text)) => match text.as_str() {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        (Shape::Number, Value::Number(number)) => number.as_u64().map(Value::from),
        (Shape::Number, Value::String(text)) => text.parse::<u64>().ok().map(Value::from),
        (Shape::Json, Value::String(text)) => serde_json::from_str(&text).ok(),
        (Shape::Json, value @ (Value::Object(_) | Value::Array(_))) => Some(value),
        _ => None,
    }
}
