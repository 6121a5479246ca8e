//! `conversations.*` and `users.conversations`.
use serde_json::{Value, json};

use super::super::api::missing_scope;
use super::{Answer, Ask};
use crate::emulator::slack::check::{Refusal, scopes};
use crate::emulator::slack::ids::{ChannelId, UserId};
use crate::emulator::slack::model::{Channel, ChannelKind};
use crate::emulator::slack::state::State;
use crate::emulator::slack::wire;

fn found<'s>(ask: &Ask<'_>, state: &'s State, method: &str) -> Result<&'s Channel, Refusal> {
    let channel = state.channel(&ask.workspace.id, &ChannelId::from(ask.text("channel")));
    let channel = channel.ok_or_else(|| Refusal::plain("channel_not_found"))?;
    if let Some(scope) = scopes::scope_for(method, &channel.kind)
        && !ask.has_scope(scope)
    {
        return Err(missing_scope(method, scope, ask.app));
    }
    Ok(channel)
}

pub(super) fn open(ask: &Ask<'_>) -> Answer {
    let (channel, users) = (ask.text("channel"), ask.text("users"));
    ask.chat.change(|state| {
        if !channel.is_empty() {
            found(ask, state, "conversations.open")?;
            return Ok(json!({ "channel": { "id": channel } }));
        }
        if users.is_empty() || users.contains(',') {
            return Err(Refusal::plain("users_list_not_supplied"));
        }
        let user = UserId::from(users);
        match state.user(&ask.workspace.id, &user) {
            None => Err(Refusal::plain("user_not_found")),
            Some(user) if user.deleted => Err(Refusal::plain("user_disabled")),
            Some(user) if user.is_bot() => Err(Refusal::plain("cannot_dm_bot")),
            Some(_) => {
                let existed = state.direct(&ask.workspace.id, &user).is_some();
                let id = state.open_direct(&ask.workspace.id, &user, &ask.app.bot_user);
                let shown = if ask.flag("return_im") {
                    state
                        .kept
                        .channels
                        .get(&id)
                        .map(|c| wire::channel(c, &ask.app.bot_user))
                } else {
                    None
                };
                let shown = shown.unwrap_or_else(|| json!({ "id": id }));
                Ok(json!({ "channel": shown, "no_op": existed, "already_open": existed }))
            }
        }
    })
}

pub(super) fn history(ask: &Ask<'_>) -> Answer {
    ask.chat.read(|state| {
        let channel = found(ask, state, "conversations.history")?;
        if let Some(error) = &state.hidden_history {
            return Err(Refusal::plain(error));
        }
        if !channel.members.contains(&ask.app.bot_user) {
            return Err(Refusal::plain("not_in_channel"));
        }
        let (oldest, latest) = (ask.text("oldest"), ask.text("latest"));
        let inclusive = ask.flag("inclusive");
        let within = |ts: &str| {
            let edge = inclusive && (same(ts, oldest) || same(ts, latest));
            edge || ((oldest.is_empty() || later(ts, oldest))
                && (latest.is_empty() || later(latest, ts)))
        };
        let messages: Vec<Value> = state
            .kept
            .messages
            .iter()
            .rev()
            .filter(|message| message.channel == channel.id && !message.deleted)
            .filter(|message| message.only_for.is_none() && within(message.ts.as_str()))
            .map(|message| wire::message(message, ask.flag("include_all_metadata")))
            .collect();
        Ok(ask.page("messages", &messages))
    })
}

/// Stamps may come with fewer digits after the point, or none.
fn micros(ts: &str) -> i128 {
    let (seconds, rest) = ts.split_once('.').unwrap_or((ts, ""));
    let rest: String = rest.chars().chain("000000".chars()).take(6).collect();
    let seconds: i128 = seconds.parse().unwrap_or(0);
    seconds * 1_000_000 + rest.parse::<i128>().unwrap_or(0)
}

fn later(ts: &str, than: &str) -> bool {
    micros(ts) > micros(than)
}

fn same(ts: &str, other: &str) -> bool {
    !other.is_empty() && micros(ts) == micros(other)
}

pub(super) fn info(ask: &Ask<'_>) -> Answer {
    ask.chat.read(|state| {
        let channel = found(ask, state, "conversations.info")?;
        let hidden =
            channel.kind != ChannelKind::Public && !channel.members.contains(&ask.app.bot_user);
        if hidden {
            return Err(Refusal::plain("channel_not_found"));
        }
        Ok(json!({ "channel": wire::channel(channel, &ask.app.bot_user) }))
    })
}

/// The channels of the kinds asked for; public ones by default.
fn of_types(ask: &Ask<'_>, channel: &Channel) -> bool {
    let types = match ask.text("types") {
        "" => "public_channel",
        types => types,
    };
    let kind = match channel.kind {
        ChannelKind::Public => "public_channel",
        ChannelKind::Private => "private_channel",
        ChannelKind::Direct { .. } => "im",
    };
    let archived = channel.archived && ask.flag("exclude_archived");
    channel.team == ask.workspace.id && types.split(',').any(|t| t.trim() == kind) && !archived
}

pub(super) fn list(ask: &Ask<'_>) -> Value {
    let bot = &ask.app.bot_user;
    ask.chat.read(|state| {
        let channels: Vec<Value> = state
            .kept
            .channels
            .values()
            .filter(|channel| of_types(ask, channel))
            .filter(|c| c.kind == ChannelKind::Public || c.members.contains(bot))
            .map(|channel| wire::channel(channel, bot))
            .collect();
        ask.page("channels", &channels)
    })
}

pub(super) fn of_user(ask: &Ask<'_>) -> Answer {
    let bot = &ask.app.bot_user;
    let user = match ask.text("user") {
        "" => bot.clone(),
        user => UserId::from(user),
    };
    ask.chat.read(|state| {
        if state.user(&ask.workspace.id, &user).is_none() {
            return Err(Refusal::plain("user_not_found"));
        }
        let channels: Vec<Value> = state
            .kept
            .channels
            .values()
            .filter(|channel| of_types(ask, channel) && channel.members.contains(&user))
            .filter(|c| c.kind == ChannelKind::Public || c.members.contains(bot))
            .map(|channel| wire::channel(channel, bot))
            .collect();
        Ok(ask.page("channels", &channels))
    })
}

pub(super) fn join(ask: &Ask<'_>) -> Answer {
    let bot = ask.app.bot_user.clone();
    let id = ChannelId::from(ask.text("channel"));
    ask.chat.change(|state| {
        let team = &ask.workspace.id;
        let channel = state
            .kept
            .channels
            .get_mut(&id)
            .filter(|channel| channel.team == *team);
        let channel = channel.ok_or_else(|| Refusal::plain("channel_not_found"))?;
        if channel.kind != ChannelKind::Public {
            return Err(Refusal::plain("method_not_supported_for_channel_type"));
        }
        if channel.archived {
            return Err(Refusal::plain("is_archived"));
        }
        channel.members.insert(bot.clone());
        Ok(json!({ "channel": wire::channel(channel, &bot) }))
    })
}
