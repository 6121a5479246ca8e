//! Writing, changing and finding messages.
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::State;
use crate::emulator::discord::check::{Draft, KEPT_FLAGS, Patch};
use crate::emulator::discord::ids::{ChannelId, MessageId, UserId};
use crate::emulator::discord::model::{Answered, LOADING, Message};

/// How long Discord knows a nonce again ("past few minutes", discord.com/developers, "Create Message").
const NONCE_MEMORY: TimeDelta = TimeDelta::minutes(5);
/// Discord's own account, which speaks where an app does not.
pub const SYSTEM: &str = "643945264868098049";

/// Where a message goes and whose it is.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The conversation.
    pub channel: ChannelId,
    /// The writer.
    pub author: UserId,
    /// Whether the writer is the app.
    pub is_app: bool,
    /// The only reader, for an ephemeral message.
    pub only_for: Option<UserId>,
    /// The interaction that it answers.
    pub answers: Option<Answered>,
}

impl State {
    /// Adds a message.
    pub(crate) fn post(&mut self, to: Envelope, draft: Draft, now: DateTime<Utc>) -> Message {
        let id = MessageId::from(self.snowflake(now));
        let pings = pings(&draft.content, draft.allowed_mentions.as_ref());
        let message = Message {
            id,
            channel: to.channel,
            author: to.author,
            content: draft.content,
            embeds: complete_embeds(draft.embeds),
            components: complete_components(draft.components),
            flags: draft.flags & KEPT_FLAGS,
            nonce: draft.nonce,
            pings,
            answers: to.answers,
            posted: now,
            edited: None,
            version: 0,
            deleted: false,
            only_for: to.only_for,
            is_app: to.is_app,
            seen: false,
        };
        self.kept.messages.push(message.clone());
        message
    }

    /// The message that the app wrote here with this nonce a moment ago.
    pub(crate) fn written_before(
        &self,
        channel: &ChannelId,
        nonce: &Value,
        now: DateTime<Utc>,
    ) -> Option<&Message> {
        let is_it = |message: &&Message| {
            message.is_app
                && message.channel == *channel
                && message.nonce.as_ref() == Some(nonce)
                && now - message.posted < NONCE_MEMORY
        };
        self.kept.messages.iter().rev().find(is_it)
    }

    /// Changes a message; a deferred answer becomes a real one by this.
    pub(crate) fn revise(
        &mut self,
        id: &MessageId,
        patch: Patch,
        now: DateTime<Utc>,
    ) -> Option<Message> {
        let message = self.message_mut(id)?;
        if let Some(content) = patch.content {
            message.content = content;
        }
        if let Some(embeds) = patch.embeds {
            message.embeds = complete_embeds(embeds);
        }
        if let Some(components) = patch.components {
            message.components = complete_components(components);
        }
        if message.is_loading() {
            message.flags &= !LOADING;
        } else {
            message.edited = Some(now);
        }
        message.version += 1;
        Some(message.clone())
    }

    /// A message that still exists.
    pub fn message(&self, id: &MessageId) -> Option<&Message> {
        self.kept
            .messages
            .iter()
            .rev()
            .find(|message| message.id == *id && !message.deleted)
    }

    pub(crate) fn message_mut(&mut self, id: &MessageId) -> Option<&mut Message> {
        self.kept
            .messages
            .iter_mut()
            .rev()
            .find(|message| message.id == *id && !message.deleted)
    }

    /// What this person sees in this conversation, oldest first.
    pub fn visible<'a>(
        &'a self,
        user: &'a UserId,
        channel: &'a ChannelId,
    ) -> impl DoubleEndedIterator<Item = &'a Message> {
        let inside = self
            .channel(channel)
            .is_some_and(|found| self.can_see(user, found));
        self.kept.messages.iter().filter(move |message| {
            inside && message.channel == *channel && message.is_visible_to(user)
        })
    }

    /// Discord's own words to one person.
    pub(crate) fn whisper_as_discord(
        &mut self,
        channel: &ChannelId,
        user: &UserId,
        words: &str,
        now: DateTime<Utc>,
    ) {
        let to = Envelope {
            channel: channel.clone(),
            author: SYSTEM.into(),
            is_app: false,
            only_for: Some(user.clone()),
            answers: None,
        };
        let draft = Draft {
            content: words.to_owned(),
            ..Draft::default()
        };
        self.post(to, draft, now);
    }
}

/// Whom a text notifies. Mentions in embeds notify nobody.
fn pings(content: &str, allowed: Option<&Value>) -> Vec<String> {
    let list = |name: &str| -> Vec<&str> {
        let items = allowed.and_then(|allowed| allowed.get(name)?.as_array());
        items
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    };
    let (kinds, users, roles) = (list("parse"), list("users"), list("roles"));
    let takes = |kind: &str, id: &str, named: &[&str]| {
        allowed.is_none() || kinds.contains(&kind) || named.contains(&id)
    };
    let mut found = Vec::new();
    for word in ["everyone", "here"] {
        if content.contains(&format!("@{word}")) && takes("everyone", "", &[]) {
            found.push(word.to_owned());
        }
    }
    for (at, _) in content.match_indices("<@") {
        let inside = content
            .get(at + 2..)
            .and_then(|rest| rest.split('>').next())
            .unwrap_or_default();
        let (kind, id, named) = match inside.strip_prefix('&') {
            Some(role) => ("roles", role, &roles),
            None => ("users", inside.trim_start_matches('!'), &users),
        };
        if id.bytes().all(|byte| byte.is_ascii_digit()) && !id.is_empty() && takes(kind, id, named)
        {
            found.push(id.to_owned());
        }
    }
    found
}

/// Adds what Discord adds to embeds: their type, and the pictures' measures and copies.
fn complete_embeds(embeds: Vec<Value>) -> Vec<Value> {
    let complete = |mut embed: Value| {
        if let Some(fields) = embed.as_object_mut() {
            fields.insert("type".to_owned(), json!("rich"));
            fields.retain(|_, value| !value.is_null());
            for picture in ["image", "thumbnail"] {
                let Some(picture) = fields.get_mut(picture).and_then(Value::as_object_mut) else {
                    continue;
                };
                let url = picture.get("url").cloned().unwrap_or_default();
                picture.insert("proxy_url".to_owned(), url);
                picture.entry("width").or_insert(json!(1200));
                picture.entry("height").or_insert(json!(630));
            }
        }
        embed
    };
    embeds.into_iter().map(complete).collect()
}

/// Gives each component the number that Discord gives to those that have none, and a select its bounds.
pub(super) fn complete_components(mut components: Vec<Value>) -> Vec<Value> {
    let mut number = 0;
    for component in &mut components {
        complete_component(component, &mut number);
    }
    components
}

fn complete_component(component: &mut Value, number: &mut u64) {
    *number += 1;
    let Some(fields) = component.as_object_mut() else {
        return;
    };
    fields.retain(|_, value| !value.is_null());
    fields.entry("id").or_insert(json!(*number));
    if fields.get("type") == Some(&json!(3)) {
        fields.entry("min_values").or_insert(json!(1));
        fields.entry("max_values").or_insert(json!(1));
    }
    if let Some(inner) = fields.get_mut("component") {
        complete_component(inner, number);
    }
    let inner = fields.get_mut("components").and_then(Value::as_array_mut);
    for component in inner.into_iter().flatten() {
        complete_component(component, number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_notifies_whom_it_names_unless_the_sender_says_otherwise() {
        let text = "@everyone <@12> and <@!13>, <@&14>, <@x>";
        assert_eq!(pings(text, None), ["everyone", "12", "13", "14"]);
        assert!(pings(text, Some(&json!({ "parse": [] }))).is_empty());
        assert_eq!(
            pings(text, Some(&json!({ "parse": ["roles"], "users": ["13"] }))),
            ["13", "14"]
        );
    }
}
