//! Modals: a title and at most five inputs, each in a row of its own or below a label.
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::components::{MAX_CUSTOM_ID, check_select, unique_id};
use super::inspection::{Inspection, below};

/// Characters of the title (discord.com/developers, "Modal").
const MAX_TITLE: usize = 45;
/// Inputs of a modal.
const MAX_INPUTS: usize = 5;
/// Characters of an input's label, of what stands in it before, and of what can be typed ("Text Input").
const MAX_LABEL: usize = 45;
const MAX_PLACEHOLDER: usize = 100;
const MAX_DESCRIPTION: usize = 100;
const MAX_VALUE: usize = 4_000;

/// Checks the data of an answer that opens a modal, and gives it.
pub(super) fn check(inspection: &mut Inspection, data: &Value) -> Map<String, Value> {
    let required = ["custom_id", "title", "components"];
    let Some(fields) = inspection.object("data", data, &required, &[]) else {
        return Map::new();
    };
    inspection.words("data", fields, "custom_id", MAX_CUSTOM_ID);
    inspection.words("data", fields, "title", MAX_TITLE);
    let mut ids = HashSet::new();
    let parts = inspection.array("data", fields, "components", (1, MAX_INPUTS));
    for (number, part) in parts.iter().enumerate() {
        check_part(
            inspection,
            &below("data/components", number),
            part,
            &mut ids,
        );
    }
    fields.clone()
}

fn check_part(inspection: &mut Inspection, at: &str, part: &Value, ids: &mut HashSet<String>) {
    match part.get("type").and_then(Value::as_u64) {
        Some(1) => {
            let Some(row) = inspection.object(at, part, &["type", "components"], &["id"]) else {
                return;
            };
            for input in inspection.array(at, row, "components", (1, 1)) {
                let at = below(&below(at, "components"), 0);
                check_text(inspection, &at, input, true);
                unique_id(inspection, &at, input, ids);
            }
        }
        Some(18) => {
            let Some(label) = inspection.object(
                at,
                part,
                &["type", "label", "component"],
                &["id", "description"],
            ) else {
                return;
            };
            inspection.words(at, label, "label", MAX_LABEL);
            inspection.string(at, label, "description", MAX_DESCRIPTION);
            let Some(input) = label.get("component") else {
                return;
            };
            let at = below(at, "component");
            match input.get("type").and_then(Value::as_u64) {
                Some(3) => check_select(inspection, &at, input),
                _ => check_text(inspection, &at, input, false),
            }
            unique_id(inspection, &at, input, ids);
        }
        _ => inspection.problem(
            &below(at, "type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be one of (1, 18).",
        ),
    }
}

fn check_text(inspection: &mut Inspection, at: &str, input: &Value, labels_itself: bool) {
    let mut required = vec!["type", "custom_id", "style"];
    required.extend(labels_itself.then_some("label"));
    let optional = [
        "id",
        "value",
        "placeholder",
        "required",
        "min_length",
        "max_length",
    ];
    let Some(fields) = inspection.object(at, input, &required, &optional) else {
        return;
    };
    inspection.number(at, fields, "type", (4, 4));
    inspection.number(at, fields, "style", (1, 2));
    inspection.words(at, fields, "custom_id", MAX_CUSTOM_ID);
    inspection.words(at, fields, "label", MAX_LABEL);
    inspection.string(at, fields, "placeholder", MAX_PLACEHOLDER);
    inspection.boolean(at, fields, "required");
    let least = inspection
        .number(at, fields, "min_length", (0, 4_000))
        .unwrap_or(0);
    let most = inspection
        .number(at, fields, "max_length", (1, 4_000))
        .unwrap_or(4_000);
    inspection.string(
        at,
        fields,
        "value",
        usize::try_from(most).unwrap_or(MAX_VALUE),
    );
    if least > most {
        inspection.problem(
            &below(at, "min_length"),
            "TEXT_INPUT_COMPONENT_MIN_LENGTH_EXCEEDED",
            "Longer than the longest allowed",
        );
    }
}
