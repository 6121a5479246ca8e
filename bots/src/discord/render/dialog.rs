//! Dialogs as modals. A modal holds five inputs and no words of ours: where a dialog has
//! more, the fields to change are chosen first, in a private message that also says why.

use conversation::dialog::{Field, FollowersDialog, MessageDialog, NumberField};
use conversation::reply::FieldProblem;
use conversation::view::Span;
use conversation::words::Words;
use conversation::{Action, Dialog};
use serde_json::{Value, json};

use super::Message;
use super::blocks::{Blocks, PROBLEM};
use crate::discord::{limits, text};

/// What the id of a control begins with that asks for a dialog again with some of its
/// fields; the action that opens it follows, then for a button its fields.
pub(crate) const FIELDS: &str = "fields";

/// What a dialog becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Opening {
    /// A modal.
    Modal(Value),
    /// A private message, because a modal cannot be it.
    Message(Message),
}

pub(super) fn opening(dialog: &Dialog, only: &[Field]) -> Opening {
    match dialog {
        Dialog::Followers(followers) => {
            let fields: Vec<&NumberField> = followers
                .fields
                .iter()
                .filter(|field| only.is_empty() || only.contains(&field.field))
                .collect();
            if fields.is_empty() || fields.len() > limits::MODAL_INPUTS {
                Opening::Message(picker(followers))
            } else {
                Opening::Modal(modal(&dialog.key(), &followers.title, &fields))
            }
        }
        Dialog::Message(message) => Opening::Message(said(message)),
    }
}

pub(super) fn refusal(words: &Words, problems: &[FieldProblem]) -> Message {
    let mut blocks = Blocks::new(None);
    blocks.colour(PROBLEM);
    for problem in problems.iter().take(limits::MODAL_INPUTS) {
        let label = match problem.field {
            Field::Followers(network) => words.network(network),
        };
        blocks.line(&vec![
            Span::Strong(label),
            Span::Text(format!(": {}", problem.sentence)),
        ]);
    }
    let fields: Vec<Field> = problems.iter().map(|problem| problem.field).collect();
    let carried = asking(Action::EditFollowers, &fields);
    let again = blocks.carrying(&words.edit_followers(), 1, &carried);
    blocks.row(again.into_iter().collect());
    blocks.finish()
}

/// What a control carries that asks for the dialog again which `action` opens, with as many
/// of the `fields` as a modal holds.
fn asking(action: Action, fields: &[Field]) -> String {
    let names: Vec<String> = fields
        .iter()
        .take(limits::MODAL_INPUTS)
        .map(|field| field.name())
        .collect();
    let action = action.encode();
    if names.is_empty() {
        format!("{FIELDS}.{action}")
    } else {
        format!("{FIELDS}.{action}/{}", names.join(","))
    }
}

fn picker(dialog: &FollowersDialog) -> Message {
    let options: Vec<Value> = dialog
        .fields
        .iter()
        .take(limits::OPTIONS)
        .map(|field| {
            let mut option = json!({
                "label": text::label(&field.label, limits::OPTION_LABEL),
                "value": field.field.name(),
            });
            if let (Some(value), Some(fields)) = (field.value, option.as_object_mut()) {
                let value = text::plain_text(&value.to_string(), limits::OPTION_DESCRIPTION);
                fields.insert("description".to_owned(), json!(value));
            }
            option
        })
        .collect();
    let mut blocks = Blocks::new(None);
    blocks.header(&dialog.title);
    blocks.phrase(&dialog.intro);
    blocks.several(
        &asking(Action::EditFollowers, &[]),
        &dialog.title,
        &options,
        limits::MODAL_INPUTS,
    );
    blocks.finish()
}

fn modal(key: &str, title: &str, fields: &[&NumberField]) -> Value {
    let rows: Vec<Value> = fields
        .iter()
        .map(|field| json!({ "type": 1, "components": [number(field)] }))
        .collect();
    json!({
        "custom_id": key,
        "title": text::label(title, limits::MODAL_TITLE),
        "components": rows,
    })
}

fn number(field: &NumberField) -> Value {
    let mut input = json!({
        "type": 4,
        "custom_id": field.field.name(),
        "style": 1,
        "label": text::label(&field.label, limits::INPUT_LABEL),
        "required": false,
        "max_length": limits::NUMBER_INPUT,
    });
    if let (Some(value), Some(fields)) = (field.value, input.as_object_mut()) {
        fields.insert("value".to_owned(), json!(value.to_string()));
    }
    input
}

fn said(dialog: &MessageDialog) -> Message {
    let mut blocks = Blocks::new(None);
    blocks.header(&dialog.title);
    blocks.phrase(&dialog.words);
    blocks.finish()
}
