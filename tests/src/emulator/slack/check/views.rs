//! A modal's or App Home's own fields and limits (docs.slack.dev, "View objects").
use serde_json::Value;

use super::blocks::{self, Surface};
use super::inspection::{Inspection, TextKind};

/// Title, submit and close.
const MAX_TITLE: usize = 24;
/// `private_metadata`.
const MAX_PRIVATE_METADATA: usize = 3_000;
/// `callback_id` and `external_id`.
const MAX_ID: usize = 255;
/// The whole view (docs.slack.dev, "views.publish": `view_too_large`).
const MAX_BYTES: usize = 250 * 1024;
/// What every view may have.
const OPTIONAL: [&str; 3] = ["private_metadata", "callback_id", "external_id"];
/// What only a modal may have besides.
const OPTIONAL_IN_MODALS: [&str; 5] = [
    "submit",
    "close",
    "clear_on_close",
    "notify_on_close",
    "submit_disabled",
];

/// Everything that Slack would refuse in this view; empty if nothing.
pub fn problems(view: &Value) -> Vec<String> {
    let mut found = Inspection::default();
    let modal: &[&str] = &["title", "blocks"];
    let home: &[&str] = &["blocks"];
    let required = match view.get("type").and_then(Value::as_str) {
        Some("modal") => modal,
        Some("home") => home,
        _ => {
            found.problem("/view/type", "must be modal or home");
            return found.problems;
        }
    };
    let mut optional = OPTIONAL.to_vec();
    if required == modal {
        optional.extend(OPTIONAL_IN_MODALS);
    }
    if view.to_string().len() > MAX_BYTES {
        found.problem("/view", "view_too_large");
    }
    let Some(fields) = found.object("/view", view, required, &optional) else {
        return found.problems;
    };
    for field in ["title", "submit", "close"] {
        found.text("/view", fields, field, (TextKind::Plain, MAX_TITLE));
    }
    found.string("/view", fields, "private_metadata", MAX_PRIVATE_METADATA);
    found.string("/view", fields, "callback_id", MAX_ID);
    found.string("/view", fields, "external_id", MAX_ID);
    for field in ["clear_on_close", "notify_on_close", "submit_disabled"] {
        found.boolean("/view", fields, field);
    }
    let blocks = found.array("/view", fields, "blocks", (1, 100));
    let is_input = |block: &Value| block.get("type").and_then(Value::as_str) == Some("input");
    if required == modal && !fields.contains_key("submit") && blocks.iter().any(is_input) {
        found.problem("/view/submit", "must exist where there are inputs");
    }
    found
        .problems
        .extend(blocks::problems(blocks, Surface::View));
    found.problems
}
