//! Writing, changing and finding messages.
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::State;
use crate::emulator::slack::ids::{BotId, ChannelId, TeamId, Ts, UserId};
use crate::emulator::slack::model::{ChannelKind, Message};

/// The words of a message, checked.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The text.
    pub text: String,
    /// The blocks.
    pub blocks: Vec<Value>,
    /// The metadata; `None` leaves that of a changed message as it was.
    pub metadata: Option<Value>,
}

/// Where a message goes and whose it is.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The workspace.
    pub team: TeamId,
    /// The conversation.
    pub channel: ChannelId,
    /// The writer.
    pub author: UserId,
    /// The writer's bot.
    pub bot: Option<BotId>,
    /// The only reader, for an ephemeral message.
    pub only_for: Option<UserId>,
}

impl State {
    /// Adds a message.
    pub(crate) fn post(&mut self, to: Envelope, content: Content, now: DateTime<Utc>) -> Message {
        let ts = self.stamp(now);
        let number = self.number();
        let message = Message {
            ts,
            team: to.team,
            channel: to.channel,
            author: to.author,
            bot: to.bot,
            text: content.text,
            blocks: complete_blocks(content.blocks, number),
            metadata: content.metadata,
            edited: None,
            deleted: false,
            reactions: std::collections::BTreeMap::new(),
            only_for: to.only_for,
            seen: false,
        };
        self.kept.messages.push(message.clone());
        message
    }

    /// Changes a message's words.
    pub(crate) fn revise(
        &mut self,
        channel: &ChannelId,
        ts: &Ts,
        content: Content,
        now: DateTime<Utc>,
    ) -> Option<Message> {
        let edited = self.stamp(now);
        let number = self.number();
        let message = self.message_mut(channel, ts)?;
        message.text = content.text;
        message.blocks = complete_blocks(content.blocks, number);
        if content.metadata.is_some() {
            message.metadata = content.metadata;
        }
        message.edited = Some(edited);
        Some(message.clone())
    }

    /// A message that still exists.
    pub fn message(&self, channel: &ChannelId, ts: &Ts) -> Option<&Message> {
        self.kept
            .messages
            .iter()
            .rev()
            .find(|message| message.ts == *ts && message.channel == *channel && !message.deleted)
    }

    pub(crate) fn message_mut(&mut self, channel: &ChannelId, ts: &Ts) -> Option<&mut Message> {
        self.kept
            .messages
            .iter_mut()
            .rev()
            .find(|message| message.ts == *ts && message.channel == *channel && !message.deleted)
    }

    /// What this person sees in this conversation, oldest first.
    pub fn visible<'a>(
        &'a self,
        user: &'a UserId,
        channel: &'a ChannelId,
    ) -> impl DoubleEndedIterator<Item = &'a Message> {
        let inside =
            self.kept.channels.get(channel).is_some_and(|found| {
                found.members.contains(user) || found.kind == ChannelKind::Public
            });
        self.kept.messages.iter().filter(move |message| {
            inside && message.channel == *channel && message.is_visible_to(user)
        })
    }
}

/// Gives each block and element the ids that Slack generates where the app gave none, and the
/// fields that Slack adds to text objects.
pub(super) fn complete_blocks(blocks: Vec<Value>, number: u64) -> Vec<Value> {
    blocks
        .into_iter()
        .enumerate()
        .map(|(at, mut block)| {
            complete_texts(&mut block);
            if let Some(block) = block.as_object_mut() {
                block
                    .entry("block_id")
                    .or_insert_with(|| json!(format!("b{number}_{at}")));
                complete_elements(block, number);
            }
            block
        })
        .collect()
}

fn complete_elements(block: &mut Map<String, Value>, number: u64) {
    let mut elements: Vec<&mut Value> = Vec::new();
    for (field, value) in block.iter_mut() {
        match (field.as_str(), value) {
            ("accessory" | "element", element) => elements.push(element),
            ("elements", Value::Array(many)) => elements.extend(many.iter_mut()),
            _ => {}
        }
    }
    for (at, element) in elements.into_iter().enumerate() {
        let kind = element
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let passive = matches!(kind.as_str(), "image" | "mrkdwn" | "plain_text");
        if let Some(element) = element.as_object_mut().filter(|_| !passive) {
            element
                .entry("action_id")
                .or_insert_with(|| json!(format!("a{number}_{at}")));
        }
    }
}

fn complete_texts(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            match fields.get("type").and_then(Value::as_str) {
                Some("plain_text") => {
                    fields.entry("emoji").or_insert(json!(true));
                }
                Some("mrkdwn") => {
                    fields.entry("verbatim").or_insert(json!(false));
                }
                _ => {}
            }
            fields.values_mut().for_each(complete_texts);
        }
        Value::Array(items) => items.iter_mut().for_each(complete_texts),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
