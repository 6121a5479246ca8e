//! Messages in channels, as the bot writes, reads, changes and deletes them.
use serde_json::Value;

use super::{Answer, draft};
use crate::emulator::discord::check::{self, Refusal, Surface};
use crate::emulator::discord::ids::{ChannelId, MessageId};
use crate::emulator::discord::model::{
    Channel, ChannelKind, EMBED_LINKS, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL,
};
use crate::emulator::discord::skin::Skin;
use crate::emulator::discord::skin::api::Ask;
use crate::emulator::discord::state::messages::Envelope;
use crate::emulator::discord::state::{HiddenHistory, State};
use crate::emulator::discord::wire;

/// Messages of a page unless asked otherwise, and at most (discord.com/developers, "Get Channel Messages").
const PAGE: usize = 50;
const MAX_PAGE: usize = 100;

/// A channel of a guild in which the app still is, or a direct conversation, that it may see.
fn channel<'s>(state: &'s State, ask: &Ask) -> Result<&'s Channel, Refusal> {
    let id = ChannelId::from(ask.route.given("channel_id"));
    let found = state
        .channel(&id)
        .ok_or_else(|| Refusal::plain(404, 10003, "Unknown Channel"))?;
    let is_inside = match &found.kind {
        ChannelKind::Text { guild } => state.guild(guild).is_some_and(|guild| guild.has_app),
        ChannelKind::Direct { .. } => true,
    };
    if !is_inside || found.app_permissions & VIEW_CHANNEL == 0 {
        return Err(Refusal::plain(403, 50001, "Missing Access"));
    }
    Ok(found)
}

pub(super) fn show_channel(skin: &Skin, ask: &Ask) -> Answer {
    skin.chat
        .read(|state| Ok(Some(wire::channel(state, channel(state, ask)?))))
}

fn may_write(state: &State, channel: &Channel, has_embeds: bool) -> Result<(), Refusal> {
    let needed = SEND_MESSAGES | if has_embeds { EMBED_LINKS } else { 0 };
    match &channel.kind {
        ChannelKind::Text { .. } if channel.app_permissions & needed != needed => {
            Err(Refusal::plain(403, 50013, "Missing Permissions"))
        }
        ChannelKind::Text { .. } => Ok(()),
        ChannelKind::Direct { with } => {
            let user = state.user(with);
            if !user.is_some_and(|user| user.has_app) && !state.meets_app(with) {
                let words = "Cannot send messages to this user due to having no mutual guilds";
                return Err(Refusal::plain(403, 50278, words));
            }
            if !user.is_some_and(|user| user.accepts_direct) {
                return Err(Refusal::plain(
                    403,
                    50007,
                    "Cannot send messages to this user",
                ));
            }
            Ok(())
        }
    }
}

pub(super) fn post(skin: &Skin, ask: &Ask) -> Answer {
    let (app, now) = (skin.chat.app(), skin.chat.now());
    let to = skin.chat.read(|state| channel(state, ask).cloned())?;
    let draft = draft(ask, Surface::Channel)?;
    skin.chat.change(|state| {
        may_write(state, &to, !draft.embeds.is_empty())?;
        let nonce = draft.nonce.as_ref().filter(|_| draft.enforces_nonce);
        if let Some(before) = nonce.and_then(|nonce| state.written_before(&to.id, nonce, now)) {
            return Ok(Some(wire::message(state, app, before)));
        }
        let envelope = Envelope {
            channel: to.id.clone(),
            author: app.id.clone(),
            is_app: true,
            only_for: None,
            answers: None,
        };
        let message = state.post(envelope, draft, now);
        Ok(Some(wire::message(state, app, &message)))
    })
}

pub(super) fn list(skin: &Skin, ask: &Ask) -> Answer {
    let number = |name: &str| {
        let value = ask.query.iter().find(|(known, _)| known == name);
        value.and_then(|(_, value)| value.parse::<u64>().ok())
    };
    let limit = number("limit")
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(PAGE);
    if !(1..=MAX_PAGE).contains(&limit) {
        let problem = serde_json::json!({ "limit": { "_errors": [{
            "code": "NUMBER_TYPE_MAX", "message": "int value should be less than or equal to 100.",
        }] } });
        return Err(Refusal::invalid_body(problem));
    }
    let (before, after) = (
        number("before").unwrap_or(u64::MAX),
        number("after").unwrap_or(0),
    );
    skin.chat.read(|state| {
        let from = channel(state, ask)?;
        match state.hidden_history {
            Some(HiddenHistory::Refused) => {
                return Err(Refusal::plain(403, 50001, "Missing Access"));
            }
            Some(HiddenHistory::Empty) => return Ok(Some(Value::Array(Vec::new()))),
            None if from.app_permissions & READ_MESSAGE_HISTORY == 0 => {
                return Ok(Some(Value::Array(Vec::new())));
            }
            None => {}
        }
        let is_there = |message: &&crate::emulator::discord::model::Message| {
            message.channel == from.id
                && !message.deleted
                && message.only_for.is_none()
                && message.id.number() < before
                && message.id.number() > after
        };
        let found = state
            .kept
            .messages
            .iter()
            .rev()
            .filter(is_there)
            .take(limit);
        Ok(Some(
            found
                .map(|message| wire::message(state, skin.chat.app(), message))
                .collect(),
        ))
    })
}

/// A message that everybody in its channel sees: ephemeral ones are nowhere in the API.
fn known(state: &State, ask: &Ask) -> Result<MessageId, Refusal> {
    let (from, id) = (
        channel(state, ask)?,
        MessageId::from(ask.route.given("message_id")),
    );
    let message = state
        .message(&id)
        .filter(|message| message.channel == from.id && message.only_for.is_none());
    message
        .map(|message| message.id.clone())
        .ok_or_else(|| Refusal::plain(404, 10008, "Unknown Message"))
}

pub(super) fn show(skin: &Skin, ask: &Ask) -> Answer {
    skin.chat.read(|state| {
        let id = known(state, ask)?;
        Ok(state
            .message(&id)
            .map(|message| wire::message(state, skin.chat.app(), message)))
    })
}

pub(super) fn change(skin: &Skin, ask: &Ask) -> Answer {
    let now = skin.chat.now();
    let id = skin.chat.read(|state| known(state, ask))?;
    let patch = check::patch(&ask.body)?;
    skin.chat.change(|state| {
        let had = state.message(&id).filter(|message| message.is_app);
        let had = had.ok_or_else(|| {
            Refusal::plain(403, 50005, "Cannot edit a message authored by another user")
        })?;
        check::leaves_something(&patch, had)?;
        let message = state.revise(&id, patch, now);
        Ok(message.map(|message| wire::message(state, skin.chat.app(), &message)))
    })
}

pub(super) fn delete(skin: &Skin, ask: &Ask) -> Answer {
    skin.chat.change(|state| {
        let id = known(state, ask)?;
        match state.message_mut(&id).filter(|message| message.is_app) {
            Some(message) => {
                message.deleted = true;
                Ok(None)
            }
            None => Err(Refusal::plain(403, 50013, "Missing Permissions")),
        }
    })
}
