//! The components of a message: rows of buttons, or one select each.
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::inspection::{Inspection, below};

/// Rows of a message (discord.com/developers, "Component Reference", legacy messages).
pub(super) const MAX_ROWS: usize = 5;
/// Buttons of a row ("Action Row").
const MAX_BUTTONS: usize = 5;
/// Characters of a custom id ("Custom ID").
pub(super) const MAX_CUSTOM_ID: usize = 100;
/// Characters of a button's label and of its address ("Button").
const MAX_LABEL: usize = 80;
const MAX_ADDRESS: usize = 512;
/// Entries of a select, their words, and the words that stand in it before a choice ("String Select").
const MAX_OPTIONS: usize = 25;
const MAX_OPTION: usize = 100;
const MAX_PLACEHOLDER: usize = 150;

/// The styles of buttons that are pressed, as opposed to those that open an address.
const PRESSED_STYLES: std::ops::RangeInclusive<u64> = 1..=4;
const LINK_STYLE: u64 = 5;

pub(super) fn check(inspection: &mut Inspection, at: &str, rows: &[Value]) {
    let mut ids = HashSet::new();
    for (number, row) in rows.iter().enumerate() {
        check_row(inspection, &below(at, number), row, &mut ids);
    }
}

fn check_row(inspection: &mut Inspection, at: &str, row: &Value, ids: &mut HashSet<String>) {
    let Some(fields) = inspection.object(at, row, &["type", "components"], &["id"]) else {
        return;
    };
    inspection.number(at, fields, "type", (1, 1));
    let parts = inspection.array(at, fields, "components", (1, MAX_BUTTONS));
    let at = below(at, "components");
    let is_select = |part: &Value| kind(part) != Some(2);
    if parts.len() > 1 && parts.iter().any(is_select) {
        inspection.problem(
            &at,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "Layout width exceeded: a select fills its row.",
        );
    }
    for (number, part) in parts.iter().enumerate() {
        let at = below(&at, number);
        match kind(part) {
            Some(2) => check_button(inspection, &at, part),
            Some(3) => check_select(inspection, &at, part),
            _ => inspection.problem(
                &below(&at, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (2, 3).",
            ),
        }
        unique_id(inspection, &at, part, ids);
    }
}

fn kind(part: &Value) -> Option<u64> {
    part.get("type")?.as_u64()
}

/// Checks that no other component here has the same custom id.
pub(super) fn unique_id(
    inspection: &mut Inspection,
    at: &str,
    part: &Value,
    ids: &mut HashSet<String>,
) {
    if let Some(id) = part.get("custom_id").and_then(Value::as_str)
        && !ids.insert(id.to_owned())
    {
        inspection.problem(
            &below(at, "custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
}

fn check_button(inspection: &mut Inspection, at: &str, button: &Value) {
    let optional = ["id", "custom_id", "label", "disabled", "url", "emoji"];
    let Some(fields) = inspection.object(at, button, &["type", "style"], &optional) else {
        return;
    };
    inspection.words(at, fields, "custom_id", MAX_CUSTOM_ID);
    inspection.string(at, fields, "label", MAX_LABEL);
    inspection.boolean(at, fields, "disabled");
    check_emoji(inspection, at, fields);
    let has = |name: &str| fields.get(name).is_some_and(|value| !value.is_null());
    let style = inspection.number(at, fields, "style", (1, LINK_STYLE));
    match style {
        Some(LINK_STYLE) => {
            check_link(inspection, at, fields);
        }
        Some(style) if PRESSED_STYLES.contains(&style) => {
            if !has("custom_id") {
                inspection.required(&below(at, "custom_id"));
            }
            if has("url") {
                inspection.problem(
                    &below(at, "url"),
                    "BUTTON_COMPONENT_URL_NOT_ALLOWED",
                    "A button of this style cannot have a url",
                );
            }
        }
        _ => {}
    }
    let is_blank = fields
        .get("label")
        .and_then(Value::as_str)
        .is_none_or(|label| label.trim().is_empty());
    if is_blank && !has("emoji") {
        inspection.problem(
            at,
            "BUTTON_COMPONENT_INVALID_LABEL",
            "A label or an emoji is required",
        );
    }
}

fn check_link(inspection: &mut Inspection, at: &str, fields: &Map<String, Value>) {
    if !fields.contains_key("url") {
        inspection.required(&below(at, "url"));
    }
    inspection.address(at, fields, "url", MAX_ADDRESS);
    if fields.get("custom_id").is_some_and(|id| !id.is_null()) {
        inspection.problem(
            &below(at, "custom_id"),
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
            "A custom id and url cannot both be specified",
        );
    }
}

fn check_emoji(inspection: &mut Inspection, at: &str, of: &Map<String, Value>) {
    let Some(emoji) = of.get("emoji").filter(|emoji| !emoji.is_null()) else {
        return;
    };
    let at = below(at, "emoji");
    if let Some(fields) = inspection.object(&at, emoji, &["name"], &["id", "animated"]) {
        inspection.words(&at, fields, "name", 32);
        let name = fields
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if name.is_ascii() && fields.get("id").is_none_or(Value::is_null) {
            inspection.problem(
                &below(&at, "name"),
                "COMPONENT_INVALID_EMOJI",
                "Invalid emoji",
            );
        }
    }
}

/// Checks a select whose entries are words, in a message or in a modal.
pub(super) fn check_select(inspection: &mut Inspection, at: &str, select: &Value) {
    let optional = [
        "id",
        "placeholder",
        "min_values",
        "max_values",
        "disabled",
        "required",
    ];
    let Some(fields) = inspection.object(at, select, &["type", "custom_id", "options"], &optional)
    else {
        return;
    };
    inspection.words(at, fields, "custom_id", MAX_CUSTOM_ID);
    inspection.string(at, fields, "placeholder", MAX_PLACEHOLDER);
    inspection.boolean(at, fields, "disabled");
    let options = inspection.array(at, fields, "options", (1, MAX_OPTIONS));
    let least = inspection
        .number(at, fields, "min_values", (0, 25))
        .unwrap_or(1);
    let most = inspection
        .number(at, fields, "max_values", (1, 25))
        .unwrap_or(1);
    if least > most || most > options.len() as u64 {
        inspection.problem(
            &below(at, "max_values"),
            "SELECT_COMPONENT_MAX_VALUES_EXCEEDED",
            "Not as many options, or fewer than at least needed",
        );
    }
    let chosen = options
        .iter()
        .filter(|option| option.get("default") == Some(&Value::Bool(true)));
    if chosen.count() as u64 > most {
        inspection.problem(
            &below(at, "options"),
            "SELECT_COMPONENT_TOO_MANY_DEFAULTS",
            "More defaults than can be chosen",
        );
    }
    check_options(inspection, &below(at, "options"), options);
}

fn check_options(inspection: &mut Inspection, at: &str, options: &[Value]) {
    let mut values = HashSet::new();
    for (number, option) in options.iter().enumerate() {
        let at = below(at, number);
        let Some(fields) = inspection.object(
            &at,
            option,
            &["label", "value"],
            &["description", "default", "emoji"],
        ) else {
            continue;
        };
        inspection.words(&at, fields, "label", MAX_OPTION);
        inspection.words(&at, fields, "value", MAX_OPTION);
        inspection.string(&at, fields, "description", MAX_OPTION);
        inspection.boolean(&at, fields, "default");
        check_emoji(inspection, &at, fields);
        if !values.insert(fields.get("value").cloned().unwrap_or_default().to_string()) {
            inspection.problem(
                &below(&at, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
}
