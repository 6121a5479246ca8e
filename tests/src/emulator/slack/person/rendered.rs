//! A message as it stands on a person's screen: its words in reading order, and what can be pressed.
use std::fmt;

use serde_json::Value;

use crate::emulator::slack::ids::{ChannelId, Ts, UserId};
use crate::emulator::slack::model::Message;
use crate::emulator::slack::mrkdwn;
use crate::emulator::slack::state::State;

/// What one message shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The conversation.
    pub channel: ChannelId,
    /// Which message.
    pub ts: Ts,
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
    /// What is written on it; for a select its choice or placeholder, for an overflow menu `…`.
    pub label: String,
    /// Which kind.
    pub kind: ControlKind,
    /// The block it stands in.
    pub block_id: String,
    /// Its action id.
    pub action_id: String,
    /// The element as the app sent it.
    pub element: Value,
}

/// The kinds of control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ControlKind {
    /// A button; with an address it opens that too.
    Button {
        /// The address.
        url: Option<String>,
    },
    /// A list to choose one from.
    Select {
        /// The labels of its options.
        options: Vec<String>,
    },
    /// A menu behind three dots.
    Overflow {
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
        button_labels(&self.controls)
    }

    /// The address behind a link button.
    pub fn url(&self, label: &str) -> Option<&str> {
        address_of(&self.controls, label)
    }
}

/// The labels of all buttons, in order.
pub(super) fn button_labels(controls: &[Control]) -> Vec<&str> {
    controls
        .iter()
        .filter(|control| matches!(control.kind, ControlKind::Button { .. }))
        .map(|control| control.label.as_str())
        .collect()
}

/// The address behind a link button.
pub(super) fn address_of<'c>(controls: &'c [Control], label: &str) -> Option<&'c str> {
    let button = controls.iter().find(|control| control.is_button(label))?;
    match &button.kind {
        ControlKind::Button { url } => url.as_deref(),
        ControlKind::Select { .. } | ControlKind::Overflow { .. } => None,
    }
}

impl Control {
    pub(super) fn is_button(&self, label: &str) -> bool {
        matches!(self.kind, ControlKind::Button { .. }) && self.label == label
    }

    pub(super) fn offers(&self, option: &str) -> bool {
        match &self.kind {
            ControlKind::Button { .. } => false,
            ControlKind::Select { options } | ControlKind::Overflow { options } => {
                options.iter().any(|label| label == option)
            }
        }
    }

    /// The option with this label, as the app sent it.
    pub fn option(&self, label: &str) -> Option<&Value> {
        options_of(&self.element).find(|option| option_label(option) == label)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let only = if self.is_ephemeral {
            " (only visible to you)"
        } else {
            ""
        };
        writeln!(f, "[{}] {}{only}", self.ts, self.author_name)?;
        for line in self.text.lines() {
            writeln!(f, "    {line}")?;
        }
        write_controls(f, &self.controls)
    }
}

/// One line for each control.
pub(super) fn write_controls(f: &mut fmt::Formatter<'_>, controls: &[Control]) -> fmt::Result {
    for control in controls {
        match &control.kind {
            ControlKind::Button { url: None } => writeln!(f, "    [{}]", control.label)?,
            ControlKind::Button { url: Some(url) } => {
                writeln!(f, "    [{}] -> {url}", control.label)?;
            }
            ControlKind::Select { options } | ControlKind::Overflow { options } => {
                writeln!(f, "    [{} v: {}]", control.label, options.join(" | "))?;
            }
        }
    }
    Ok(())
}

/// Renders a message for a reader with this distance from UTC.
pub(super) fn render(state: &State, message: &Message, offset: i32) -> Seen {
    let author = state.user(&message.team, &message.author);
    let text = if message.blocks.is_empty() {
        words_of(state, &message.text, offset)
    } else {
        words(state, &message.blocks, offset)
    };
    Seen {
        channel: message.channel.clone(),
        ts: message.ts.clone(),
        author: message.author.clone(),
        author_name: author.map_or_else(|| "Slack".to_owned(), |user| user.real_name.clone()),
        is_ephemeral: message.only_for.is_some(),
        is_edited: message.edited.is_some(),
        text,
        controls: controls(&message.blocks),
        message: message.clone(),
    }
}

/// The words of blocks in reading order.
pub(super) fn words(state: &State, blocks: &[Value], offset: i32) -> String {
    block_texts(blocks)
        .into_iter()
        .map(|text| text_words(state, text, offset))
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The name that stands for a user's or channel's id.
pub fn name_of(state: &State, id: &str) -> String {
    let user = state
        .kept
        .users
        .get(&id.into())
        .map(|user| user.real_name.clone());
    let channel = || {
        state
            .kept
            .channels
            .get(&id.into())
            .map(|channel| channel.name.clone())
    };
    user.or_else(channel).unwrap_or_else(|| id.to_owned())
}

fn words_of(state: &State, markup: &str, offset: i32) -> String {
    mrkdwn::plain(&mrkdwn::parse(markup, offset), &|id| name_of(state, id))
}

/// The words of a text object or of an image's description.
fn text_words(state: &State, text: &Value, offset: i32) -> String {
    let field = |name: &str| text.get(name).and_then(Value::as_str).unwrap_or_default();
    match field("type") {
        "mrkdwn" => words_of(state, field("text"), offset),
        "plain_text" => mrkdwn::with_emoji(field("text")),
        "image" => format!("(image: {})", field("alt_text")),
        _ => String::new(),
    }
}

/// The text objects and images of blocks in reading order, without those of controls.
fn block_texts(blocks: &[Value]) -> Vec<&Value> {
    let mut texts = Vec::new();
    for block in blocks {
        let is_context = block.get("type").and_then(Value::as_str) == Some("context");
        let is_image = block.get("type").and_then(Value::as_str) == Some("image");
        texts.extend(block.get("text"));
        texts.extend(block.get("label"));
        texts.extend(block.get("title"));
        texts.extend(
            block
                .get("fields")
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        );
        texts.extend(is_image.then_some(block));
        let elements = block
            .get("elements")
            .and_then(Value::as_array)
            .filter(|_| is_context);
        texts.extend(elements.into_iter().flatten());
        let accessory = block.get("accessory");
        let image = accessory.filter(|a| a.get("type").and_then(Value::as_str) == Some("image"));
        texts.extend(image);
    }
    texts
}

/// What can be pressed in these blocks.
pub fn controls(blocks: &[Value]) -> Vec<Control> {
    let mut found = Vec::new();
    for block in blocks {
        let block_id = block
            .get("block_id")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let many = block
            .get("elements")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for element in block.get("accessory").into_iter().chain(many) {
            found.extend(control(block_id, element));
        }
    }
    found
}

fn control(block_id: &str, element: &Value) -> Option<Control> {
    let text = |field: &str| {
        let text = element.get(field)?.get("text")?;
        Some(mrkdwn::with_emoji(text.as_str()?))
    };
    let options = || options_of(element).map(option_label).collect();
    let (label, kind) = match element.get("type")?.as_str()? {
        "button" => {
            let url = element
                .get("url")
                .and_then(Value::as_str)
                .map(str::to_owned);
            (text("text")?, ControlKind::Button { url })
        }
        "static_select" => {
            let chosen = element.get("initial_option").map(option_label);
            let label = chosen.or_else(|| text("placeholder")).unwrap_or_default();
            (label, ControlKind::Select { options: options() })
        }
        "overflow" => ("…".to_owned(), ControlKind::Overflow { options: options() }),
        _ => return None,
    };
    Some(Control {
        label,
        kind,
        block_id: block_id.to_owned(),
        action_id: element.get("action_id")?.as_str()?.to_owned(),
        element: element.clone(),
    })
}

/// The options of a select, groups included.
pub fn options_of(element: &Value) -> impl Iterator<Item = &Value> {
    let direct = element
        .get("options")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let groups = element
        .get("option_groups")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let grouped = groups
        .filter_map(|group| group.get("options")?.as_array())
        .flatten();
    direct.chain(grouped)
}

/// What is written on an option.
pub fn option_label(option: &Value) -> String {
    let text = option
        .get("text")
        .and_then(|text| text.get("text"))
        .and_then(Value::as_str);
    mrkdwn::with_emoji(text.unwrap_or_default())
}
