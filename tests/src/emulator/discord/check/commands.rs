//! Commands as they are registered, and suggestions for their options.
use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Refusal;
use super::inspection::{Inspection, below};

/// Commands that are typed, of one app (discord.com/developers, "Registering a Command").
const MAX_COMMANDS: usize = 100;
/// Characters of names and descriptions ("Application Command Naming", "Application Command Structure").
const MAX_NAME: usize = 32;
const MAX_DESCRIPTION: usize = 100;
/// Options of a command and choices of an option ("Application Command Option Structure").
const MAX_OPTIONS: usize = 25;
const MAX_CHOICES: usize = 25;
const MAX_CHOICE: usize = 100;
const MAX_CHOICE_VALUE: usize = 6_000;
/// Characters of all names, descriptions and values of one command together.
const MAX_TOTAL: usize = 8_000;

/// The types of options: those that hold others, and those that are typed and may suggest.
const SUBCOMMAND: u64 = 1;
const SUBCOMMAND_GROUP: u64 = 2;
const SUGGESTING: [u64; 3] = [3, 4, 10];

/// Checks the whole list of commands, and gives it.
pub fn check(body: &Value) -> Result<Vec<Map<String, Value>>, Refusal> {
    let mut inspection = Inspection::default();
    let list = body.as_array().map(Vec::as_slice).unwrap_or_default();
    if !body.is_array() || list.len() > MAX_COMMANDS {
        inspection.problem(
            "",
            "BASE_TYPE_BAD_LENGTH",
            "Must be a list of at most 100 commands.",
        );
    }
    let mut names = HashSet::new();
    for (number, command) in list.iter().enumerate() {
        let at = number.to_string();
        check_command(&mut inspection, &at, command);
        let name = (
            command.get("name").cloned(),
            command.get("type").and_then(Value::as_u64).unwrap_or(1),
        );
        if !names.insert((name.0.unwrap_or_default().to_string(), name.1)) {
            inspection.problem(
                &below(&at, "name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    inspection.verdict()?;
    Ok(list.iter().filter_map(Value::as_object).cloned().collect())
}

fn check_command(inspection: &mut Inspection, at: &str, command: &Value) {
    let optional = [
        "id",
        "type",
        "name_localizations",
        "description",
        "description_localizations",
        "options",
        "default_member_permissions",
        "dm_permission",
        "contexts",
        "integration_types",
        "nsfw",
    ];
    let Some(fields) = inspection.object(at, command, &["name"], &optional) else {
        return;
    };
    let is_typed = fields.get("type").and_then(Value::as_u64).unwrap_or(1) == 1;
    check_name(inspection, at, fields, is_typed);
    if is_typed
        && fields
            .get("description")
            .and_then(Value::as_str)
            .is_none_or(str::is_empty)
    {
        inspection.required(&below(at, "description"));
    }
    check_words(inspection, at, fields);
    for field in ["contexts", "integration_types"] {
        let numbers = inspection.array(at, fields, field, (1, 3));
        if numbers
            .iter()
            .any(|number| number.as_u64().is_none_or(|number| number > 2))
        {
            inspection.problem(&below(at, field), "BASE_TYPE_CHOICES", "Not a context.");
        }
    }
    check_options(inspection, at, fields);
    if size(command) > MAX_TOTAL {
        inspection.problem(
            at,
            "APPLICATION_COMMAND_TOO_LARGE",
            "Command exceeds maximum size of 8000",
        );
    }
}

fn check_name(inspection: &mut Inspection, at: &str, fields: &Map<String, Value>, is_typed: bool) {
    inspection.words(at, fields, "name", MAX_NAME);
    let name = fields
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    let is_lower = name == name.to_lowercase();
    if is_typed && !(is_lower && name.chars().all(fits)) {
        inspection.problem(
            &below(at, "name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        );
    }
}

fn check_words(inspection: &mut Inspection, at: &str, fields: &Map<String, Value>) {
    inspection.string(at, fields, "description", MAX_DESCRIPTION);
    for (name, max) in [
        ("name_localizations", MAX_NAME),
        ("description_localizations", MAX_DESCRIPTION),
    ] {
        let Some(Value::Object(words)) = fields.get(name) else {
            continue;
        };
        let at = below(at, name);
        for language in words.keys() {
            inspection.words(&at, words, language, max);
        }
    }
}

fn check_options(inspection: &mut Inspection, at: &str, of: &Map<String, Value>) {
    let options = inspection
        .array(at, of, "options", (0, MAX_OPTIONS))
        .to_vec();
    let at = below(at, "options");
    let (mut names, mut had_optional) = (HashSet::new(), false);
    for (number, option) in options.iter().enumerate() {
        let at = below(&at, number);
        check_option(inspection, &at, option);
        if !names.insert(option.get("name").cloned().unwrap_or_default().to_string()) {
            inspection.problem(
                &below(&at, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                "Option name already exists",
            );
        }
        let is_required = option.get("required") == Some(&Value::Bool(true));
        if is_required && had_optional {
            inspection.problem(
                &at,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        had_optional |= !is_required;
    }
}

fn check_option(inspection: &mut Inspection, at: &str, option: &Value) {
    let optional = [
        "name_localizations",
        "description_localizations",
        "required",
        "choices",
        "options",
        "channel_types",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
        "autocomplete",
    ];
    let Some(fields) = inspection.object(at, option, &["type", "name", "description"], &optional)
    else {
        return;
    };
    let kind = inspection
        .number(at, fields, "type", (1, 11))
        .unwrap_or_default();
    check_name(inspection, at, fields, true);
    inspection.words(at, fields, "description", MAX_DESCRIPTION);
    check_words(inspection, at, fields);
    inspection.boolean(at, fields, "required");
    inspection.boolean(at, fields, "autocomplete");
    let suggests = fields.get("autocomplete") == Some(&Value::Bool(true));
    let choices = inspection.array(at, fields, "choices", (0, MAX_CHOICES));
    if suggests && (!choices.is_empty() || !SUGGESTING.contains(&kind)) {
        inspection.problem(
            at,
            "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_INVALID",
            "Autocomplete goes with neither choices nor this type",
        );
    }
    check_choices(inspection, &below(at, "choices"), choices);
    if matches!(kind, SUBCOMMAND | SUBCOMMAND_GROUP) {
        check_options(inspection, at, fields);
    }
}

fn check_choices(inspection: &mut Inspection, at: &str, choices: &[Value]) {
    for (number, choice) in choices.iter().enumerate() {
        let at = below(at, number);
        let Some(fields) =
            inspection.object(&at, choice, &["name", "value"], &["name_localizations"])
        else {
            continue;
        };
        inspection.words(&at, fields, "name", MAX_CHOICE);
        if fields.get("value").is_some_and(Value::is_string) {
            inspection.string(&at, fields, "value", MAX_CHOICE_VALUE);
        }
    }
}

/// Checks the data of an answer with suggestions, and gives them.
pub(super) fn suggestions(inspection: &mut Inspection, data: &Value) -> Vec<Value> {
    let Some(fields) = inspection.object("data", data, &["choices"], &[]) else {
        return Vec::new();
    };
    let choices = inspection
        .array("data", fields, "choices", (0, MAX_CHOICES))
        .to_vec();
    check_choices(inspection, "data/choices", &choices);
    choices
}

/// The characters that count towards the shared limit.
fn size(value: &Value) -> usize {
    let own: usize = ["name", "description", "value"]
        .iter()
        .filter_map(|field| value.get(field)?.as_str())
        .map(|text| text.chars().count())
        .sum();
    let inner = ["options", "choices"]
        .iter()
        .filter_map(|field| value.get(field)?.as_array());
    own + inner.flatten().map(size).sum::<usize>()
}
