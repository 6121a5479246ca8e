//! A modal on a person's screen: read it, fill it in, submit or close it.
use serde_json::{Value, json};
use tokio::time::timeout;

use super::rendered::{options_of, text};
use super::{Person, PersonError};
use crate::emulator::discord::state::interactions::Kind;
use crate::emulator::discord::state::modals::{Modal, inputs};

/// A modal as it stands on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    /// The title.
    pub title: String,
    /// Its inputs in order.
    pub inputs: Vec<Input>,
    /// Discord's own words, after a submission that came to nothing.
    pub failure: Option<String>,
    /// The modal itself.
    pub modal: Modal,
}

/// One input of a modal.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its label.
    pub label: String,
    /// The sentence below the label, if any.
    pub description: String,
    /// Its custom id.
    pub custom_id: String,
    /// Whether it must not stay empty.
    pub is_required: bool,
    /// The component as the app sent it.
    pub component: Value,
    /// What it holds now: text, or the values chosen.
    pub value: Value,
}

impl Person {
    /// The modal on their screen.
    pub fn dialog(&self) -> Option<Dialog> {
        let modal = self
            .chat
            .read(|state| state.modals.of(&self.user).cloned())?;
        Some(read_dialog(modal))
    }

    /// Waits for a modal with this title.
    pub async fn waits_for_dialog(&self, title: &str) -> Result<Dialog, PersonError> {
        let found = self.chat.until(|state| {
            let dialog = read_dialog(state.modals.of(&self.user)?.clone());
            (dialog.title == title).then_some(dialog)
        });
        timeout(self.patience, found)
            .await
            .map_err(|_| self.in_vain(&format!("the dialog {title:?}")))
    }

    /// Fills the input with this label: text, or the label of the option to choose.
    pub fn fills(&self, label: &str, with: &str) -> Result<(), PersonError> {
        let dialog = self.open_dialog()?;
        let input = dialog.inputs.iter().find(|input| input.label == label);
        let input = input.ok_or_else(|| self.nothing_there(label))?;
        self.enters(&input.custom_id, with)
    }

    /// Fills the input with this custom id: for the inspector, whose forms carry ids.
    pub fn enters(&self, custom_id: &str, with: &str) -> Result<(), PersonError> {
        let dialog = self.open_dialog()?;
        let input = dialog
            .inputs
            .iter()
            .find(|input| input.custom_id == custom_id);
        let input = input.ok_or_else(|| self.nothing_there(custom_id))?;
        let value = entered(&input.component, with).ok_or_else(|| self.nothing_there(with))?;
        self.chat.change(|state| {
            if let Some(modal) = state.modals.of_mut(&self.user) {
                modal.values.insert(custom_id.to_owned(), value);
            }
        });
        Ok(())
    }

    /// Submits the modal and waits until the app answered; what it answered is on the screen then.
    pub async fn submits(&self) -> Result<(), PersonError> {
        let dialog = self.open_dialog()?;
        for input in &dialog.inputs {
            check_input(input)?;
        }
        let data = json!({
            "custom_id": dialog.modal.content.get("custom_id"),
            "components": submitted(&dialog.modal),
        });
        let kind = Kind::Modal {
            acted_on: dialog.modal.acted_on.clone(),
        };
        let id = self.sends(kind, &dialog.modal.channel, &data)?;
        let over = self
            .chat
            .until(|state| state.interactions.is_over(&id).then_some(()));
        timeout(self.patience, over)
            .await
            .map_err(|_| self.in_vain("the answer to a submitted dialog"))
    }

    /// Closes the modal; the app never hears of it.
    pub fn closes_dialog(&self) -> Result<(), PersonError> {
        self.open_dialog()?;
        self.chat.change(|state| state.modals.close(&self.user));
        Ok(())
    }

    fn open_dialog(&self) -> Result<Dialog, PersonError> {
        self.dialog().ok_or_else(|| PersonError::NoDialog {
            so_far: self.conversation_so_far(),
        })
    }
}

fn read_dialog(modal: Modal) -> Dialog {
    let read = |(label, description, component): (String, String, &Value)| {
        let custom_id = text(component, "custom_id").to_owned();
        Input {
            label,
            description,
            is_required: component.get("required") != Some(&json!(false)),
            component: component.clone(),
            value: modal.values.get(&custom_id).cloned().unwrap_or_default(),
            custom_id,
        }
    };
    Dialog {
        title: modal
            .content
            .get("title")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        inputs: inputs(&modal.content).into_iter().map(read).collect(),
        failure: modal.failure.clone(),
        modal,
    }
}

/// What an input holds after somebody entered this.
fn entered(component: &Value, with: &str) -> Option<Value> {
    if component.get("options").is_none() {
        return Some(json!(with));
    }
    let option = options_of(component).find(|option| text(option, "label") == with)?;
    Some(json!([text(option, "value")]))
}

/// What the client does not let anybody submit.
fn check_input(input: &Input) -> Result<(), PersonError> {
    let refuse = |why: &str| {
        Err(PersonError::Refused {
            what: format!("{:?}: {why}", input.label),
        })
    };
    let bound = |name: &str| input.component.get(name).and_then(Value::as_u64);
    let length = match &input.value {
        Value::String(text) => text.chars().count() as u64,
        Value::Array(chosen) => chosen.len() as u64,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => 0,
    };
    if length == 0 {
        return if input.is_required {
            refuse("it is required")
        } else {
            Ok(())
        };
    }
    if bound("min_length").is_some_and(|min| length < min) {
        return refuse("it is too short");
    }
    if bound("max_length").is_some_and(|max| length > max) {
        return refuse("it is too long");
    }
    Ok(())
}

/// The inputs as a submission carries them, in the shape of the modal.
fn submitted(modal: &Modal) -> Vec<Value> {
    let fill = |input: &Value| {
        let custom_id = text(input, "custom_id");
        let value = modal.values.get(custom_id).cloned().unwrap_or_default();
        let name = if value.is_array() { "values" } else { "value" };
        json!({ "type": input.get("type"), "id": input.get("id"), "custom_id": custom_id, name: value })
    };
    let parts = modal.content.get("components").and_then(Value::as_array);
    parts
        .into_iter()
        .flatten()
        .map(|part| {
            let (kind, id) = (part.get("type"), part.get("id"));
            if let Some(input) = part.get("component") {
                return json!({ "type": kind, "id": id, "component": fill(input) });
            }
            let inputs = part.get("components").and_then(Value::as_array);
            let inputs: Vec<Value> = inputs.into_iter().flatten().map(fill).collect();
            json!({ "type": kind, "id": id, "components": inputs })
        })
        .collect()
}
