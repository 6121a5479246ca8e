//! Answers to interactions: which kind of interaction takes which, and what is in them.
use serde_json::{Map, Value};

use super::inspection::Inspection;
use super::{Draft, Patch, Refusal, Surface, change, commands, draft, flags, is_empty, modals};
use crate::emulator::discord::model::EPHEMERAL;
use crate::emulator::discord::state::interactions::Kind;
use crate::emulator::discord::state::journal::Rule;

/// An answer to an interaction, checked.
#[derive(Clone, Debug, PartialEq)]
pub enum Callback {
    /// Type 1: the answer to a ping.
    Pong,
    /// Type 4: a message.
    Message(Draft),
    /// Type 5: a message later; whether only the person will see it is fixed now.
    DeferredMessage {
        /// For one person only.
        is_ephemeral: bool,
    },
    /// Type 6: a change of the message acted on, later.
    DeferredUpdate,
    /// Type 7: a change of the message acted on.
    Update(Patch),
    /// Type 8: suggestions for an option.
    Suggestions(Vec<Value>),
    /// Type 9: a modal.
    Modal(Map<String, Value>),
}

/// Checks an answer to an interaction of this kind.
pub fn check(body: &Value, kind: &Kind) -> Result<Callback, Refusal> {
    let mut inspection = Inspection::default();
    let Some(fields) = inspection.object("", body, &["type"], &["data"]) else {
        inspection.verdict()?;
        return Err(Refusal::empty_message());
    };
    let number = fields
        .get("type")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let taken = answers_taken(kind);
    if !taken.contains(&number) {
        let choices: Vec<String> = taken.iter().map(u64::to_string).collect();
        let message = format!("Value must be one of {{{}}}.", choices.join(", "));
        inspection.problem("type", "BASE_TYPE_CHOICES", &message);
        let refusal = inspection
            .verdict()
            .err()
            .unwrap_or_else(Refusal::empty_message);
        return Err(Refusal {
            rule: Some(Rule::WrongAnswer),
            ..refusal
        });
    }
    let nothing = Value::Object(Map::new());
    let data = fields
        .get("data")
        .filter(|data| !data.is_null())
        .unwrap_or(&nothing);
    let callback = match number {
        1 => Callback::Pong,
        4 => {
            let draft = draft(&mut inspection, "data", data, Surface::Answer);
            Callback::Message(draft.unwrap_or_default())
        }
        5 => deferral(&mut inspection, data),
        6 => Callback::DeferredUpdate,
        7 => Callback::Update(change(&mut inspection, "data", data).unwrap_or_default()),
        8 => Callback::Suggestions(commands::suggestions(&mut inspection, data)),
        _ => Callback::Modal(modals::check(&mut inspection, data)),
    };
    inspection.verdict()?;
    match &callback {
        Callback::Message(draft) if is_empty(&draft.content, &draft.embeds, &draft.components) => {
            Err(Refusal::empty_message())
        }
        _ => Ok(callback),
    }
}

fn deferral(inspection: &mut Inspection, data: &Value) -> Callback {
    // Client libraries send the same object as for a message; what would be lost must not be in it.
    let harmless = ["flags", "attachments", "allowed_mentions", "tts"];
    let fields = inspection.object("data", data, &[], &harmless);
    if let Some(fields) = fields {
        inspection.array("data", fields, "attachments", (0, 0));
    }
    let flags = fields.map(|fields| flags(inspection, "data", fields, Surface::Answer));
    Callback::DeferredMessage {
        is_ephemeral: flags.unwrap_or_default() & EPHEMERAL != 0,
    }
}

/// Which types of answer an interaction takes (discord.com/developers, "Interaction Callback Type").
fn answers_taken(kind: &Kind) -> &'static [u64] {
    match kind {
        Kind::Command { .. } => &[4, 5, 9],
        Kind::Autocomplete => &[8],
        Kind::Component { .. } => &[4, 5, 6, 7, 9],
        Kind::Modal {
            acted_on: Some(_), ..
        } => &[4, 5, 6, 7],
        Kind::Modal { acted_on: None, .. } => &[4, 5],
    }
}
