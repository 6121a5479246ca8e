//! Slack's payloads, decoded: whatever comes, it becomes something that can be answered
//! or is known to mean nothing. The same for every transport.

mod markup;

use conversation::command::LONGEST_PROPOSAL;
use conversation::intent::ProposalForm;
use conversation::{Intent, Person, Place};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use server_api::enums::Platform;

use super::render::ELEMENT;

/// Ids of our shortcuts: of the one that is found everywhere, and of the one of messages.
pub(super) const SHORTCUT: &str = "propose";
pub(super) const MESSAGE_SHORTCUT: &str = "propose_message";

/// What a payload means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inbound {
    /// Somebody wants something.
    Turn(Box<Turn>),
    /// The app was taken away from a workspace.
    Uninstalled {
        /// The workspace.
        team: String,
    },
    /// Somebody's account was removed from a workspace, as far as this says.
    Removed {
        /// The workspace.
        team: String,
        /// Who.
        user: String,
    },
    /// Nothing to do.
    Nothing,
}

/// Somebody wants something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub person: Person,
    /// On what.
    pub place: Place,
    /// Slack's id of what they did.
    pub interaction: String,
    /// What they want.
    pub intent: Intent,
    /// How to answer them.
    pub origin: Origin,
    /// Allows to open a modal, for three seconds.
    pub trigger: Option<String>,
}

/// How to answer: where the person acted. A modal remembers it, so that what it brings
/// finds its way back.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// Slack's address for answers. A secret for half an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_url: Option<String>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The message that was pressed, where it is a lasting one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whether it was on the Home tab, which has neither of these.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub home: bool,
    /// The modal that was sent.
    #[serde(skip)]
    pub view: Option<String>,
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Origin")
            .field("channel", &self.channel)
            .field("message", &self.message)
            .field("home", &self.home)
            .finish_non_exhaustive()
    }
}

/// Decodes the payload of a slash command.
pub fn command(payload: &Value) -> Inbound {
    let home = home(payload, text(payload, "/team_id"), "/enterprise_id");
    let Some(person) = person(home, text(payload, "/user_id")) else {
        return Inbound::Nothing;
    };
    let words: String = text(payload, "/text")
        .unwrap_or_default()
        .chars()
        .take(LONGEST_PROPOSAL)
        .collect();
    let trigger = text(payload, "/trigger_id").map(str::to_owned);
    Inbound::Turn(Box::new(Turn {
        interaction: trigger.clone().unwrap_or_default(),
        person,
        place: Place::Command,
        intent: Intent::from_command(&words),
        origin: Origin {
            response_url: text(payload, "/response_url").map(str::to_owned),
            channel: text(payload, "/channel_id").map(str::to_owned),
            ..Origin::default()
        },
        trigger,
    }))
}

/// Decodes the payload of an interaction.
pub fn interaction(payload: &Value) -> Inbound {
    let team = text(payload, "/team/id").or_else(|| text(payload, "/user/team_id"));
    let home = home(payload, team, "/enterprise/id");
    let Some(person) = person(home, text(payload, "/user/id")) else {
        return Inbound::Nothing;
    };
    match text(payload, "/type") {
        Some("block_actions") => pressed(payload, person),
        Some("view_submission") => submitted(payload, person),
        Some("shortcut" | "message_action") => shortcut(payload, person),
        // Closing a modal, and kinds of interaction that we do not offer.
        Some(_) | None => Inbound::Nothing,
    }
}

/// Decodes the payload of an event.
pub fn event(payload: &Value) -> Inbound {
    let whole = payload.pointer("/authorizations/0").unwrap_or(payload);
    let team = home(whole, text(payload, "/team_id"), "/enterprise_id");
    let Some(team) = team.filter(|team| is_id(team)) else {
        return Inbound::Nothing;
    };
    let uninstalled = match text(payload, "/event/type") {
        Some("app_home_opened") => return opened(payload, team),
        Some("user_change") => return changed(payload, team),
        Some("app_uninstalled") => true,
        // Also comes when a single person takes back their own token.
        Some("tokens_revoked") => payload
            .pointer("/event/tokens/bot")
            .and_then(Value::as_array)
            .is_some_and(|bots| !bots.is_empty()),
        Some(_) | None => false,
    };
    if uninstalled {
        Inbound::Uninstalled {
            team: team.to_owned(),
        }
    } else {
        Inbound::Nothing
    }
}

/// Somebody is another than before: it counts when their account is there no more.
fn changed(payload: &Value, team: &str) -> Inbound {
    let user = text(payload, "/event/user/id").filter(|id| is_id(id));
    let is_deleted = payload.pointer("/event/user/deleted") == Some(&Value::Bool(true));
    match user.filter(|_| is_deleted) {
        Some(user) => Inbound::Removed {
            team: team.to_owned(),
            user: user.to_owned(),
        },
        None => Inbound::Nothing,
    }
}

/// Somebody looks at App Home: on the Home tab they see their own page.
fn opened(payload: &Value, team: &str) -> Inbound {
    let person = person(Some(team), text(payload, "/event/user"));
    let Some(person) = person.filter(|_| text(payload, "/event/tab") == Some("home")) else {
        return Inbound::Nothing;
    };
    Inbound::Turn(Box::new(Turn {
        person,
        place: Place::Home,
        interaction: text(payload, "/event_id").unwrap_or_default().to_owned(),
        intent: Intent::ShowMe,
        origin: Origin {
            home: true,
            ..Origin::default()
        },
        trigger: None,
    }))
}

/// Somebody chose one of our shortcuts; at a message, that is what they propose.
fn shortcut(payload: &Value, person: Person) -> Inbound {
    let form = match text(payload, "/callback_id") {
        Some(SHORTCUT) => ProposalForm::default(),
        Some(MESSAGE_SHORTCUT) => {
            let said = text(payload, "/message/text").unwrap_or_default();
            markup::proposal(&said.chars().take(LONGEST_PROPOSAL).collect::<String>())
        }
        Some(_) | None => return Inbound::Nothing,
    };
    let trigger = text(payload, "/trigger_id").map(str::to_owned);
    Inbound::Turn(Box::new(Turn {
        person,
        place: Place::Command,
        interaction: trigger
            .clone()
            .or_else(|| text(payload, "/action_ts").map(str::to_owned))
            .unwrap_or_default(),
        intent: Intent::Propose(form),
        origin: Origin {
            response_url: text(payload, "/response_url").map(str::to_owned),
            channel: text(payload, "/channel/id").map(str::to_owned),
            ..Origin::default()
        },
        trigger,
    }))
}

fn pressed(payload: &Value, person: Person) -> Inbound {
    let Some(action) = payload.pointer("/actions/0") else {
        return Inbound::Nothing;
    };
    let carried = text(action, "/selected_option/value").or_else(|| text(action, "/value"));
    let Some(carried) = carried.filter(|_| text(action, "/url").is_none()) else {
        // A link: Slack opens it and tells us, which means nothing.
        return Inbound::Nothing;
    };
    let ephemeral = payload.pointer("/container/is_ephemeral") == Some(&Value::Bool(true));
    let channel = text(payload, "/container/channel_id").or_else(|| text(payload, "/channel/id"));
    // Ids of direct messages begin with a D.
    let own = ephemeral || channel.is_some_and(|channel| channel.starts_with('D'));
    let home = text(payload, "/view/type") == Some("home");
    let message = text(payload, "/container/message_ts").filter(|_| !ephemeral);
    let trigger = text(payload, "/trigger_id");
    Inbound::Turn(Box::new(Turn {
        person,
        place: match (home, own) {
            (true, _) => Place::Home,
            (false, true) => Place::Own,
            (false, false) => Place::Shared,
        },
        interaction: trigger
            .or_else(|| text(action, "/action_ts"))
            .unwrap_or_default()
            .to_owned(),
        intent: Intent::from_control(carried),
        origin: Origin {
            response_url: text(payload, "/response_url").map(str::to_owned),
            channel: channel.map(str::to_owned),
            message: message.map(str::to_owned),
            home,
            view: None,
        },
        trigger: trigger.map(str::to_owned),
    }))
}

fn submitted(payload: &Value, person: Person) -> Inbound {
    let view = text(payload, "/view/id").unwrap_or_default();
    let remembered: Origin = text(payload, "/view/private_metadata")
        .and_then(|memory| serde_json::from_str(memory).ok())
        .unwrap_or_default();
    let trigger = text(payload, "/trigger_id");
    Inbound::Turn(Box::new(Turn {
        person,
        place: Place::Dialog,
        // A view has a new hash whenever it changes.
        interaction: trigger.map_or_else(
            || format!("{view}.{}", text(payload, "/view/hash").unwrap_or_default()),
            str::to_owned,
        ),
        intent: Intent::from_dialog(
            text(payload, "/view/callback_id").unwrap_or_default(),
            &typed(payload),
        ),
        origin: Origin {
            view: Some(view.to_owned()),
            ..remembered
        },
        trigger: trigger.map(str::to_owned),
    }))
}

/// What stands in each input, by the name of its block.
fn typed(payload: &Value) -> Vec<(String, String)> {
    let Some(blocks) = payload
        .pointer("/view/state/values")
        .and_then(Value::as_object)
    else {
        return Vec::new();
    };
    blocks
        .iter()
        .map(|(name, elements)| {
            let words = elements
                .get(ELEMENT)
                .and_then(|element| element.get("value"))
                .and_then(Value::as_str)
                .unwrap_or_default();
            (name.clone(), words.to_owned())
        })
        .collect()
}

/// Where the app is installed whose payload this is: in the workspace, or, where it is installed
/// for all of them by one token, in their enterprise.
fn home<'a>(payload: &'a Value, team: Option<&'a str>, enterprise: &str) -> Option<&'a str> {
    let is_whole = match payload.get("is_enterprise_install") {
        Some(Value::Bool(is_whole)) => *is_whole,
        Some(Value::String(word)) => word == "true",
        Some(_) | None => false,
    };
    text(payload, enterprise).filter(|_| is_whole).or(team)
}

fn person(team: Option<&str>, user: Option<&str>) -> Option<Person> {
    Some(Person {
        platform: Platform::Slack,
        workspace: team.filter(|id| is_id(id))?.to_owned(),
        user: user.filter(|id| is_id(id))?.to_owned(),
    })
}

/// Slack's ids are short and made of capital letters and digits; anything else does not
/// travel on, least of all into a header.
fn is_id(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn text<'a>(payload: &'a Value, path: &str) -> Option<&'a str> {
    payload.pointer(path).and_then(Value::as_str)
}

#[cfg(test)]
mod tests;
