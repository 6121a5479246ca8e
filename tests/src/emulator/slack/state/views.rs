//! Modals: one stack for each person, with what they typed so far; and App Home, one page for each.
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::State;
use super::messages::complete_blocks;
use crate::emulator::slack::ids::{TeamId, UserId, ViewId};

/// A modal on somebody's screen, or the Home tab that they have.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Its id.
    pub id: ViewId,
    /// The workspace.
    pub team: TeamId,
    /// On whose screen it is.
    pub user: UserId,
    /// As the app gave it, completed by Slack.
    pub content: Map<String, Value>,
    /// Changes with each update, so that a stale one is refused.
    pub hash: String,
    /// What the person entered: block id to action id to Slack's state value.
    pub values: BTreeMap<String, BTreeMap<String, Value>>,
    /// Errors that the app answered with, by block id.
    pub errors: BTreeMap<String, String>,
}

impl View {
    /// The whole view as payloads carry it.
    pub fn payload(&self, app_id: &str, bot_id: &str) -> Value {
        let mut view = self.content.clone();
        view.insert("id".to_owned(), json!(self.id));
        view.insert("team_id".to_owned(), json!(self.team));
        view.insert("hash".to_owned(), json!(self.hash));
        view.insert("state".to_owned(), json!({ "values": self.values }));
        view.insert("root_view_id".to_owned(), json!(self.id));
        view.insert("previous_view_id".to_owned(), Value::Null);
        view.insert("app_id".to_owned(), json!(app_id));
        view.insert("bot_id".to_owned(), json!(bot_id));
        for (field, default) in [
            ("private_metadata", json!("")),
            ("callback_id", json!("")),
            ("external_id", json!("")),
            ("submit", Value::Null),
            ("close", Value::Null),
            ("clear_on_close", json!(false)),
            ("notify_on_close", json!(false)),
        ] {
            view.entry(field).or_insert(default);
        }
        Value::Object(view)
    }
}

/// All open modals; the last of a person is on top.
#[derive(Debug, Default)]
pub struct Views(Vec<View>);

impl Views {
    /// The modal on top of this person's screen.
    pub fn top(&self, user: &UserId) -> Option<&View> {
        self.0.iter().rev().find(|view| view.user == *user)
    }

    /// One by id.
    pub fn get(&self, id: &ViewId) -> Option<&View> {
        self.0.iter().find(|view| view.id == *id)
    }

    /// One by id, to change.
    pub fn get_mut(&mut self, id: &ViewId) -> Option<&mut View> {
        self.0.iter_mut().find(|view| view.id == *id)
    }

    /// Takes one modal away.
    pub fn close(&mut self, id: &ViewId) {
        self.0.retain(|view| view.id != *id);
    }

    /// Takes all of a person's modals away.
    pub fn clear(&mut self, user: &UserId) {
        self.0.retain(|view| view.user != *user);
    }
}

impl State {
    /// Puts a checked modal on a person's screen.
    pub(crate) fn open_view(
        &mut self,
        team: TeamId,
        user: UserId,
        content: Map<String, Value>,
    ) -> View {
        let number = self.number();
        let content = complete_view(content, number);
        let view = View {
            id: ViewId::from(format!("V{number:09}")),
            team,
            user,
            values: initial_values(&content),
            content,
            hash: format!("{number}.{:06}", number * 7),
            errors: BTreeMap::new(),
        };
        self.views.0.push(view.clone());
        view
    }

    /// Replaces a modal's content; what was entered in blocks that remain stays.
    pub(crate) fn replace_view(
        &mut self,
        id: &ViewId,
        content: Map<String, Value>,
    ) -> Option<View> {
        let number = self.number();
        let content = complete_view(content, number);
        let view = self.views.get_mut(id)?;
        let mut values = initial_values(&content);
        for (block, actions) in &mut values {
            for (action, value) in actions.iter_mut() {
                if let Some(entered) = view.values.get(block).and_then(|had| had.get(action)) {
                    value.clone_from(entered);
                }
            }
        }
        view.content = content;
        view.values = values;
        view.errors = BTreeMap::new();
        view.hash = format!("{number}.{:06}", number * 7);
        Some(view.clone())
    }

    /// Gives a person a checked Home tab, in place of the one before.
    pub(crate) fn publish_home(
        &mut self,
        team: TeamId,
        user: UserId,
        content: Map<String, Value>,
    ) -> View {
        let number = self.number();
        let content = complete_view(content, number);
        let known = self.homes.get(&user).map(|view| view.id.clone());
        let view = View {
            id: known.unwrap_or_else(|| ViewId::from(format!("V{number:09}"))),
            team,
            user: user.clone(),
            values: initial_values(&content),
            content,
            hash: format!("{number}.{:06}", number * 7),
            errors: BTreeMap::new(),
        };
        self.homes.insert(user, view.clone());
        view
    }

    /// Does what the acknowledgement of a submission asks for.
    pub(crate) fn answer_submission(&mut self, id: &ViewId, answer: Option<&Value>) {
        let Some(view) = self.views.get(id).cloned() else {
            return;
        };
        let action = answer
            .and_then(|answer| answer.get("response_action"))
            .and_then(Value::as_str);
        let content = answer
            .and_then(|answer| answer.get("view"))
            .and_then(Value::as_object);
        match (action, content) {
            (Some("errors"), _) => {
                let errors = answer.and_then(|answer| answer.get("errors"));
                let errors = errors
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default();
                if let Some(view) = self.views.get_mut(id) {
                    view.errors = errors
                        .into_iter()
                        .map(|(block, error)| (block, error.as_str().unwrap_or("").to_owned()))
                        .collect();
                }
            }
            (Some("update"), Some(content)) => {
                self.replace_view(id, content.clone());
            }
            (Some("push"), Some(content)) => {
                self.open_view(view.team, view.user, content.clone());
            }
            (Some("clear"), _) => self.views.clear(&view.user),
            _ => self.views.close(id),
        }
    }
}

fn complete_view(mut content: Map<String, Value>, number: u64) -> Map<String, Value> {
    if let Some(Value::Array(blocks)) = content.get("blocks").cloned() {
        content.insert(
            "blocks".to_owned(),
            Value::Array(complete_blocks(blocks, number)),
        );
    }
    content
}

/// The state that a fresh modal has before anybody typed.
fn initial_values(content: &Map<String, Value>) -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut values: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for block in content
        .get("blocks")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let Some(block_id) = block.get("block_id").and_then(Value::as_str) else {
            continue;
        };
        let single = block.get("element").or_else(|| block.get("accessory"));
        let many = block.get("elements").and_then(Value::as_array);
        for element in single.into_iter().chain(many.into_iter().flatten()) {
            let action_id = element.get("action_id").and_then(Value::as_str);
            if let (Some(action_id), Some(value)) = (action_id, initial_value(element)) {
                let block = values.entry(block_id.to_owned()).or_default();
                block.insert(action_id.to_owned(), value);
            }
        }
    }
    values
}

fn initial_value(element: &Value) -> Option<Value> {
    let kind = element.get("type")?.as_str()?;
    let initial = |field: &str| element.get(field).cloned().unwrap_or(Value::Null);
    let value = match kind {
        "plain_text_input" | "email_text_input" | "url_text_input" | "number_input" => {
            json!({ "type": kind, "value": initial("initial_value") })
        }
        "static_select" | "radio_buttons" => {
            json!({ "type": kind, "selected_option": initial("initial_option") })
        }
        "multi_static_select" | "checkboxes" => {
            let chosen = element
                .get("initial_options")
                .cloned()
                .unwrap_or_else(|| json!([]));
            json!({ "type": kind, "selected_options": chosen })
        }
        "datepicker" => json!({ "type": kind, "selected_date": initial("initial_date") }),
        "timepicker" => json!({ "type": kind, "selected_time": initial("initial_time") }),
        "datetimepicker" => {
            json!({ "type": kind, "selected_date_time": initial("initial_date_time") })
        }
        _ => return None,
    };
    Some(value)
}
