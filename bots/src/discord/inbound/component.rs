//! Pressed buttons and chosen options: what they carry is what they mean.

use conversation::Intent;
use conversation::dialog::Field;
use serde_json::Value;

use super::text;
use crate::discord::render::{FIELDS, carried};

/// "Component Types": a button, and a select of strings.
const BUTTON: u64 = 2;
const SELECT: u64 = 3;
/// A message that only one person sees. "Message Flags": `EPHEMERAL`.
const EPHEMERAL: u64 = 1 << 6;
/// "Interaction Context Types": direct messages with us.
const BOT_DM: u64 = 1;
/// "Channel Types": direct messages.
const DM: u64 = 1;

pub(super) fn meaning(payload: &Value) -> (Intent, Vec<Field>) {
    let id = text(payload, "/data/custom_id").unwrap_or_default();
    let (_, id) = carried(id);
    let chosen = values(payload);
    let asking = id
        .strip_prefix(FIELDS)
        .and_then(|rest| rest.strip_prefix('.'));
    let kind = payload
        .pointer("/data/component_type")
        .and_then(Value::as_u64);
    match (kind, asking, chosen.first()) {
        // A dialog with some of its fields: chosen in a select, or named by a button.
        (Some(SELECT), Some(action), Some(_)) => {
            (Intent::from_control(action), named(chosen.into_iter()))
        }
        (Some(BUTTON), Some(rest), _) => {
            let (action, names) = rest.split_once('/').unwrap_or((rest, ""));
            (Intent::from_control(action), named(names.split(',')))
        }
        (Some(SELECT), None, Some(action)) => (Intent::from_control(action), Vec::new()),
        (Some(BUTTON), None, _) => (Intent::from_control(id), Vec::new()),
        (_, _, _) => (Intent::Outdated, Vec::new()),
    }
}

fn values(payload: &Value) -> Vec<&str> {
    let values = payload.pointer("/data/values").and_then(Value::as_array);
    values
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

fn named<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Field> {
    names.filter_map(Field::named).collect()
}

/// Whether what they acted on is a message of their own: private, or in their direct
/// messages with us.
pub(super) fn is_on_own(payload: &Value) -> bool {
    let number = |path| payload.pointer(path).and_then(Value::as_u64);
    let private = number("/message/flags").is_some_and(|flags| flags & EPHEMERAL != 0);
    let direct = match number("/context") {
        Some(context) => context == BOT_DM,
        None => payload.get("guild_id").is_none() && number("/channel/type") == Some(DM),
    };
    payload.get("message").is_some_and(Value::is_object) && (private || direct)
}
