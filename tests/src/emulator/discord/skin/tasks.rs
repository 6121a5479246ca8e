//! What each route does over the model.
use serde_json::{Value, json};

use super::Skin;
use super::api::Ask;
use super::routes::Task;
use crate::emulator::discord::check::{self, Refusal, Surface};
use crate::emulator::discord::ids::{InteractionId, UserId};
use crate::emulator::discord::model::{Guild, Member};
use crate::emulator::discord::state::{App, State};
use crate::emulator::discord::wire;

mod answers;
mod messages;

/// What a task gives: a JSON body, or nothing.
type Answer = Result<Option<Value>, Refusal>;

/// Does what the route does.
pub(super) fn run(skin: &Skin, ask: &Ask) -> Answer {
    match ask.route.task {
        Task::Gateway => Ok(Some(json!({ "url": gateway_url(skin) }))),
        Task::GatewayBot => Ok(Some(gateway_bot(skin))),
        Task::Me => Ok(skin
            .chat
            .read(|state| state.user(&skin.chat.app().id).map(wire::me))),
        Task::Application => Ok(Some(application(skin.chat.app()))),
        Task::OpenDirect => open_direct(skin, ask),
        Task::ListCommands | Task::PutCommands => commands(skin, ask),
        Task::ShowGuild => show_guild(skin, ask),
        Task::ShowMember => show_member(skin, ask),
        Task::ShowChannel => messages::show_channel(skin, ask),
        Task::PostMessage => messages::post(skin, ask),
        Task::ListMessages => messages::list(skin, ask),
        Task::ShowMessage => messages::show(skin, ask),
        Task::ChangeMessage => messages::change(skin, ask),
        Task::DeleteMessage => messages::delete(skin, ask),
        Task::Callback => answers::callback(skin, ask),
        Task::FollowUp => answers::follow_up(skin, ask),
        Task::ShowOriginal => answers::show(skin, ask),
        Task::ChangeOriginal | Task::ChangeFollowUp => answers::change(skin, ask),
        Task::DeleteOriginal | Task::DeleteFollowUp => answers::delete(skin, ask),
    }
}

fn gateway_url(skin: &Skin) -> String {
    format!("ws://{}/gateway", skin.address)
}

fn gateway_bot(skin: &Skin) -> Value {
    json!({
        "url": gateway_url(skin), "shards": 1,
        "session_start_limit": { "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1 },
    })
}

fn application(app: &App) -> Value {
    json!({
        "id": app.id, "name": app.name, "icon": null, "description": "", "summary": "",
        "bot_public": true, "bot_require_code_grant": false, "verify_key": app.public_key(),
        "flags": 0, "hook": true, "integration_types_config": { "0": {}, "1": {} },
    })
}

/// The guild in the path, if the app is in it.
fn guild<'s>(state: &'s State, ask: &Ask) -> Result<&'s Guild, Refusal> {
    let found = state.guild(&ask.route.given("guild_id").into());
    found
        .filter(|guild| guild.has_app)
        .ok_or_else(|| Refusal::plain(404, 10004, "Unknown Guild"))
}

fn show_guild(skin: &Skin, ask: &Ask) -> Answer {
    skin.chat
        .read(|state| Ok(Some(wire::guild(guild(state, ask)?))))
}

fn show_member(skin: &Skin, ask: &Ask) -> Answer {
    let user = UserId::from(ask.route.given("user_id"));
    skin.chat.read(|state| {
        let guild = guild(state, ask)?;
        let is_app = user == skin.chat.app().id;
        let membership = guild.members.get(&user).cloned();
        let member = membership.or_else(|| is_app.then(Member::default));
        let (Some(member), Some(who)) = (member, state.user(&user)) else {
            return Err(Refusal::plain(404, 10007, "Unknown Member"));
        };
        Ok(Some(wire::member(&member, who)))
    })
}

fn open_direct(skin: &Skin, ask: &Ask) -> Answer {
    let id = ask
        .body
        .get("recipient_id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let is_whole = ask.body.as_object().is_some_and(|fields| fields.len() == 1) && !id.is_empty();
    if !is_whole {
        let problem = json!({ "_errors": [{ "code": "BASE_TYPE_REQUIRED", "message": "This field is required" }] });
        return Err(Refusal::invalid_body(json!({ "recipient_id": problem })));
    }
    let (user, now) = (UserId::from(id), skin.chat.now());
    skin.chat.change(|state| {
        let found = state
            .user(&user)
            .ok_or_else(|| Refusal::plain(400, 10013, "Unknown User"))?;
        if found.is_bot {
            return Err(Refusal::plain(
                400,
                50007,
                "Cannot send messages to this user",
            ));
        }
        let channel = state.open_direct(&user, now);
        Ok(state
            .channel(&channel)
            .map(|channel| wire::channel(state, channel)))
    })
}

fn commands(skin: &Skin, ask: &Ask) -> Answer {
    let app = skin.chat.app();
    if ask.route.given("application_id") != app.id.as_str() {
        return Err(Refusal::plain(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        ));
    }
    if ask.route.task == Task::ListCommands {
        return Ok(Some(skin.chat.read(|state| json!(state.kept.commands))));
    }
    let (given, now) = (check::commands::check(&ask.body)?, skin.chat.now());
    Ok(Some(skin.chat.change(|state| {
        let commands: Vec<Value> = given
            .into_iter()
            .map(|command| {
                let before = same_command(state, command.get("name"), command.get("type"));
                let id = before.unwrap_or_else(|| state.snowflake(now));
                wire::command(command, &id, app)
            })
            .collect();
        state.kept.commands.clone_from(&commands);
        json!(commands)
    })))
}

/// A command that keeps its name keeps its id.
fn same_command(state: &State, name: Option<&Value>, kind: Option<&Value>) -> Option<String> {
    let typed = json!(1);
    let is_it = |command: &&Value| {
        command.get("name") == name && command.get("type") == Some(kind.unwrap_or(&typed))
    };
    let found = state.kept.commands.iter().find(is_it)?;
    Some(found.get("id")?.as_str()?.to_owned())
}

/// The interaction and token in the path of a callback.
fn interaction_of(ask: &Ask) -> (InteractionId, &str) {
    (
        ask.route.given("interaction_id").into(),
        ask.route.given("interaction_token"),
    )
}

/// A message's body, checked.
fn draft(ask: &Ask, surface: Surface) -> Result<check::Draft, Refusal> {
    check::message(&ask.body, surface)
}
