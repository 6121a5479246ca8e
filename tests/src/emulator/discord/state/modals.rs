//! Modals: one at most on each person's screen, with what they typed so far.
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::State;
use super::messages::complete_components;
use crate::emulator::discord::ids::{ChannelId, GuildId, MessageId, UserId};

/// A modal on somebody's screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Modal {
    /// Changes with each one that opens.
    pub key: String,
    /// On whose screen it is.
    pub user: UserId,
    /// The conversation behind it.
    pub channel: ChannelId,
    /// The guild of that conversation.
    pub guild: Option<GuildId>,
    /// The message acted on before it opened, if one was.
    pub acted_on: Option<MessageId>,
    /// As the app gave it, completed by Discord.
    pub content: Map<String, Value>,
    /// What the person entered: custom id to text, or to the values chosen.
    pub values: BTreeMap<String, Value>,
    /// Discord's own words, after a submission that came to nothing.
    pub failure: Option<String>,
}

/// All open modals.
#[derive(Debug, Default)]
pub struct Modals(BTreeMap<UserId, Modal>);

impl Modals {
    /// The modal on this person's screen.
    pub fn of(&self, user: &UserId) -> Option<&Modal> {
        self.0.get(user)
    }

    /// The same, to change.
    pub fn of_mut(&mut self, user: &UserId) -> Option<&mut Modal> {
        self.0.get_mut(user)
    }

    /// Takes it away.
    pub fn close(&mut self, user: &UserId) {
        self.0.remove(user);
    }
}

/// The inputs of a modal in order, each with the label and description above it.
pub fn inputs(content: &Map<String, Value>) -> Vec<(String, String, &Value)> {
    let text = |value: &Value, field: &str| {
        value
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let parts = content.get("components").and_then(Value::as_array);
    parts
        .into_iter()
        .flatten()
        .filter_map(|part| {
            if let Some(input) = part.get("component") {
                return Some((text(part, "label"), text(part, "description"), input));
            }
            let input = part.get("components")?.as_array()?.first()?;
            Some((text(input, "label"), String::new(), input))
        })
        .collect()
}

impl State {
    /// Puts a checked modal on a person's screen, in place of any other.
    pub(crate) fn open_modal(
        &mut self,
        user: &UserId,
        (channel, guild, acted_on): (ChannelId, Option<GuildId>, Option<MessageId>),
        mut content: Map<String, Value>,
        now: DateTime<Utc>,
    ) {
        if let Some(Value::Array(parts)) = content.remove("components") {
            let parts = Value::Array(complete_components(parts));
            content.insert("components".to_owned(), parts);
        }
        let values = inputs(&content)
            .into_iter()
            .filter_map(|(_, _, input)| {
                Some((input.get("custom_id")?.as_str()?.to_owned(), initial(input)))
            })
            .collect();
        let modal = Modal {
            key: self.snowflake(now),
            user: user.clone(),
            channel,
            guild,
            acted_on,
            content,
            values,
            failure: None,
        };
        self.modals.0.insert(user.clone(), modal);
    }
}

/// What an input holds before anybody touched it.
fn initial(input: &Value) -> Value {
    match input.get("options").and_then(Value::as_array) {
        Some(options) => {
            let chosen = options
                .iter()
                .filter(|option| option.get("default") == Some(&json!(true)));
            chosen
                .filter_map(|option| option.get("value").cloned())
                .collect()
        }
        None => input.get("value").cloned().unwrap_or_else(|| json!("")),
    }
}
