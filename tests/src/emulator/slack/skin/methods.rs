//! The methods of the Web API over the model. One entry here for each method that the emulator knows.
use serde_json::{Map, Value, json};

use super::Skin;
use super::api::Caller;
use crate::emulator::slack::check::Refusal;
use crate::emulator::slack::model::{Installation, Workspace};
use crate::emulator::slack::state::{Chat, State};

mod chat;
mod conversations;
mod people;
mod views;

/// A call by the installed app, decoded and admitted.
pub(super) struct Ask<'a> {
    chat: &'a Chat,
    workspace: &'a Workspace,
    app: &'a Installation,
    arguments: &'a Map<String, Value>,
}

impl Ask<'_> {
    fn text(&self, name: &str) -> &str {
        self.arguments
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    fn flag(&self, name: &str) -> bool {
        self.arguments
            .get(name)
            .and_then(Value::as_bool)
            .unwrap_or_default()
    }

    fn has_scope(&self, scope: &str) -> bool {
        self.app.scopes.contains(scope)
    }

    /// Cuts one page out of all results and adds the cursor to the next.
    fn page(&self, field: &str, all: &[Value]) -> Value {
        let start: usize = self
            .text("cursor")
            .strip_prefix("at:")
            .unwrap_or("0")
            .parse()
            .unwrap_or(0);
        let limit = self
            .arguments
            .get("limit")
            .and_then(Value::as_u64)
            .unwrap_or(100);
        let limit = usize::try_from(limit).unwrap_or(100).clamp(1, 1_000);
        let page: Vec<&Value> = all.iter().skip(start).take(limit).collect();
        let end = start + page.len();
        let next = if end < all.len() {
            format!("at:{end}")
        } else {
            String::new()
        };
        json!({
            field: page, "has_more": !next.is_empty(),
            "response_metadata": { "next_cursor": next },
        })
    }
}

type Answer = Result<Value, Refusal>;

/// Does what the method does.
pub(super) fn run(
    skin: &Skin,
    caller: &Caller,
    method: &str,
    arguments: &Map<String, Value>,
) -> Answer {
    let chat = &skin.chat;
    let Caller::Bot(bot) = caller else {
        return Ok(open_connection(skin));
    };
    let ask = Ask {
        chat,
        workspace: &bot.0,
        app: &bot.1,
        arguments,
    };
    match method {
        "auth.test" => Ok(auth_test(&ask)),
        "auth.revoke" => Ok(auth_revoke(&ask)),
        "chat.postMessage" => chat::post_message(&ask),
        "chat.postEphemeral" => chat::post_ephemeral(&ask),
        "chat.update" => chat::update(&ask),
        "chat.delete" => chat::delete(&ask),
        "chat.getPermalink" => chat::permalink(&ask),
        "reactions.add" => chat::react(&ask),
        "conversations.open" => conversations::open(&ask),
        "conversations.history" => conversations::history(&ask),
        "conversations.info" => conversations::info(&ask),
        "conversations.list" => Ok(conversations::list(&ask)),
        "conversations.join" => conversations::join(&ask),
        "users.conversations" => conversations::of_user(&ask),
        "users.info" => people::info(&ask),
        "team.info" => Ok(people::team(&ask)),
        "views.open" => views::open(&ask),
        "views.update" => views::update(&ask),
        "views.publish" => views::publish(&ask),
        _ => Err(Refusal::plain("unknown_method")),
    }
}

fn open_connection(skin: &Skin) -> Value {
    let ticket = skin.chat.change(|state: &mut State| {
        let ticket = format!("ticket-{}", state.number());
        state.tickets.insert(ticket.clone());
        ticket
    });
    let url = format!(
        "ws://{}/link?ticket={ticket}&app_id={}",
        skin.address,
        skin.chat.app().id
    );
    json!({ "url": url })
}

fn auth_test(ask: &Ask<'_>) -> Value {
    let workspace = ask.workspace;
    json!({
        "url": format!("https://{}.slack.com/", workspace.domain), "team": workspace.name,
        "user": ask.chat.app().name.to_lowercase(), "team_id": workspace.id,
        "user_id": ask.app.bot_user, "bot_id": ask.app.bot_id, "is_enterprise_install": false,
    })
}

fn auth_revoke(ask: &Ask<'_>) -> Value {
    let revoked = !ask.flag("test");
    if revoked {
        ask.chat.change(|state| state.revoke(&ask.workspace.id));
    }
    json!({ "revoked": revoked })
}
