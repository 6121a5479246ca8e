//! Discord's interactions, decoded: whatever comes, it becomes something that can be
//! answered or is known to mean nothing. The same for the gateway and for HTTP.

mod command;
mod component;
mod markdown;
mod modal;

use conversation::dialog::Field;
use conversation::{Intent, Person, Place};
use serde_json::Value;
use server_api::enums::{Language, Platform};

/// Stands for the guild where there is none that installed us: accounts are global.
const NO_GUILD: &str = "-";
/// The key of the guild among the owners of an installation. "Application Integration
/// Types": `GUILD_INSTALL`.
const GUILD_INSTALL: &str = "0";

/// What a payload means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inbound {
    /// Discord asks whether we are there.
    Ping,
    /// Somebody wants something.
    Turn(Box<Turn>),
    /// Somebody types an option of a command: the choices to offer.
    Typing(Vec<Value>),
    /// Nothing that could be answered.
    Nothing,
}

/// Somebody wants something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub person: Person,
    /// On what.
    pub place: Place,
    /// Discord's id of what they did.
    pub interaction: String,
    /// What they want.
    pub intent: Intent,
    /// The fields of a dialog that they want to see; all of them where it is empty.
    pub fields: Vec<Field>,
    /// The language that their Discord speaks, if we speak it too.
    pub language: Option<Language>,
    /// How to answer them.
    pub origin: Origin,
}

/// How to answer: where the person acted.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    /// Allows to answer for 15 minutes. A secret while it does.
    pub token: String,
    /// Whether they acted on a message that is theirs alone, also by a modal that it
    /// opened: it may change.
    pub is_own: bool,
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Origin")
            .field("is_own", &self.is_own)
            .finish_non_exhaustive()
    }
}

/// Decodes an interaction as Discord writes it.
pub fn interaction(payload: &Value) -> Inbound {
    // "Interaction Type": what is asked, and by which of Discord's things.
    let kind = payload.get("type").and_then(Value::as_u64);
    if kind == Some(1) {
        return Inbound::Ping;
    }
    let Some(asked) = Asked::read(payload) else {
        return Inbound::Nothing;
    };
    match kind {
        Some(2) => asked.turn(Place::Command, command::intent(payload)),
        Some(3) => {
            let (intent, fields) = component::meaning(payload);
            let place = if asked.origin.is_own {
                Place::Own
            } else {
                Place::Shared
            };
            asked.turn_about(place, intent, fields)
        }
        Some(4) => Inbound::Typing(command::choices(payload, asked.language)),
        Some(5) => asked.turn(Place::Dialog, modal::intent(payload)),
        // Of a kind that Discord had not when this was written.
        Some(_) | None => asked.turn(Place::Command, Intent::Outdated),
    }
}

/// What every interaction says, whatever it is about.
struct Asked {
    person: Person,
    interaction: String,
    language: Option<Language>,
    origin: Origin,
}

impl Asked {
    fn read(payload: &Value) -> Option<Self> {
        Some(Self {
            person: person(payload)?,
            interaction: id(payload, "/id")?.to_owned(),
            language: text(payload, "/locale").and_then(language),
            origin: Origin {
                token: text(payload, "/token")
                    .filter(|token| is_token(token))?
                    .to_owned(),
                is_own: component::is_on_own(payload),
            },
        })
    }

    fn turn(self, place: Place, intent: Intent) -> Inbound {
        self.turn_about(place, intent, Vec::new())
    }

    fn turn_about(self, place: Place, intent: Intent, fields: Vec<Field>) -> Inbound {
        Inbound::Turn(Box::new(Turn {
            person: self.person,
            place,
            interaction: self.interaction,
            intent,
            fields,
            language: self.language,
            origin: self.origin,
        }))
    }
}

fn person(payload: &Value) -> Option<Person> {
    let user = id(payload, "/member/user/id").or_else(|| id(payload, "/user/id"))?;
    Some(Person {
        platform: Platform::Discord,
        workspace: guild(payload).unwrap_or(NO_GUILD).to_owned(),
        user: user.to_owned(),
    })
}

/// The guild, if it is one that installed us: people bring what they installed for
/// themselves into any other.
fn guild(payload: &Value) -> Option<&str> {
    let guild = id(payload, "/guild_id")?;
    match payload.get("authorizing_integration_owners") {
        Some(Value::Object(owners)) if !owners.is_empty() => {
            (owners.get(GUILD_INSTALL)?.as_str() == Some(guild)).then_some(guild)
        }
        Some(_) | None => Some(guild),
    }
}

/// The language of one of Discord's locales, such as `de` and `en-GB`, if we speak it.
/// Reference "Locales".
pub fn language(locale: &str) -> Option<Language> {
    match locale.split('-').next()? {
        "de" => Some(Language::De),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// Discord's ids are numbers of 64 bits; anything else does not travel on, least of all
/// into a path or a header.
fn id<'a>(payload: &'a Value, path: &str) -> Option<&'a str> {
    text(payload, path).filter(|id| {
        id.bytes().all(|byte| byte.is_ascii_digit())
            && id.parse::<u64>().is_ok_and(|number| number > 0)
    })
}

/// Whether it is what Discord's tokens look like: it stands in paths.
pub fn is_token(text: &str) -> bool {
    (1..=1_000).contains(&text.len())
        && text.bytes().any(|byte| byte != b'.')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'='))
}

fn text<'a>(payload: &'a Value, path: &str) -> Option<&'a str> {
    payload.pointer(path).and_then(Value::as_str)
}

#[cfg(test)]
mod tests;
