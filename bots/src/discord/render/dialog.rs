//! Dialogs as modals. A modal holds five inputs and no words of ours: where a dialog has
//! more, the fields to change are chosen first, in a private message that also says why.

use conversation::dialog::{
    ChangesDialog, Field, FollowersDialog, MessageDialog, NOTE_LIMIT, NumberField, ProposalDialog,
    TextField,
};
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
                let rows = fields.into_iter().map(number);
                Opening::Modal(modal(&dialog.key(), &followers.title, rows.collect()))
            }
        }
        Dialog::Changes(changes) => {
            let rows = vec![note(changes)];
            Opening::Modal(modal(&dialog.key(), &changes.title, rows))
        }
        Dialog::Proposal(proposal) => {
            let rows = proposal.fields.iter().map(typed);
            Opening::Modal(modal(&dialog.key(), &proposal.title, rows.collect()))
        }
        Dialog::Message(message) => Opening::Message(said(message)),
    }
}

/// The dialog past the time in which Discord opens one: a message, with what opens it anew.
pub(super) fn later(dialog: &Dialog) -> Message {
    match dialog {
        Dialog::Followers(followers) => picker(followers),
        Dialog::Changes(changes) => reminder(changes),
        Dialog::Proposal(proposal) => proposal_reminder(proposal),
        Dialog::Message(message) => said(message),
    }
}

/// What had been known of the page does not fit a button: it is typed once more.
fn proposal_reminder(proposal: &ProposalDialog) -> Message {
    let mut blocks = Blocks::new(None);
    blocks.phrase(&proposal.intro);
    let open = blocks.carrying(&proposal.title, 1, &Action::Propose.encode());
    blocks.row(open.into_iter().collect());
    blocks.finish()
}

fn reminder(changes: &ChangesDialog) -> Message {
    let mut blocks = Blocks::new(None);
    blocks.phrase(&changes.intro);
    let open = blocks.carrying(&changes.title, 1, &changes.action().encode());
    blocks.row(open.into_iter().collect());
    blocks.finish()
}

pub(super) fn refusal(words: &Words, problems: &[FieldProblem], again: Action) -> Message {
    let mut blocks = Blocks::new(None);
    blocks.colour(PROBLEM);
    for problem in problems.iter().take(limits::MODAL_INPUTS) {
        let label = match problem.field {
            Field::Followers(network) => words.network(network),
            Field::Note => words.changes_label(),
            Field::Link | Field::Why | Field::Words => proposal_label(words, problem.field),
        };
        blocks.line(&vec![
            Span::Strong(label),
            Span::Text(format!(": {}", problem.sentence)),
        ]);
    }
    let (label, carried) = if again == Action::EditFollowers {
        let fields: Vec<Field> = problems.iter().map(|problem| problem.field).collect();
        (words.edit_followers(), asking(again, &fields))
    } else if again == Action::Propose {
        (words.propose(), again.encode())
    } else {
        (words.ask_for_changes(), again.encode())
    };
    let again = blocks.carrying(&label, 1, &carried);
    blocks.row(again.into_iter().collect());
    blocks.finish()
}

fn proposal_label(words: &Words, field: Field) -> String {
    let [link, why, wording] = words.proposal_labels();
    match field {
        Field::Link => link,
        Field::Why => why,
        Field::Words | Field::Note | Field::Followers(_) => wording,
    }
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

fn modal(key: &str, title: &str, inputs: Vec<Value>) -> Value {
    let rows: Vec<Value> = inputs
        .into_iter()
        .map(|input| json!({ "type": 1, "components": [input] }))
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

/// Words, in one line or in several.
fn typed(field: &TextField) -> Value {
    let most = field.limit.min(limits::INPUT_VALUE);
    let mut input = json!({
        "type": 4,
        "custom_id": field.field.name(),
        "style": if field.is_long { 2 } else { 1 },
        "label": text::label(&field.label, limits::INPUT_LABEL),
        "required": !field.is_optional,
        "max_length": most,
    });
    let value = text::plain_text(&field.value, most);
    if let (false, Some(fields)) = (value.is_empty(), input.as_object_mut()) {
        fields.insert("value".to_owned(), json!(value));
    }
    input
}

/// Several lines; which post it is about stands on the message that it opens over.
fn note(dialog: &ChangesDialog) -> Value {
    json!({
        "type": 4,
        "custom_id": Field::Note.name(),
        "style": 2,
        "label": text::label(&dialog.label, limits::INPUT_LABEL),
        "required": true,
        "max_length": NOTE_LIMIT,
    })
}

fn said(dialog: &MessageDialog) -> Message {
    let mut blocks = Blocks::new(None);
    blocks.header(&dialog.title);
    blocks.phrase(&dialog.words);
    blocks.finish()
}
