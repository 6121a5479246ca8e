//! A modal on a person's screen: read it, fill it in, submit or close it.
use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::rendered::{self, option_label, options_of};
use super::{Person, PersonError, Press};
use crate::emulator::slack::state::envelopes::About;
use crate::emulator::slack::state::views::View;

/// A modal as it stands on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    /// The title.
    pub title: String,
    /// The label of the submit button, if there is one.
    pub submit: Option<String>,
    /// Its inputs in order.
    pub inputs: Vec<Input>,
    /// Errors that the app answered with, by block id.
    pub errors: BTreeMap<String, String>,
    /// The modal itself.
    pub view: View,
}

/// One input of a modal.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its label.
    pub label: String,
    /// The block it stands in.
    pub block_id: String,
    /// Its action id.
    pub action_id: String,
    /// The element as the app sent it.
    pub element: Value,
    /// What it holds now, in Slack's form of state.
    pub value: Value,
    /// The error beneath it.
    pub error: Option<String>,
}

impl Person {
    /// The modal on top of their screen.
    pub fn dialog(&self) -> Option<Dialog> {
        let view = self
            .chat
            .read(|state| state.views.top(&self.user).cloned())?;
        Some(read_dialog(view))
    }

    /// Waits for a modal with this title.
    pub async fn waits_for_dialog(&self, title: &str) -> Result<Dialog, PersonError> {
        let found = self.chat.until(|state| {
            let dialog = read_dialog(state.views.top(&self.user)?.clone());
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
        self.enters((&input.block_id, &input.action_id), with)
    }

    /// Fills the input with these ids: for the inspector, whose forms carry ids.
    pub fn enters(
        &self,
        (block_id, action_id): (&str, &str),
        with: &str,
    ) -> Result<(), PersonError> {
        let dialog = self.open_dialog()?;
        let fits = |input: &&Input| input.block_id == block_id && input.action_id == action_id;
        let input = dialog.inputs.iter().find(fits);
        let input = input.ok_or_else(|| self.nothing_there(action_id))?;
        let value = entered(&input.element, with).ok_or_else(|| self.nothing_there(with))?;
        self.chat.change(|state| {
            if let Some(view) = state.views.get_mut(&dialog.view.id) {
                let block = view.values.entry(block_id.to_owned()).or_default();
                block.insert(action_id.to_owned(), value);
            }
        });
        Ok(())
    }

    /// Presses a button inside the modal.
    pub fn clicks_in_dialog(&self, label: &str) -> Result<Press, PersonError> {
        let dialog = self.open_dialog()?;
        let blocks = dialog.view.content.get("blocks").and_then(Value::as_array);
        let controls = rendered::controls(blocks.map(Vec::as_slice).unwrap_or_default());
        let control = controls
            .into_iter()
            .find(|control| control.is_button(label));
        let control = control.ok_or_else(|| self.nothing_there(label))?;
        self.acts_in_view(&dialog.view, &control, None)
    }

    /// Submits the modal and waits until the app answered; what it answered is on the screen then.
    pub async fn submits(&self) -> Result<(), PersonError> {
        let dialog = self.open_dialog()?;
        let payload = self.chat.change(|state| {
            let trigger = self.issue_trigger(state);
            let scene = self.scene(state, &trigger)?;
            Ok::<_, PersonError>(scene.submission(&dialog.view))
        })?;
        let envelope = self
            .chat
            .deliver(About::Submission(dialog.view.id), payload);
        let answered = self
            .chat
            .until(|state| state.sockets.is_over(&envelope).then_some(()));
        timeout(self.patience, answered)
            .await
            .map_err(|_| self.in_vain("the answer to a submitted dialog"))
    }

    /// Closes the modal; the app hears of it only if it asked to.
    pub fn closes_dialog(&self) -> Result<(), PersonError> {
        let dialog = self.open_dialog()?;
        let notify = dialog
            .view
            .content
            .get("notify_on_close")
            .and_then(Value::as_bool);
        let payload = self.chat.change(|state| {
            state.views.close(&dialog.view.id);
            Ok::<_, PersonError>(self.scene(state, "")?.closing(&dialog.view))
        })?;
        if notify == Some(true) {
            self.chat.deliver(About::Closing, payload);
        }
        Ok(())
    }

    fn open_dialog(&self) -> Result<Dialog, PersonError> {
        self.dialog().ok_or_else(|| PersonError::NoDialog {
            so_far: self.conversation_so_far(),
        })
    }
}

fn text_of(value: Option<&Value>) -> Option<String> {
    value?.get("text")?.as_str().map(str::to_owned)
}

fn read_dialog(view: View) -> Dialog {
    let blocks = view.content.get("blocks").and_then(Value::as_array);
    let inputs = blocks
        .into_iter()
        .flatten()
        .filter_map(|block| input(block, &view))
        .collect();
    Dialog {
        title: text_of(view.content.get("title")).unwrap_or_default(),
        submit: text_of(view.content.get("submit")),
        inputs,
        errors: view.errors.clone(),
        view,
    }
}

fn input(block: &Value, view: &View) -> Option<Input> {
    let element = block.get("element")?;
    let block_id = block.get("block_id")?.as_str()?;
    let action_id = element.get("action_id")?.as_str()?;
    let value = view
        .values
        .get(block_id)
        .and_then(|values| values.get(action_id));
    Some(Input {
        label: text_of(block.get("label"))?,
        block_id: block_id.to_owned(),
        action_id: action_id.to_owned(),
        element: element.clone(),
        value: value.cloned().unwrap_or_default(),
        error: view.errors.get(block_id).cloned(),
    })
}

/// What an input holds after somebody entered this.
fn entered(element: &Value, with: &str) -> Option<Value> {
    let kind = element.get("type")?.as_str()?;
    let option = || options_of(element).find(|option| option_label(option) == with);
    Some(match kind {
        "static_select" | "radio_buttons" => {
            json!({ "type": kind, "selected_option": option()? })
        }
        "multi_static_select" | "checkboxes" => {
            json!({ "type": kind, "selected_options": [option()?] })
        }
        "datepicker" => json!({ "type": kind, "selected_date": with }),
        "timepicker" => json!({ "type": kind, "selected_time": with }),
        "datetimepicker" => {
            json!({ "type": kind, "selected_date_time": with.parse::<i64>().ok()? })
        }
        _ => json!({ "type": kind, "value": with }),
    })
}
