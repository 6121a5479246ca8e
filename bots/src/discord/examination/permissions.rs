//! What a member may do in a channel, from the guild's roles and the channel's exceptions.
//! Reference "Permissions", "Permission Overwrites".

use std::collections::BTreeSet;

use serde_json::Value;
use serenity::model::permissions::Permissions;

/// What `member` of `guild` may do in `channel`, as Discord's API shows the three.
pub(super) fn in_channel(guild: &Value, member: &Value, channel: &Value) -> Permissions {
    let everyone = text(guild, "id");
    let roles: BTreeSet<&str> = list(member, "roles").filter_map(Value::as_str).collect();
    let base = list(guild, "roles")
        .filter(|role| text(role, "id") == everyone || roles.contains(text(role, "id")))
        .fold(Permissions::empty(), |all, role| {
            all | bits(role, "permissions")
        });
    if base.contains(Permissions::ADMINISTRATOR) {
        return Permissions::all();
    }
    let user = member.get("user").map_or("", |user| text(user, "id"));
    // The exceptions for everyone come first, then those of all roles at once, then the own ones.
    let steps: [&dyn Fn(&str) -> bool; 3] = [
        &|id| id == everyone,
        &|id| id != everyone && roles.contains(id),
        &|id| id == user,
    ];
    steps.iter().fold(base, |may, is_meant| {
        let meant =
            || list(channel, "permission_overwrites").filter(|one| is_meant(text(one, "id")));
        let denied = meant().fold(Permissions::empty(), |all, one| all | bits(one, "deny"));
        let allowed = meant().fold(Permissions::empty(), |all, one| all | bits(one, "allow"));
        (may - denied) | allowed
    })
}

fn bits(value: &Value, field: &str) -> Permissions {
    Permissions::from_bits_truncate(text(value, field).parse().unwrap_or_default())
}

fn list<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const VIEW: Permissions = Permissions::VIEW_CHANNEL;
    const SEND: Permissions = Permissions::SEND_MESSAGES;

    fn may(roles: &Value, overwrites: &Value) -> Permissions {
        let guild = json!({ "id": "1", "roles": roles });
        let member = json!({ "user": { "id": "9" }, "roles": ["2", "3"] });
        let channel = json!({ "permission_overwrites": overwrites });
        in_channel(&guild, &member, &channel)
    }

    fn role(id: &str, permissions: Permissions) -> Value {
        json!({ "id": id, "permissions": permissions.bits().to_string() })
    }

    fn exception(id: &str, deny: Permissions, allow: Permissions) -> Value {
        json!({ "id": id, "deny": deny.bits().to_string(), "allow": allow.bits().to_string() })
    }

    #[test]
    fn own_roles_add_up_and_others_do_not_count() {
        let roles = json!([
            role("1", VIEW),
            role("2", SEND),
            role("4", Permissions::EMBED_LINKS)
        ]);
        assert_eq!(may(&roles, &json!([])), VIEW | SEND);
    }

    #[test]
    fn exceptions_count_from_everyone_to_the_member() {
        let none = Permissions::empty();
        let roles = json!([role("1", VIEW | SEND)]);
        let closed = exception("1", VIEW | SEND, none);
        assert_eq!(may(&roles, &json!([closed])), none);
        // Of two roles, one that allows beats one that denies.
        let for_roles = [exception("2", VIEW, none), exception("3", none, VIEW)];
        let open = json!([closed, for_roles[0], for_roles[1]]);
        assert_eq!(may(&roles, &open), VIEW);
        let own = json!([
            closed,
            for_roles[0],
            for_roles[1],
            exception("9", VIEW, SEND)
        ]);
        assert_eq!(may(&roles, &own), SEND);
        assert_eq!(
            may(&roles, &json!([exception("4", VIEW, none)])),
            VIEW | SEND
        );
    }

    #[test]
    fn an_administrator_may_do_everything() {
        let roles = json!([role("2", Permissions::ADMINISTRATOR)]);
        let closed = json!([exception("9", VIEW, Permissions::empty())]);
        assert!(may(&roles, &closed).contains(VIEW | SEND));
    }
}
