//! Block Kit's structure and limits (docs.slack.dev, "Block Kit reference", read November 2026).
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::elements;
use super::inspection::{Inspection, TextKind};

/// Where blocks stand; modals take more of them, and inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// A message.
    Message,
    /// A modal or App Home.
    View,
}

/// Blocks in a message, and in a view.
const MAX_BLOCKS_MESSAGE: usize = 50;
const MAX_BLOCKS_VIEW: usize = 100;
/// `block_id`.
const MAX_BLOCK_ID: usize = 255;
/// The text of a section; its fields.
const MAX_SECTION_TEXT: usize = 3_000;
const MAX_FIELDS: usize = 10;
const MAX_FIELD_TEXT: usize = 2_000;
/// A header's text.
const MAX_HEADER: usize = 150;
/// Elements of actions and of context.
const MAX_ACTIONS: usize = 25;
const MAX_CONTEXT: usize = 10;
/// An image's title and alternative text.
const MAX_IMAGE_TEXT: usize = 2_000;
const MAX_ADDRESS: usize = 3_000;
/// The label and hint of an input.
const MAX_LABEL: usize = 2_000;

/// Everything that Slack would refuse in these blocks; empty if nothing.
pub fn problems(blocks: &[Value], surface: Surface) -> Vec<String> {
    let mut found = Inspection::default();
    let max = match surface {
        Surface::Message => MAX_BLOCKS_MESSAGE,
        Surface::View => MAX_BLOCKS_VIEW,
    };
    if blocks.len() > max {
        found.problem("/blocks", &format!("no more than {max} items allowed"));
    }
    let mut ids = HashSet::new();
    for (at, block) in blocks.iter().enumerate() {
        let at = format!("/blocks/{at}");
        inspect(&mut found, &at, block, surface);
        if let Some(id) = block.get("block_id").and_then(Value::as_str)
            && !ids.insert(id)
        {
            found.problem(
                &format!("{at}/block_id"),
                &format!("`block_id` must be unique: {id}"),
            );
        }
        unique_actions(&mut found, &at, block);
    }
    found.problems
}

fn inspect(found: &mut Inspection, at: &str, block: &Value, surface: Surface) {
    let kind = block
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let (required, optional): (&[&str], &[&str]) = match kind {
        "section" => (&[], &["text", "fields", "accessory", "expand"]),
        "header" => (&["text"], &[]),
        "divider" => (&[], &[]),
        "image" => (&["image_url", "alt_text"], &["title"]),
        "actions" | "context" => (&["elements"], &[]),
        "input" if surface == Surface::View => (
            &["label", "element"],
            &["hint", "optional", "dispatch_action"],
        ),
        _ => return found.problem(at, &format!("unsupported type: {kind}")),
    };
    let optional: Vec<&str> = optional.iter().copied().chain(["block_id"]).collect();
    let Some(fields) = found.object(at, block, required, &optional) else {
        return;
    };
    found.string(at, fields, "block_id", MAX_BLOCK_ID);
    match kind {
        "section" => section(found, at, fields, surface),
        "header" => found.text(at, fields, "text", (TextKind::Plain, MAX_HEADER)),
        "image" => {
            found.address(at, fields, "image_url", MAX_ADDRESS);
            found.string(at, fields, "alt_text", MAX_IMAGE_TEXT);
            found.text(at, fields, "title", (TextKind::Plain, MAX_IMAGE_TEXT));
        }
        "actions" => {
            for (n, element) in found
                .array(at, fields, "elements", (1, MAX_ACTIONS))
                .iter()
                .enumerate()
            {
                elements::interactive(found, &format!("{at}/elements/{n}"), element, surface);
            }
        }
        "context" => context(found, at, fields),
        "input" => {
            found.text(at, fields, "label", (TextKind::Plain, MAX_LABEL));
            found.text(at, fields, "hint", (TextKind::Plain, MAX_LABEL));
            found.boolean(at, fields, "optional");
            found.boolean(at, fields, "dispatch_action");
            if let Some(element) = fields.get("element") {
                elements::input(found, &format!("{at}/element"), element);
            }
        }
        _ => {}
    }
}

fn section(found: &mut Inspection, at: &str, fields: &Map<String, Value>, surface: Surface) {
    if !fields.contains_key("text") && !fields.contains_key("fields") {
        found.problem(at, "must have text or fields");
    }
    found.text(at, fields, "text", (TextKind::Any, MAX_SECTION_TEXT));
    found.boolean(at, fields, "expand");
    for (n, text) in found
        .array(at, fields, "fields", (1, MAX_FIELDS))
        .iter()
        .enumerate()
    {
        found.text_object(
            &format!("{at}/fields/{n}"),
            text,
            (TextKind::Any, MAX_FIELD_TEXT),
        );
    }
    if let Some(accessory) = fields.get("accessory") {
        let at = format!("{at}/accessory");
        if accessory.get("type").and_then(Value::as_str) == Some("image") {
            elements::image(found, &at, accessory);
        } else {
            elements::interactive(found, &at, accessory, surface);
        }
    }
}

fn context(found: &mut Inspection, at: &str, fields: &Map<String, Value>) {
    for (n, element) in found
        .array(at, fields, "elements", (1, MAX_CONTEXT))
        .iter()
        .enumerate()
    {
        let at = format!("{at}/elements/{n}");
        if element.get("type").and_then(Value::as_str) == Some("image") {
            elements::image(found, &at, element);
        } else {
            found.text_object(&at, element, (TextKind::Any, MAX_SECTION_TEXT));
        }
    }
}

fn unique_actions(found: &mut Inspection, at: &str, block: &Value) {
    let mut ids = HashSet::new();
    for element in block
        .get("elements")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if let Some(id) = element.get("action_id").and_then(Value::as_str)
            && !ids.insert(id)
        {
            found.problem(
                at,
                &format!("`action_id` must be unique within the block: {id}"),
            );
        }
    }
}
