//! The model as Discord's JSON: messages, channels, people, what the gateway says at the beginning, and the
//! payloads of interactions.
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::ids::{ChannelId, GuildId};
use super::model::{
    Channel, ChannelKind, Guild, LOADING, Member, Message, USUAL_PERMISSIONS, User,
};
use super::state::interactions::Interaction;
use super::state::{App, State};

/// Bytes that a file of an answer may have (discord.com/developers, "Interaction Structure").
const ATTACHMENT_LIMIT: u64 = 10_485_760;
/// Every permission, as an administrator of a direct conversation has them.
const MEMBER_PERMISSIONS: &str = "2248473465835073";
/// When everything that has a date in guilds was made.
const LONG_AGO: &str = "2024-01-15T09:00:00.000000+00:00";

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

/// A person as everybody sees them.
pub fn user(user: &User) -> Value {
    let mut fields = json!({
        "id": user.id, "username": user.username, "global_name": user.display_name,
        "discriminator": "0", "avatar": null, "avatar_decoration_data": null,
        "primary_guild": null, "collectibles": null, "public_flags": 0,
    });
    if user.is_bot {
        put(&mut fields, "bot", json!(true));
        put(&mut fields, "global_name", Value::Null);
    }
    fields
}

/// The app's user as it sees itself.
pub fn me(bot: &User) -> Value {
    let mut fields = user(bot);
    for (field, value) in [
        ("mfa_enabled", json!(true)),
        ("locale", json!("en-US")),
        ("verified", json!(true)),
        ("email", Value::Null),
        ("flags", json!(0)),
        ("premium_type", json!(0)),
        ("banner", Value::Null),
        ("accent_color", Value::Null),
        ("bio", json!("")),
    ] {
        put(&mut fields, field, value);
    }
    fields
}

fn put(object: &mut Value, field: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}

/// A member of a guild, as interactions and the API carry them.
pub fn member(member: &Member, who: &User) -> Value {
    json!({
        "user": user(who), "nick": member.nick, "avatar": null, "banner": null,
        "roles": member.roles, "joined_at": LONG_AGO, "premium_since": null, "deaf": false,
        "mute": false, "flags": 0, "pending": false, "permissions": MEMBER_PERMISSIONS,
        "communication_disabled_until": null, "unusual_dm_activity_until": null,
    })
}

/// A channel, as the API shows it to the app.
pub fn channel(state: &State, channel: &Channel) -> Value {
    match &channel.kind {
        ChannelKind::Direct { with } => json!({
            "id": channel.id, "type": 1, "flags": 0, "last_message_id": null,
            "recipients": state.user(with).map(user).into_iter().collect::<Vec<_>>(),
        }),
        ChannelKind::Text { guild } => json!({
            "id": channel.id, "type": 0, "name": channel.name, "guild_id": guild, "position": 0,
            "topic": null, "nsfw": false, "flags": 0, "parent_id": null, "last_message_id": null,
            "permission_overwrites": exceptions(state, channel), "rate_limit_per_user": 0,
        }),
    }
}

/// What the app may not do in a channel, although everybody else may.
fn exceptions(state: &State, channel: &Channel) -> Vec<Value> {
    let denied = USUAL_PERMISSIONS & !channel.app_permissions;
    let app = state.kept.users.values().find(|user| user.is_bot);
    app.filter(|_| denied != 0)
        .map(|app| json!({ "id": app.id, "type": 1, "allow": "0", "deny": denied.to_string() }))
        .into_iter()
        .collect()
}

/// A message, as history and interactions show it.
pub fn message(state: &State, app: &App, message: &Message) -> Value {
    let mentions: Vec<Value> = message
        .pings
        .iter()
        .filter_map(|id| state.user(&id.as_str().into()))
        .map(user)
        .collect();
    let everyone = message
        .pings
        .iter()
        .any(|ping| ping == "everyone" || ping == "here");
    let mut fields = json!({
        "id": message.id, "channel_id": message.channel, "type": kind(message),
        "author": state.user(&message.author).map(user), "content": message.content,
        "timestamp": stamp(message.posted), "edited_timestamp": message.edited.map(stamp),
        "tts": false, "mention_everyone": everyone, "mentions": mentions, "mention_roles": [],
        "attachments": [], "embeds": message.embeds, "components": message.components,
        "pinned": false, "flags": message.flags,
    });
    if let Some(nonce) = &message.nonce {
        put(&mut fields, "nonce", nonce.clone());
    }
    if let Some(answered) = &message.answers {
        put(&mut fields, "application_id", json!(app.id));
        put(&mut fields, "webhook_id", json!(app.id));
        let who = state.user(&answered.user).map(user);
        let mut metadata = json!({
            "id": answered.interaction, "type": answered.kind, "user": who,
            "authorizing_integration_owners": {},
        });
        if let Some(name) = &answered.command {
            put(&mut metadata, "name", json!(name));
            let interaction = json!({ "id": answered.interaction, "type": answered.kind, "name": name, "user": who });
            put(&mut fields, "interaction", interaction);
        }
        if let (3, Some(acted_on)) = (answered.kind, &answered.acted_on) {
            put(&mut metadata, "interacted_message_id", json!(acted_on));
        }
        // A submitted modal tells of the interaction that opened it, which the emulator does not keep.
        if answered.kind != 5 {
            put(&mut fields, "interaction_metadata", metadata);
        }
    }
    fields
}

/// Discord's number for the kind of a message: an answer to a command, a reply, or any other.
fn kind(message: &Message) -> u8 {
    match &message.answers {
        Some(answered) if answered.command.is_some() => 20,
        Some(answered) if answered.acted_on.is_some() => 19,
        Some(_) | None => 0,
    }
}

/// What a new session of the gateway hears first.
pub fn ready(bot: &User, session: &str, guilds: &[Value]) -> Value {
    json!({
        "v": 10, "user": me(bot), "guilds": guilds, "session_id": session,
        "session_type": "normal", "resume_gateway_url": "ws://gateway-resume.invalid",
        "shard": [0, 1], "application": { "id": bot.id, "flags": 0 }, "private_channels": [],
        "relationships": [], "presences": [], "user_settings": {}, "guild_join_requests": [],
        "geo_ordered_rtc_regions": [], "_trace": [],
    })
}

/// A guild with its roles, as the API shows it.
pub fn guild(guild: &Guild) -> Value {
    let mut fields = guild_properties(guild);
    put(&mut fields, "roles", json!(roles(guild)));
    for field in ["emojis", "features", "stickers"] {
        put(&mut fields, field, json!([]));
    }
    fields
}

fn roles(guild: &Guild) -> Vec<Value> {
    let mut roles = vec![role(guild.id.as_str(), "@everyone", 0)];
    let named = guild.roles.iter().enumerate();
    roles.extend(named.map(|(at, (id, name))| role(id.as_str(), name, at + 1)));
    roles
}

/// Everybody may do what is usual; roles only stand for teams.
fn role(id: &str, name: &str, position: usize) -> Value {
    let permissions = if position == 0 { USUAL_PERMISSIONS } else { 0 };
    json!({
        "id": id, "name": name, "color": 0, "hoist": false, "managed": false,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "mentionable": false, "permissions": permissions.to_string(), "position": position, "icon": null,
        "unicode_emoji": null, "flags": 0,
    })
}

/// A guild in which the app is, as the gateway tells it.
pub fn guild_create(state: &State, guild: &Guild, app: &App) -> Value {
    let own = Member::default();
    let members: Vec<Value> = state
        .user(&app.id)
        .map(|bot| member(&own, bot))
        .into_iter()
        .collect();
    let of_guild = |channel: &&Channel| channel.guild() == Some(&guild.id);
    let channels: Vec<Value> = state
        .kept
        .channels
        .values()
        .filter(of_guild)
        .map(|found| channel(state, found))
        .collect();
    let mut fields = guild_properties(guild);
    for (field, value) in [
        ("roles", json!(roles(guild))),
        ("members", json!(members)),
        ("channels", json!(channels)),
        ("member_count", json!(guild.members.len() + 1)),
        ("joined_at", json!(LONG_AGO)),
        ("large", json!(false)),
        ("unavailable", json!(false)),
    ] {
        put(&mut fields, field, value);
    }
    for field in [
        "emojis",
        "features",
        "stickers",
        "voice_states",
        "threads",
        "presences",
        "stage_instances",
        "guild_scheduled_events",
        "soundboard_sounds",
    ] {
        put(&mut fields, field, json!([]));
    }
    fields
}

/// What a guild has whether or not anybody is in it.
fn guild_properties(guild: &Guild) -> Value {
    json!({
        "id": guild.id, "name": guild.name, "icon": null, "splash": null,
        "discovery_splash": null, "owner_id": "1180000000000000009", "afk_channel_id": null,
        "afk_timeout": 300, "verification_level": 1, "default_message_notifications": 0,
        "explicit_content_filter": 0, "mfa_level": 0, "application_id": null,
        "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
        "max_members": 500_000, "vanity_url_code": null, "description": null, "banner": null,
        "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": guild.locale,
        "public_updates_channel_id": null, "nsfw_level": 0, "nsfw": false,
        "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null,
    })
}

/// An interaction as the app receives it, with this data.
pub fn interaction(state: &State, app: &App, of: &Interaction, data: &Value) -> Value {
    let mut fields = Map::new();
    let mut add = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    add("id", json!(of.id));
    add("application_id", json!(app.id));
    add("type", json!(of.kind.number()));
    add("version", json!(1));
    add("token", json!(of.token));
    add("data", data.clone());
    add("entitlements", json!([]));
    add("entitlement_sku_ids", json!([]));
    add("attachment_size_limit", json!(ATTACHMENT_LIMIT));
    add("channel_id", json!(of.channel));
    let place = state.channel(&of.channel);
    add(
        "channel",
        place.map(|found| channel(state, found)).unwrap_or_default(),
    );
    let permissions = place.map_or(0, |found| found.app_permissions);
    add("app_permissions", json!(permissions.to_string()));
    let who = state.user(&of.user);
    add("locale", json!(who.map(|user| &user.locale)));
    let guild = of.guild.as_ref().and_then(|guild| state.guild(guild));
    add("context", json!(context(of.guild.as_ref(), place)));
    add("authorizing_integration_owners", owners(guild, who));
    match (guild, who) {
        (Some(guild), Some(who)) => {
            let known = guild.members.get(&who.id).cloned().unwrap_or_default();
            add("member", member(&known, who));
            add("guild_id", json!(guild.id));
            add("guild_locale", json!(guild.locale));
            add(
                "guild",
                json!({ "id": guild.id, "locale": guild.locale, "features": [] }),
            );
        }
        (_, who) => {
            add("user", who.map(user).unwrap_or_default());
        }
    }
    let acted_on = of.kind.message().and_then(|id| state.message(id));
    if let Some(acted_on) = acted_on.filter(|found| found.flags & LOADING == 0) {
        add("message", message(state, app, acted_on));
    }
    Value::Object(fields)
}

/// Where an interaction came from (discord.com/developers, "Interaction Context Types").
fn context(guild: Option<&GuildId>, place: Option<&Channel>) -> u8 {
    match (guild, place) {
        (Some(_), _) => 0,
        (None, Some(place)) if place.is_direct() => 1,
        (None, _) => 2,
    }
}

/// By whose installation the app is here: `0` for the guild's, `1` for the person's own.
fn owners(guild: Option<&Guild>, who: Option<&User>) -> Value {
    let mut owners = Map::new();
    match guild {
        Some(guild) if guild.has_app => {
            owners.insert("0".to_owned(), json!(guild.id));
        }
        Some(_) => {}
        None => {
            owners.insert("0".to_owned(), json!("0"));
        }
    }
    if let Some(who) = who.filter(|who| who.has_app) {
        owners.insert("1".to_owned(), json!(who.id));
    }
    Value::Object(owners)
}

/// A command as the API shows it.
pub fn command(mut given: Map<String, Value>, id: &str, app: &App) -> Value {
    given.insert("id".to_owned(), json!(id));
    given.insert("application_id".to_owned(), json!(app.id));
    given.insert("version".to_owned(), json!(id));
    for (field, default) in [
        ("type", json!(1)),
        ("default_member_permissions", Value::Null),
        ("nsfw", json!(false)),
        ("dm_permission", json!(true)),
        ("contexts", Value::Null),
        ("integration_types", json!([0])),
        ("description", json!("")),
    ] {
        given.entry(field).or_insert(default);
    }
    Value::Object(given)
}

/// A ping of the endpoint for interactions.
pub fn ping(app: &App, id: &str) -> Value {
    json!({
        "id": id, "application_id": app.id, "type": 1, "version": 1, "token": "ping", "user": null,
        "entitlements": [], "entitlement_sku_ids": [],
    })
}

/// The name of a channel for a person: the app's for their direct conversation.
pub fn channel_name(state: &State, app: &App, id: &ChannelId) -> String {
    match state.channel(id) {
        Some(channel) if channel.is_direct() => app.name.clone(),
        Some(channel) => channel.name.clone(),
        None => id.to_string(),
    }
}
