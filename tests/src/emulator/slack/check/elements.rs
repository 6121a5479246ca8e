//! The elements inside blocks: buttons, selects, overflow menus, inputs, images.
use serde_json::{Map, Value};

use super::blocks::Surface;
use super::inspection::{Inspection, TextKind};

/// `action_id`.
const MAX_ACTION_ID: usize = 255;
/// A button's text, value and address.
const MAX_BUTTON_TEXT: usize = 75;
const MAX_BUTTON_VALUE: usize = 2_000;
const MAX_ADDRESS: usize = 3_000;
/// Options of a select, of an overflow menu, of radio buttons and checkboxes.
const MAX_OPTIONS: usize = 100;
const OVERFLOW_OPTIONS: (usize, usize) = (2, 5);
const MAX_CHOICES: usize = 10;
/// An option's text and value.
const MAX_OPTION_TEXT: usize = 75;
const MAX_OPTION_VALUE: usize = 150;
/// The placeholder of a select or input.
const MAX_PLACEHOLDER: usize = 150;
/// What a text input takes at most.
const MAX_INPUT: u64 = 3_000;
/// An image's alternative text.
const MAX_ALT: usize = 2_000;

/// An image within a section or context.
pub(super) fn image(found: &mut Inspection, at: &str, value: &Value) {
    if let Some(fields) = found.object(at, value, &["image_url", "alt_text"], &[]) {
        found.address(at, fields, "image_url", MAX_ADDRESS);
        found.string(at, fields, "alt_text", MAX_ALT);
    }
}

/// Something to press in actions or beside a section.
pub(super) fn interactive(found: &mut Inspection, at: &str, value: &Value, surface: Surface) {
    match value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
    {
        "button" => button(found, at, value),
        "overflow" => overflow(found, at, value),
        "static_select" | "multi_static_select" => select(found, at, value),
        "radio_buttons" | "checkboxes" => choices(found, at, value),
        kind @ ("datepicker" | "timepicker") => picker(found, at, value, kind),
        other => {
            let place = if surface == Surface::Message {
                "message"
            } else {
                "view"
            };
            found.problem(at, &format!("unsupported element in a {place}: {other}"));
        }
    }
}

/// The element of an input block.
pub(super) fn input(found: &mut Inspection, at: &str, value: &Value) {
    match value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
    {
        "plain_text_input" => text_input(found, at, value, true),
        "email_text_input" | "url_text_input" => text_input(found, at, value, false),
        "static_select" | "multi_static_select" => select(found, at, value),
        "radio_buttons" | "checkboxes" => choices(found, at, value),
        kind @ ("datepicker" | "timepicker" | "datetimepicker") => picker(found, at, value, kind),
        "number_input" => {
            let optional = [
                "action_id",
                "initial_value",
                "min_value",
                "max_value",
                "placeholder",
                "dispatch_action_config",
                "focus_on_load",
            ];
            if let Some(fields) = found.object(at, value, &["is_decimal_allowed"], &optional) {
                common(found, at, fields);
            }
        }
        other => found.problem(at, &format!("unsupported element in an input: {other}")),
    }
}

fn common(found: &mut Inspection, at: &str, fields: &Map<String, Value>) {
    found.string(at, fields, "action_id", MAX_ACTION_ID);
    found.text(
        at,
        fields,
        "placeholder",
        (TextKind::Plain, MAX_PLACEHOLDER),
    );
    found.boolean(at, fields, "focus_on_load");
    if let Some(confirm) = fields.get("confirm") {
        confirmation(found, &format!("{at}/confirm"), confirm);
    }
}

fn confirmation(found: &mut Inspection, at: &str, value: &Value) {
    let required = ["title", "text", "confirm", "deny"];
    if let Some(fields) = found.object(at, value, &required, &["style"]) {
        found.text(at, fields, "title", (TextKind::Plain, 100));
        found.text(at, fields, "text", (TextKind::Plain, 300));
        found.text(at, fields, "confirm", (TextKind::Plain, 30));
        found.text(at, fields, "deny", (TextKind::Plain, 30));
    }
}

fn button(found: &mut Inspection, at: &str, value: &Value) {
    let optional = [
        "action_id",
        "url",
        "value",
        "style",
        "confirm",
        "accessibility_label",
    ];
    let Some(fields) = found.object(at, value, &["text"], &optional) else {
        return;
    };
    common(found, at, fields);
    found.text(at, fields, "text", (TextKind::Plain, MAX_BUTTON_TEXT));
    found.string(at, fields, "value", MAX_BUTTON_VALUE);
    found.string(at, fields, "accessibility_label", MAX_BUTTON_TEXT);
    found.address(at, fields, "url", MAX_ADDRESS);
    let style = fields
        .get("style")
        .map(|style| style.as_str().unwrap_or_default());
    if style.is_some_and(|style| !matches!(style, "primary" | "danger")) {
        found.problem(&format!("{at}/style"), "must be primary or danger");
    }
}

fn overflow(found: &mut Inspection, at: &str, value: &Value) {
    let Some(fields) = found.object(at, value, &["options"], &["action_id", "confirm"]) else {
        return;
    };
    common(found, at, fields);
    options(found, at, fields, OVERFLOW_OPTIONS);
}

fn select(found: &mut Inspection, at: &str, value: &Value) {
    let optional = [
        "action_id",
        "placeholder",
        "options",
        "option_groups",
        "initial_option",
        "initial_options",
        "confirm",
        "focus_on_load",
        "max_selected_items",
    ];
    let Some(fields) = found.object(at, value, &[], &optional) else {
        return;
    };
    common(found, at, fields);
    if fields.contains_key("options") == fields.contains_key("option_groups") {
        found.problem(at, "must have options or option_groups, not both");
    }
    let mut known = options(found, at, fields, (1, MAX_OPTIONS));
    for (n, group) in found
        .array(at, fields, "option_groups", (1, MAX_OPTIONS))
        .iter()
        .enumerate()
    {
        let at = format!("{at}/option_groups/{n}");
        if let Some(group) = found.object(&at, group, &["label", "options"], &[]) {
            found.text(&at, group, "label", (TextKind::Plain, MAX_OPTION_TEXT));
            known.extend(options(found, &at, group, (1, MAX_OPTIONS)));
        }
    }
    initial(found, at, fields, &known);
}

fn choices(found: &mut Inspection, at: &str, value: &Value) {
    let optional = [
        "action_id",
        "initial_option",
        "initial_options",
        "confirm",
        "focus_on_load",
    ];
    let Some(fields) = found.object(at, value, &["options"], &optional) else {
        return;
    };
    common(found, at, fields);
    let known = options(found, at, fields, (1, MAX_CHOICES));
    initial(found, at, fields, &known);
}

/// Checks the options and gives them back as they are compared with the chosen one.
fn options(
    found: &mut Inspection,
    at: &str,
    of: &Map<String, Value>,
    bounds: (usize, usize),
) -> Vec<Value> {
    let options = found.array(at, of, "options", bounds);
    let mut values = std::collections::HashSet::new();
    for (n, option) in options.iter().enumerate() {
        let at = format!("{at}/options/{n}");
        let Some(fields) = found.object(&at, option, &["text", "value"], &["description", "url"])
        else {
            continue;
        };
        found.text(&at, fields, "text", (TextKind::Any, MAX_OPTION_TEXT));
        found.text(&at, fields, "description", (TextKind::Any, MAX_OPTION_TEXT));
        found.string(&at, fields, "value", MAX_OPTION_VALUE);
        found.address(&at, fields, "url", MAX_ADDRESS);
        if let Some(value) = fields.get("value").and_then(Value::as_str)
            && !values.insert(value)
        {
            found.problem(&at, &format!("option values must be unique: {value}"));
        }
    }
    options.to_vec()
}

fn initial(found: &mut Inspection, at: &str, of: &Map<String, Value>, known: &[Value]) {
    let one = of.get("initial_option");
    let many = of.get("initial_options").and_then(Value::as_array);
    for chosen in one.into_iter().chain(many.into_iter().flatten()) {
        if !known.contains(chosen) {
            found.problem(at, "the initial option must be exactly one of the options");
        }
    }
}

fn text_input(found: &mut Inspection, at: &str, value: &Value, long: bool) {
    let mut optional = vec![
        "action_id",
        "initial_value",
        "placeholder",
        "dispatch_action_config",
        "focus_on_load",
    ];
    if long {
        optional.extend(["multiline", "min_length", "max_length"]);
    }
    let Some(fields) = found.object(at, value, &[], &optional) else {
        return;
    };
    common(found, at, fields);
    found.string(at, fields, "initial_value", 3_000);
    found.boolean(at, fields, "multiline");
    for field in ["min_length", "max_length"] {
        let length = fields
            .get(field)
            .map(|length| length.as_u64().unwrap_or(u64::MAX));
        if length.is_some_and(|length| length > MAX_INPUT) {
            found.problem(&format!("{at}/{field}"), "must be a number of at most 3000");
        }
    }
}

fn picker(found: &mut Inspection, at: &str, value: &Value, kind: &str) {
    let initial = match kind {
        "datepicker" => "initial_date",
        "timepicker" => "initial_time",
        _ => "initial_date_time",
    };
    let optional = [
        "action_id",
        "placeholder",
        "confirm",
        "focus_on_load",
        "timezone",
        initial,
    ];
    if let Some(fields) = found.object(at, value, &[], &optional) {
        common(found, at, fields);
    }
}
