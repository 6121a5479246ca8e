//! Interactions in Discord's shapes, as its gateway and its requests carry them.

use serde_json::{Value, json};

use super::stand_in::{APPLICATION, BOT, GUILD};

/// The channel in which everything happens.
pub(crate) const CHANNEL: &str = "500000000000000001";
/// The person who does it.
pub(crate) const USER: &str = "200000000000000001";

fn user(id: &str, is_bot: bool) -> Value {
    json!({
        "id": id, "username": "ada", "discriminator": "0", "global_name": "Ada Example",
        "avatar": null, "bot": is_bot, "public_flags": 0,
    })
}

fn basis(id: &str, kind: u8, data: &Value) -> Value {
    json!({
        "id": id, "application_id": APPLICATION, "type": kind, "data": data,
        "guild_id": GUILD,
        "guild": { "id": GUILD, "locale": "de", "features": [] },
        "channel": { "id": CHANNEL, "type": 0, "name": "news", "permissions": "2048" },
        "channel_id": CHANNEL,
        "member": {
            "user": user(USER, false), "nick": "Ada", "avatar": null,
            "roles": ["800000000000000001"], "joined_at": "2026-01-01T00:00:00.000000+00:00",
            "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
            "permissions": "2048", "communication_disabled_until": null,
        },
        "token": format!("token-{id}"), "version": 1, "app_permissions": "2048",
        "locale": "en-GB", "guild_locale": "de", "entitlements": [],
        "authorizing_integration_owners": { "0": GUILD }, "context": 0,
        "attachment_size_limit": 10_485_760,
    })
}

fn message(flags: u64) -> Value {
    json!({
        "id": "900000000000000001", "type": 0, "channel_id": CHANNEL,
        "author": user(BOT, true), "content": "", "embeds": [], "attachments": [],
        "mentions": [], "mention_roles": [], "pinned": false, "mention_everyone": false,
        "tts": false, "timestamp": "2026-11-22T12:00:00.000000+00:00", "edited_timestamp": null,
        "flags": flags,
        "components": [{ "type": 1, "components": [
            { "type": 2, "style": 1, "label": "Help", "custom_id": "1.h" },
        ] }],
    })
}

/// A command with words after its name.
pub(crate) fn command(id: &str, subcommand: &str) -> Value {
    let data = json!({
        "id": "600000000000000001", "name": "chorus", "type": 1,
        "options": [{ "type": 1, "name": subcommand, "options": [] }],
    });
    basis(id, 2, &data)
}

/// An option that is being typed.
pub(crate) fn typing(id: &str) -> Value {
    let data = json!({
        "id": "600000000000000001", "name": "chorus", "type": 1,
        "options": [{ "type": 1, "name": "leaderboard", "options": [
            { "type": 3, "name": "period", "value": "mo", "focused": true },
        ] }],
    });
    basis(id, 4, &data)
}

/// A button under a message: one's own where its flags say so.
pub(crate) fn pressed(id: &str, custom_id: &str, is_own: bool) -> Value {
    let data = json!({ "custom_id": custom_id, "component_type": 2 });
    let mut payload = basis(id, 3, &data);
    payload["message"] = message(if is_own { 64 } else { 0 });
    payload
}

/// Options chosen under a message of one's own.
pub(crate) fn chosen(id: &str, custom_id: &str, values: &[&str]) -> Value {
    let data = json!({ "custom_id": custom_id, "component_type": 3, "values": values });
    let mut payload = basis(id, 3, &data);
    payload["message"] = message(64);
    payload
}

/// A modal with what was typed.
pub(crate) fn sent(id: &str, custom_id: &str, field: &str, typed: &str) -> Value {
    let data = json!({
        "custom_id": custom_id,
        "components": [{ "type": 1, "components": [
            { "type": 4, "custom_id": field, "value": typed },
        ] }],
    });
    let mut payload = basis(id, 5, &data);
    payload["message"] = message(64);
    payload
}
