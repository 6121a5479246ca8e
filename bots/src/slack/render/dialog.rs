//! Dialogs as modals. Blocks are named for their fields, so that what is refused finds
//! its place.

use conversation::Dialog;
use conversation::dialog::{
    ChangesDialog, Field, FollowersDialog, MessageDialog, NOTE_LIMIT, NumberField, ProposalDialog,
    TextField,
};
use conversation::view::Phrase;
use serde_json::{Value, json};

use super::blocks::{Blocks, plain};
use crate::slack::{limits, text};

/// Id of the one element of each input.
pub(crate) const ELEMENT: &str = "typed";

pub(super) fn modal(dialog: &Dialog, memory: &str) -> Value {
    let mut modal = match dialog {
        Dialog::Followers(dialog) => followers(dialog),
        Dialog::Changes(dialog) => changes(dialog),
        Dialog::Proposal(dialog) => proposal(dialog),
        Dialog::Message(dialog) => message(dialog),
    };
    if let Some(fields) = modal.as_object_mut() {
        fields.insert("type".to_owned(), json!("modal"));
        fields.insert("callback_id".to_owned(), json!(dialog.key()));
        if text::length(memory) <= limits::PRIVATE_METADATA {
            fields.insert("private_metadata".to_owned(), json!(memory));
        }
    }
    modal
}

fn followers(dialog: &FollowersDialog) -> Value {
    let mut blocks = words(&dialog.intro);
    blocks.extend(dialog.fields.iter().map(number));
    blocks.truncate(limits::MODAL_BLOCKS);
    json!({
        "title": label(&dialog.title),
        "submit": label(&dialog.submit),
        "close": label(&dialog.cancel),
        "blocks": blocks,
    })
}

fn changes(dialog: &ChangesDialog) -> Value {
    let mut blocks = words(&dialog.intro);
    blocks.push(json!({
        "type": "input",
        "block_id": Field::Note.name(),
        "label": plain(&text::label(&dialog.label, limits::INPUT_LABEL)),
        "element": {
            "type": "plain_text_input",
            "action_id": ELEMENT,
            "multiline": true,
            "max_length": NOTE_LIMIT,
        },
    }));
    json!({
        "title": label(&dialog.title),
        "submit": label(&dialog.submit),
        "close": label(&dialog.cancel),
        "blocks": blocks,
    })
}

fn proposal(dialog: &ProposalDialog) -> Value {
    let mut blocks = words(&dialog.intro);
    blocks.extend(dialog.fields.iter().map(typed));
    blocks.truncate(limits::MODAL_BLOCKS);
    json!({
        "title": label(&dialog.title),
        "submit": label(&dialog.submit),
        "close": label(&dialog.cancel),
        "blocks": blocks,
    })
}

fn typed(field: &TextField) -> Value {
    let most = field.limit.min(limits::INPUT_VALUE);
    let mut element = json!({
        "type": "plain_text_input",
        "action_id": ELEMENT,
        "multiline": field.is_long,
        "max_length": most,
    });
    let value = text::plain_text(&field.value, most);
    if let (false, Some(fields)) = (value.is_empty(), element.as_object_mut()) {
        fields.insert("initial_value".to_owned(), json!(value));
    }
    json!({
        "type": "input",
        "block_id": field.field.name(),
        "optional": field.is_optional,
        "label": plain(&text::label(&field.label, limits::INPUT_LABEL)),
        "element": element,
    })
}

fn message(dialog: &MessageDialog) -> Value {
    json!({
        "title": label(&dialog.title),
        "close": label(&dialog.close),
        "blocks": words(&dialog.words),
    })
}

fn number(field: &NumberField) -> Value {
    let mut element = json!({
        "type": "plain_text_input",
        "action_id": ELEMENT,
        "max_length": limits::NUMBER_INPUT,
    });
    if let (Some(value), Some(fields)) = (field.value, element.as_object_mut()) {
        fields.insert("initial_value".to_owned(), json!(value.to_string()));
    }
    json!({
        "type": "input",
        "block_id": field.field.name(),
        "optional": true,
        "label": plain(&text::label(&field.label, limits::INPUT_LABEL)),
        "element": element,
    })
}

fn words(phrase: &Phrase) -> Vec<Value> {
    let mut blocks = Blocks::default();
    blocks.phrase(phrase);
    blocks.finish(limits::MODAL_BLOCKS)
}

fn label(words: &str) -> Value {
    plain(&text::label(words, limits::MODAL_LABEL))
}
