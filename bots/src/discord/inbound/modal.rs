//! Modals that were sent: the dialog by its key, its fields by their names.

use conversation::Intent;
use serde_json::Value;

use super::text;

/// Inputs that are read: more than a modal can hold.
const INPUTS: usize = 40;
/// How deep inputs lie: in a row or a label, in the modal.
const DEPTH: usize = 3;

pub(super) fn intent(payload: &Value) -> Intent {
    let mut fields = Vec::new();
    if let Some(components) = payload.pointer("/data/components") {
        collect(components, DEPTH, &mut fields);
    }
    Intent::from_dialog(
        text(payload, "/data/custom_id").unwrap_or_default(),
        &fields,
    )
}

/// What stands in each input, by its name.
fn collect(components: &Value, depth: usize, fields: &mut Vec<(String, String)>) {
    for component in components.as_array().into_iter().flatten() {
        if fields.len() == INPUTS {
            return;
        }
        let name = text(component, "/custom_id");
        let value = text(component, "/value");
        if let (Some(name), Some(value)) = (name, value) {
            fields.push((name.to_owned(), value.to_owned()));
        } else if depth > 1 {
            if let Some(inner) = component.get("components") {
                collect(inner, depth - 1, fields);
            }
            if let Some(inner) = component.get("component") {
                collect(&Value::Array(vec![inner.clone()]), depth - 1, fields);
            }
        }
    }
}
