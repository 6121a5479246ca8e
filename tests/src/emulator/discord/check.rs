//! What Discord refuses, and with which codes and words: messages, components, modals, commands and answers
//! to interactions. Pure.
use serde_json::{Map, Value};

use self::inspection::Inspection;
use super::model::{EPHEMERAL, LOADING};
use super::state::journal::Rule;

pub mod callback;
pub mod commands;
mod components;
mod embeds;
mod inspection;
mod modals;
#[cfg(test)]
mod tests;

/// Characters of a message (discord.com/developers, "Create Message").
const MAX_CONTENT: usize = 2_000;
/// Characters of a nonce ("Create Message").
const MAX_NONCE: usize = 25;
/// The flag that keeps link previews away ("Message Flags").
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// The flag of a message that rings nowhere.
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

/// A refusal in Discord's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The JSON error code; zero where Discord has none.
    pub code: u32,
    /// The words beside it.
    pub message: String,
    /// Which fields are wrong, for 50035.
    pub errors: Option<Value>,
    /// The rule of Discord that the caller broke, if it could have known.
    pub rule: Option<Rule>,
}

impl Refusal {
    /// A refusal that an app may run into without fault.
    pub fn plain(status: u16, code: u32, message: &str) -> Self {
        Self {
            status,
            code,
            message: message.to_owned(),
            errors: None,
            rule: None,
        }
    }

    /// A refusal that an app could have avoided.
    pub fn fault(rule: Rule, status: u16, code: u32, message: &str) -> Self {
        Self {
            rule: Some(rule),
            ..Self::plain(status, code, message)
        }
    }

    /// A body with these faults.
    pub fn invalid_body(errors: Value) -> Self {
        Self {
            errors: Some(errors),
            ..Self::fault(Rule::InvalidBody, 400, 50035, "Invalid Form Body")
        }
    }

    /// The one kind of message that has nothing in it.
    fn empty_message() -> Self {
        Self::fault(
            Rule::InvalidBody,
            400,
            50006,
            "Cannot send an empty message",
        )
    }
}

/// A message to be written, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The text.
    pub content: String,
    /// The embeds.
    pub embeds: Vec<Value>,
    /// The rows of components.
    pub components: Vec<Value>,
    /// Discord's flags.
    pub flags: u64,
    /// What the sender wants to recognise it by.
    pub nonce: Option<Value>,
    /// Whether a second message with this nonce is to be the first one again.
    pub enforces_nonce: bool,
    /// Whom it may notify; `None` lets everything in the text notify.
    pub allowed_mentions: Option<Value>,
}

/// A change of a message, checked; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patch {
    /// The text.
    pub content: Option<String>,
    /// The embeds.
    pub embeds: Option<Vec<Value>>,
    /// The rows of components.
    pub components: Option<Vec<Value>>,
}

/// Where a message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// In a channel, by the bot.
    Channel,
    /// As an answer to an interaction, or after one.
    Answer,
}

/// What every message takes (specs of `MessageCreateRequest` and `IncomingWebhookInteractionRequest`).
const MESSAGE_FIELDS: [&str; 8] = [
    "content",
    "embeds",
    "allowed_mentions",
    "components",
    "attachments",
    "poll",
    "tts",
    "flags",
];
/// What only a message in a channel takes.
const CHANNEL_FIELDS: [&str; 4] = ["nonce", "enforce_nonce", "message_reference", "sticker_ids"];

/// Checks a message.
pub fn message(body: &Value, surface: Surface) -> Result<Draft, Refusal> {
    let mut inspection = Inspection::default();
    let draft = draft(&mut inspection, "", body, surface);
    inspection.verdict()?;
    let draft = draft.unwrap_or_default();
    if is_empty(&draft.content, &draft.embeds, &draft.components) {
        return Err(Refusal::empty_message());
    }
    Ok(draft)
}

fn is_empty(content: &str, embeds: &[Value], components: &[Value]) -> bool {
    content.trim().is_empty() && embeds.is_empty() && components.is_empty()
}

fn draft(inspection: &mut Inspection, at: &str, body: &Value, surface: Surface) -> Option<Draft> {
    let mut optional = MESSAGE_FIELDS.to_vec();
    if surface == Surface::Channel {
        optional.extend(CHANNEL_FIELDS);
    }
    let fields = inspection.object(at, body, &[], &optional)?;
    let words = words(inspection, at, fields);
    inspection.boolean(at, fields, "tts");
    inspection.boolean(at, fields, "enforce_nonce");
    inspection.array(at, fields, "sticker_ids", (0, 0));
    for unused in ["poll", "message_reference"] {
        if fields.get(unused).is_some_and(|value| !value.is_null()) {
            let message = "This emulator does not know this field.";
            inspection.problem(&inspection::below(at, unused), "EMULATOR_UNKNOWN", message);
        }
    }
    let nonce = fields.get("nonce").filter(|nonce| !nonce.is_null());
    if let Some(nonce) = nonce {
        check_nonce(inspection, at, nonce);
    }
    Some(Draft {
        content: words.content.unwrap_or_default(),
        embeds: words.embeds.unwrap_or_default(),
        components: words.components.unwrap_or_default(),
        flags: flags(inspection, at, fields, surface),
        nonce: nonce.cloned(),
        enforces_nonce: fields
            .get("enforce_nonce")
            .and_then(Value::as_bool)
            .unwrap_or_default(),
        allowed_mentions: fields
            .get("allowed_mentions")
            .filter(|allowed| !allowed.is_null())
            .cloned(),
    })
}

fn check_nonce(inspection: &mut Inspection, at: &str, nonce: &Value) {
    let fits = match nonce {
        Value::String(text) => text.chars().count() <= MAX_NONCE,
        Value::Number(number) => number.is_i64(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
    };
    if !fits {
        let message = format!("Must be a number or at most {MAX_NONCE} characters.");
        inspection.problem(
            &inspection::below(at, "nonce"),
            "NONCE_TYPE_INVALID",
            &message,
        );
    }
}

fn flags(
    inspection: &mut Inspection,
    at: &str,
    fields: &Map<String, Value>,
    surface: Surface,
) -> u64 {
    let allowed = match surface {
        Surface::Channel => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS,
        Surface::Answer => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | EPHEMERAL,
    };
    match fields
        .get("flags")
        .filter(|flags| !flags.is_null())
        .map(Value::as_u64)
    {
        None => 0,
        Some(Some(flags)) if flags & !allowed == 0 => flags,
        Some(_) => {
            inspection.problem(
                &inspection::below(at, "flags"),
                "BITFIELD_INVALID",
                "These flags cannot be set here.",
            );
            0
        }
    }
}

/// The fields that messages and changes of messages have in common.
fn words(inspection: &mut Inspection, at: &str, fields: &Map<String, Value>) -> Patch {
    inspection.string(at, fields, "content", MAX_CONTENT);
    inspection.array(at, fields, "attachments", (0, 0));
    if let Some(allowed) = fields
        .get("allowed_mentions")
        .filter(|allowed| !allowed.is_null())
    {
        check_mentions(
            inspection,
            &inspection::below(at, "allowed_mentions"),
            allowed,
        );
    }
    let embeds = inspection
        .array(at, fields, "embeds", (0, embeds::MAX_EMBEDS))
        .to_vec();
    embeds::check(inspection, &inspection::below(at, "embeds"), &embeds);
    let rows = inspection
        .array(at, fields, "components", (0, components::MAX_ROWS))
        .to_vec();
    components::check(inspection, &inspection::below(at, "components"), &rows);
    Patch {
        content: fields
            .get("content")
            .map(|content| content.as_str().unwrap_or_default().trim().to_owned()),
        embeds: fields.contains_key("embeds").then_some(embeds),
        components: fields.contains_key("components").then_some(rows),
    }
}

fn check_mentions(inspection: &mut Inspection, at: &str, allowed: &Value) {
    let Some(fields) = inspection.object(
        at,
        allowed,
        &[],
        &["parse", "users", "roles", "replied_user"],
    ) else {
        return;
    };
    inspection.boolean(at, fields, "replied_user");
    for kind in inspection.array(at, fields, "parse", (0, 3)) {
        if !kind
            .as_str()
            .is_some_and(|kind| matches!(kind, "users" | "roles" | "everyone"))
        {
            inspection.problem(
                &inspection::below(at, "parse"),
                "BASE_TYPE_CHOICES",
                "Value must be one of ('users', 'roles', 'everyone').",
            );
        }
    }
    for field in ["users", "roles"] {
        inspection.array(at, fields, field, (0, 100));
    }
}

/// Checks a change of a message.
pub fn patch(body: &Value) -> Result<Patch, Refusal> {
    let mut inspection = Inspection::default();
    let patch = change(&mut inspection, "", body);
    inspection.verdict()?;
    Ok(patch.unwrap_or_default())
}

fn change(inspection: &mut Inspection, at: &str, body: &Value) -> Option<Patch> {
    let optional = [
        "content",
        "embeds",
        "allowed_mentions",
        "components",
        "attachments",
        "flags",
    ];
    let fields = inspection.object(at, body, &[], &optional)?;
    flags(inspection, at, fields, Surface::Channel);
    Some(words(inspection, at, fields))
}

/// Checks that something is left of a message once it is changed so.
pub fn leaves_something(patch: &Patch, had: &super::model::Message) -> Result<(), Refusal> {
    let content = patch.content.as_deref().unwrap_or(&had.content);
    let embeds = patch.embeds.as_deref().unwrap_or(&had.embeds);
    let components = patch.components.as_deref().unwrap_or(&had.components);
    if is_empty(content, embeds, components) {
        return Err(Refusal::empty_message());
    }
    Ok(())
}

/// The flags that stay with a message that its sender wrote so.
pub const KEPT_FLAGS: u64 = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | EPHEMERAL | LOADING;
