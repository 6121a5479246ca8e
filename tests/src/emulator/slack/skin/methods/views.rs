//! `views.*`: modals open by trigger and change by id; App Home is published to a person.
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::{Answer, Ask};
use crate::emulator::slack::check::{self, Refusal};
use crate::emulator::slack::ids::{UserId, ViewId};
use crate::emulator::slack::model::User;
use crate::emulator::slack::state::journal::Rule;
use crate::emulator::slack::state::views::View;

fn content(ask: &Ask<'_>, kind: &str) -> Result<Map<String, Value>, Refusal> {
    let view = ask.arguments.get("view").unwrap_or(&Value::Null);
    let mut problems = check::views::problems(view);
    if view.get("type").and_then(Value::as_str) != Some(kind) {
        problems.push(format!("[ERROR] must be {kind} [json-pointer:/view/type]"));
    }
    match view.as_object() {
        Some(fields) if problems.is_empty() => Ok(fields.clone()),
        _ => Err(Refusal::fault(
            "invalid_arguments",
            Rule::OverLimit,
            problems,
        )),
    }
}

fn shown(ask: &Ask<'_>, view: &View) -> Value {
    json!({ "view": view.payload(&ask.chat.app().id, ask.app.bot_id.as_str()) })
}

pub(super) fn open(ask: &Ask<'_>) -> Answer {
    let content = content(ask, "modal")?;
    ask.chat.change(|state| {
        let trigger =
            state
                .keys
                .use_trigger(ask.text("trigger_id"), &ask.workspace.id, Instant::now());
        let trigger = trigger.map_err(Refusal::plain)?;
        let view = state.open_view(trigger.team, trigger.user, content);
        Ok(shown(ask, &view))
    })
}

pub(super) fn update(ask: &Ask<'_>) -> Answer {
    let content = content(ask, "modal")?;
    let id = ViewId::from(ask.text("view_id"));
    ask.chat.change(|state| {
        let view = state
            .views
            .get(&id)
            .filter(|view| view.team == ask.workspace.id);
        let view = view.ok_or_else(|| Refusal::plain("not_found"))?;
        let hash = ask.text("hash");
        if !hash.is_empty() && hash != view.hash {
            return Err(Refusal::plain("hash_conflict"));
        }
        let view = state.replace_view(&id, content);
        let view = view.ok_or_else(|| Refusal::plain("not_found"))?;
        Ok(shown(ask, &view))
    })
}

pub(super) fn publish(ask: &Ask<'_>) -> Answer {
    let content = content(ask, "home")?;
    if !ask.chat.app().has_home {
        let why = vec!["the Home tab is not enabled".to_owned()];
        return Err(Refusal::fault("not_enabled", Rule::WrongArgument, why));
    }
    let (team, user) = (&ask.workspace.id, UserId::from(ask.text("user_id")));
    ask.chat.change(|state| {
        if state.user(team, &user).is_none_or(User::is_bot) {
            let why = vec!["invalid `user_id`".to_owned()];
            return Err(Refusal::fault(
                "invalid_arguments",
                Rule::WrongArgument,
                why,
            ));
        }
        let (hash, known) = (ask.text("hash"), state.homes.get(&user));
        if !hash.is_empty() && known.is_some_and(|view| view.hash != hash) {
            return Err(Refusal::plain("hash_conflict"));
        }
        let view = state.publish_home(team.clone(), user, content);
        Ok(shown(ask, &view))
    })
}
