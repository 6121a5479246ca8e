//! `chat.*` and `reactions.add`.
use serde_json::json;

use super::{Answer, Ask};
use crate::emulator::slack::check::{self, Refusal};
use crate::emulator::slack::ids::{ChannelId, Ts, UserId};
use crate::emulator::slack::model::Message;
use crate::emulator::slack::state::State;
use crate::emulator::slack::state::journal::Rule;
use crate::emulator::slack::state::messages::{Content, Envelope};
use crate::emulator::slack::wire;

fn words(ask: &Ask<'_>) -> Result<Content, Refusal> {
    let content = check::content(ask.arguments)?;
    if content.text.is_empty() && content.blocks.is_empty() {
        return Err(Refusal::fault("no_text", Rule::WrongArgument, Vec::new()));
    }
    Ok(content)
}

/// The conversation to write in; a user's id stands for the direct conversation with them.
fn place(ask: &Ask<'_>, state: &mut State) -> Result<ChannelId, Refusal> {
    let named = ask.text("channel");
    let team = &ask.workspace.id;
    let user = UserId::from(named);
    if state.user(team, &user).is_some_and(|user| !user.is_bot()) {
        return Ok(state.open_direct(team, &user, &ask.app.bot_user));
    }
    let channel = state.channel(team, &named.into());
    let channel = channel.ok_or_else(|| Refusal::plain("channel_not_found"))?;
    if !channel.members.contains(&ask.app.bot_user) {
        return Err(Refusal::plain("not_in_channel"));
    }
    if channel.archived {
        return Err(Refusal::plain("is_archived"));
    }
    Ok(channel.id.clone())
}

fn write(
    ask: &Ask<'_>,
    state: &mut State,
    channel: ChannelId,
    (content, only_for): (Content, Option<UserId>),
) -> Message {
    let to = Envelope {
        team: ask.workspace.id.clone(),
        channel,
        author: ask.app.bot_user.clone(),
        bot: Some(ask.app.bot_id.clone()),
        only_for,
    };
    state.post(to, content, ask.chat.now())
}

pub(super) fn post_message(ask: &Ask<'_>) -> Answer {
    ask.chat.change(|state| {
        let channel = place(ask, state)?;
        let message = write(ask, state, channel, (words(ask)?, None));
        let shown = wire::message(&message, true);
        Ok(json!({ "channel": message.channel, "ts": message.ts, "message": shown }))
    })
}

pub(super) fn post_ephemeral(ask: &Ask<'_>) -> Answer {
    ask.chat.change(|state| {
        let channel = place(ask, state)?;
        let reader = UserId::from(ask.text("user"));
        if state.user(&ask.workspace.id, &reader).is_none() {
            return Err(Refusal::plain("user_not_found"));
        }
        let inside = state
            .kept
            .channels
            .get(&channel)
            .is_some_and(|c| c.members.contains(&reader));
        if !inside {
            return Err(Refusal::plain("user_not_in_channel"));
        }
        let message = write(ask, state, channel, (words(ask)?, Some(reader)));
        Ok(json!({ "message_ts": message.ts }))
    })
}

/// The app's own message that a call names; ephemeral ones cannot be named.
fn own_message(ask: &Ask<'_>, state: &State, foreign: &str) -> Result<Message, Refusal> {
    let channel = ChannelId::from(ask.text("channel"));
    if state.channel(&ask.workspace.id, &channel).is_none() {
        return Err(Refusal::plain("channel_not_found"));
    }
    let message = state.message(&channel, &Ts::from(ask.text("ts")));
    let message = message.filter(|message| message.only_for.is_none());
    let message = message.ok_or_else(|| Refusal::plain("message_not_found"))?;
    if message.author != ask.app.bot_user {
        return Err(Refusal::plain(foreign));
    }
    Ok(message.clone())
}

pub(super) fn update(ask: &Ask<'_>) -> Answer {
    let now = ask.chat.now();
    ask.chat.change(|state| {
        let found = own_message(ask, state, "cant_update_message")?;
        let revised = state.revise(&found.channel, &found.ts, words(ask)?, now);
        let message = revised.ok_or_else(|| Refusal::plain("message_not_found"))?;
        let shown = wire::message(&message, true);
        Ok(json!({
            "channel": message.channel, "ts": message.ts, "text": message.text, "message": shown,
        }))
    })
}

pub(super) fn delete(ask: &Ask<'_>) -> Answer {
    ask.chat.change(|state| {
        let found = own_message(ask, state, "cant_delete_message")?;
        if let Some(message) = state.message_mut(&found.channel, &found.ts) {
            message.deleted = true;
        }
        Ok(json!({ "channel": found.channel, "ts": found.ts }))
    })
}

pub(super) fn permalink(ask: &Ask<'_>) -> Answer {
    let (channel, ts) = (ask.text("channel"), ask.text("message_ts"));
    ask.chat.read(|state| {
        let message = state.message(&channel.into(), &ts.into());
        message.ok_or_else(|| Refusal::plain("message_not_found"))?;
        let stamp = ts.replace('.', "");
        let domain = &ask.workspace.domain;
        let link = format!("https://{domain}.slack.com/archives/{channel}/p{stamp}");
        Ok(json!({ "channel": channel, "permalink": link }))
    })
}

pub(super) fn react(ask: &Ask<'_>) -> Answer {
    let (channel, ts) = (ask.text("channel"), ask.text("timestamp"));
    ask.chat.change(|state| {
        let message = state.message_mut(&channel.into(), &ts.into());
        let message = message.ok_or_else(|| Refusal::plain("message_not_found"))?;
        let people = message
            .reactions
            .entry(ask.text("name").to_owned())
            .or_default();
        if people.insert(ask.app.bot_user.clone()) {
            Ok(json!({}))
        } else {
            Err(Refusal::plain("already_reacted"))
        }
    })
}
