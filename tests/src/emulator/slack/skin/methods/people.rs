//! `users.info` and `team.info`.
use serde_json::{Value, json};

use super::{Answer, Ask};
use crate::emulator::slack::check::Refusal;
use crate::emulator::slack::ids::UserId;
use crate::emulator::slack::wire;

pub(super) fn info(ask: &Ask<'_>) -> Answer {
    ask.chat.read(|state| {
        let user = state.user(&ask.workspace.id, &UserId::from(ask.text("user")));
        let user = user.ok_or_else(|| Refusal::plain("user_not_found"))?;
        let with_email = ask.has_scope("users:read.email");
        Ok(json!({ "user": wire::user(user, with_email, ask.flag("include_locale")) }))
    })
}

pub(super) fn team(ask: &Ask<'_>) -> Value {
    let workspace = ask.workspace;
    json!({ "team": {
        "id": workspace.id, "name": workspace.name, "domain": workspace.domain,
        "email_domain": "", "icon": { "image_default": true },
    } })
}
