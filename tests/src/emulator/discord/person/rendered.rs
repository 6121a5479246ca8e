//! A message as it stands on a person's screen: its words in reading order, and what can be pressed.
use std::fmt;

use serde_json::Value;

use crate::emulator::discord::ids::{ChannelId, MessageId, UserId};
use crate::emulator::discord::markdown::{self, Reader};
use crate::emulator::discord::model::Message;
use crate::emulator::discord::state::State;
use crate::emulator::discord::state::messages::SYSTEM;

/// What one message shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The conversation.
    pub channel: ChannelId,
    /// Which message.
    pub id: MessageId,
    /// Who wrote it.
    pub author: UserId,
    /// The name that stands above it.
    pub author_name: String,
    /// Whether only this person sees it.
    pub is_ephemeral: bool,
    /// Whether it was changed since it was posted.
    pub is_edited: bool,
    /// All words in reading order, markup resolved, labels of controls not included.
    pub text: String,
    /// What can be pressed, in reading order.
    pub controls: Vec<Control>,
    /// The message itself.
    pub message: Message,
}

/// Something to press or choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// What is written on it; for a select its choice or placeholder.
    pub label: String,
    /// Which kind.
    pub kind: ControlKind,
    /// Its custom id; a link has none.
    pub custom_id: String,
    /// Whether it cannot be pressed.
    pub is_disabled: bool,
    /// The component as Discord shows it.
    pub component: Value,
}

/// The kinds of control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ControlKind {
    /// A button; with an address it opens that and tells nobody.
    Button {
        /// The address.
        url: Option<String>,
    },
    /// A list to choose from.
    Select {
        /// The labels of its options.
        options: Vec<String>,
    },
}

impl Seen {
    /// The button with exactly this label.
    pub fn button(&self, label: &str) -> Option<&Control> {
        self.controls
            .iter()
            .find(|control| control.is_button(label))
    }

    /// The labels of all buttons, in order.
    pub fn buttons(&self) -> Vec<&str> {
        self.controls
            .iter()
            .filter(|control| matches!(control.kind, ControlKind::Button { .. }))
            .map(|control| control.label.as_str())
            .collect()
    }

    /// The address behind a link button.
    pub fn url(&self, label: &str) -> Option<&str> {
        match &self.button(label)?.kind {
            ControlKind::Button { url } => url.as_deref(),
            ControlKind::Select { .. } => None,
        }
    }
}

impl Control {
    pub(super) fn is_button(&self, label: &str) -> bool {
        matches!(self.kind, ControlKind::Button { .. }) && self.label == label
    }

    pub(super) fn offers(&self, option: &str) -> bool {
        match &self.kind {
            ControlKind::Button { .. } => false,
            ControlKind::Select { options } => options.iter().any(|label| label == option),
        }
    }

    /// The option with this label, as the app sent it.
    pub fn option(&self, label: &str) -> Option<&Value> {
        options_of(&self.component).find(|option| text(option, "label") == label)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let only = if self.is_ephemeral {
            " (only you can see this)"
        } else {
            ""
        };
        writeln!(f, "[{}] {}{only}", self.id, self.author_name)?;
        for line in self.text.lines() {
            writeln!(f, "    {line}")?;
        }
        for control in &self.controls {
            match &control.kind {
                ControlKind::Button { url: None } => writeln!(f, "    [{}]", control.label)?,
                ControlKind::Button { url: Some(url) } => {
                    writeln!(f, "    [{}] -> {url}", control.label)?;
                }
                ControlKind::Select { options } => {
                    writeln!(f, "    [{} v: {}]", control.label, options.join(" | "))?;
                }
            }
        }
        Ok(())
    }
}

/// Renders a message for a reader.
pub(super) fn render(state: &State, message: &Message, reader: Reader) -> Seen {
    let words =
        |source: &str| markdown::plain(&markdown::parse(source, reader), &|id| name_of(state, id));
    let mut texts = vec![words(&message.content)];
    if message.is_loading() {
        // Discord's words where a deferred answer has not come yet.
        texts.push(format!(
            "{} is thinking…",
            name_of(state, message.author.as_str())
        ));
    }
    texts.extend(
        message
            .embeds
            .iter()
            .flat_map(|embed| embed_texts(embed, &words)),
    );
    texts.retain(|text| !text.is_empty());
    Seen {
        channel: message.channel.clone(),
        id: message.id.clone(),
        author: message.author.clone(),
        author_name: name_of(state, message.author.as_str()),
        is_ephemeral: message.only_for.is_some(),
        is_edited: message.edited.is_some(),
        text: texts.join("\n"),
        controls: controls(&message.components),
        message: message.clone(),
    }
}

/// The name that stands for the id of a user, a channel or a role.
pub fn name_of(state: &State, id: &str) -> String {
    if id == SYSTEM {
        return "Discord".to_owned();
    }
    let user = state.user(&id.into()).map(|user| user.display_name.clone());
    let channel = || {
        state
            .channel(&id.into())
            .map(|channel| channel.name.clone())
    };
    let role = || {
        state
            .kept
            .guilds
            .values()
            .find_map(|guild| guild.roles.get(&id.into()).cloned())
    };
    user.or_else(channel)
        .or_else(role)
        .unwrap_or_else(|| id.to_owned())
}

/// A text of a JSON object, empty if there is none.
pub fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The texts of an embed in reading order.
fn embed_texts(embed: &Value, words: &dyn Fn(&str) -> String) -> Vec<String> {
    let inner = |part: &str, field: &str| embed.get(part).map(|part| text(part, field).to_owned());
    let mut texts = vec![inner("author", "name").unwrap_or_default()];
    texts.push(words(text(embed, "title")));
    texts.push(words(text(embed, "description")));
    for field in embed
        .get("fields")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        texts.push(words(text(field, "name")));
        texts.push(words(text(field, "value")));
    }
    for picture in ["image", "thumbnail"] {
        let described = inner(picture, "description").filter(|words| !words.is_empty());
        texts.extend(described.map(|words| format!("(image: {words})")));
    }
    texts.push(inner("footer", "text").unwrap_or_default());
    texts
}

/// What can be pressed in these rows.
pub fn controls(rows: &[Value]) -> Vec<Control> {
    let parts = rows
        .iter()
        .filter_map(|row| row.get("components")?.as_array());
    parts.flatten().filter_map(control).collect()
}

fn control(component: &Value) -> Option<Control> {
    let (label, kind) = match component.get("type")?.as_u64()? {
        2 => {
            let url = component
                .get("url")
                .and_then(Value::as_str)
                .map(str::to_owned);
            let emoji = component
                .get("emoji")
                .map(|emoji| text(emoji, "name").to_owned());
            let label = Some(text(component, "label").to_owned()).filter(|label| !label.is_empty());
            (
                label.or(emoji).unwrap_or_default(),
                ControlKind::Button { url },
            )
        }
        3 => {
            let options = options_of(component)
                .map(|option| text(option, "label").to_owned())
                .collect();
            let chosen: Vec<&str> = options_of(component)
                .filter(|option| option.get("default") == Some(&Value::Bool(true)))
                .map(|option| text(option, "label"))
                .collect();
            let label = if chosen.is_empty() {
                text(component, "placeholder").to_owned()
            } else {
                chosen.join(", ")
            };
            (label, ControlKind::Select { options })
        }
        _ => return None,
    };
    Some(Control {
        label,
        kind,
        custom_id: text(component, "custom_id").to_owned(),
        is_disabled: component.get("disabled") == Some(&Value::Bool(true)),
        component: component.clone(),
    })
}

/// The options of a select.
pub fn options_of(component: &Value) -> impl Iterator<Item = &Value> {
    component
        .get("options")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
