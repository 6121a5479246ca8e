//! The bot scopes that each method needs (docs.slack.dev, page of each method).
use crate::emulator::slack::model::ChannelKind;

/// All bot scopes that a method may need, over every kind of channel; `None` for an unknown method.
/// A manifest must ask for these.
pub fn required_scopes(method: &str) -> Option<&'static [&'static str]> {
    let scopes: &[&str] = match method {
        "auth.test"
        | "auth.revoke"
        | "apps.connections.open"
        | "views.open"
        | "views.update"
        | "views.publish"
        | "chat.getPermalink" => &[],
        "chat.postMessage" | "chat.update" | "chat.delete" | "chat.postEphemeral" => {
            &["chat:write"]
        }
        "conversations.open" => &["im:write"],
        "conversations.history" => &["channels:history", "groups:history", "im:history"],
        "conversations.info" | "conversations.list" | "users.conversations" => {
            &["channels:read", "groups:read", "im:read"]
        }
        "conversations.join" => &["channels:join"],
        "users.info" => &["users:read"],
        "team.info" => &["team:read"],
        "reactions.add" => &["reactions:write"],
        _ => return None,
    };
    Some(scopes)
}

/// The one scope that a method needs for a conversation of this kind, where it depends on the kind.
pub fn scope_for(method: &str, kind: &ChannelKind) -> Option<&'static str> {
    let scopes = match method {
        "conversations.history" => ["channels:history", "groups:history", "im:history"],
        "conversations.info" => ["channels:read", "groups:read", "im:read"],
        _ => return None,
    };
    let [public, private, direct] = scopes;
    Some(match kind {
        ChannelKind::Public => public,
        ChannelKind::Private => private,
        ChannelKind::Direct { .. } => direct,
    })
}
