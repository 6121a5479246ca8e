//! The commands that are registered with Discord: one, whose subcommands are what people
//! type in any chat. Their descriptions are the help's own sentences.

pub(super) mod registration;

use conversation::words::Words;
use conversation::{command, plain};
use serde_json::{Map, Value, json};
use server_api::enums::{Language, Period};

use super::{limits, text};

/// The name of the option for a span of time.
pub const PERIOD: &str = "period";
/// The name of the option for a pairing code.
const CODE: &str = "code";
/// Discord's locale of our other language. Reference "Locales".
const GERMAN: &str = "de";

/// The name of the command that proposes, and of its options for a link and for words.
pub(super) const PROPOSE: &str = "propose";
pub(super) const LINK: &str = "link";
pub(super) const WORDS: &str = "words";
/// "Application Command Types": in the menu of a message.
const MESSAGE: u64 = 3;
/// "Application Command Types" and "Application Command Option Type".
const CHAT_INPUT: u64 = 1;
const SUBCOMMAND: u64 = 1;
const STRING: u64 = 3;
/// "Application Integration Types": installed to a guild, and by a person for themselves.
const EVERY_INSTALLATION: [u64; 2] = [0, 1];
/// "Interaction Context Types": guilds, direct messages with us, and with others.
const EVERYWHERE: [u64; 3] = [0, 1, 2];

/// What Discord keeps of a command, as far as it is ours to say.
const KEPT: [&str; 16] = [
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "required",
    "autocomplete",
    "choices",
    "min_length",
    "max_length",
    "integration_types",
    "contexts",
    "default_member_permissions",
    "nsfw",
    "value",
];

/// Every command.
pub fn all() -> Vec<Value> {
    let mut chorus = described(
        CHAT_INPUT,
        (command::NAME.trim_start_matches('/'), None),
        Words::command_about,
    );
    let subcommands = [
        subcommand(
            ("share", "teilen"),
            |words| plain::phrase(&words.help_share()),
            None,
        ),
        subcommand(
            ("leaderboard", "rangliste"),
            Words::show_leaderboard,
            Some(period()),
        ),
        proposing(),
        subcommand(
            ("review", "prüfen"),
            |words| plain::phrase(&words.help_review()),
            None,
        ),
        subcommand(("me", "ich"), |words| plain::phrase(&words.help_me()), None),
        subcommand(
            ("console", "konsole"),
            |words| plain::phrase(&words.help_console()),
            None,
        ),
        subcommand(
            ("pair", "verbinden"),
            |words| plain::phrase(&words.help_pair()),
            Some(code()),
        ),
        subcommand(
            ("help", "hilfe"),
            |words| plain::phrase(&words.help_help()),
            None,
        ),
    ];
    chorus.insert("options".to_owned(), json!(subcommands));
    chorus.insert("integration_types".to_owned(), json!(EVERY_INSTALLATION));
    chorus.insert("contexts".to_owned(), json!(EVERYWHERE));
    vec![Value::Object(chorus), on_a_message()]
}

/// What proposes a post: a link, and words.
fn proposing() -> Value {
    let mut subcommand = described(
        SUBCOMMAND,
        (PROPOSE, Some("vorschlagen")),
        |words: &Words| plain::phrase(&words.help_propose()),
    );
    let link = described(STRING, (LINK, None), Words::command_link);
    let words = described(STRING, (WORDS, Some("worte")), Words::command_words);
    subcommand.insert("options".to_owned(), json!([link, words]));
    Value::Object(subcommand)
}

/// What proposes what a message links to. In such a menu there is no description.
fn on_a_message() -> Value {
    json!({
        "type": MESSAGE,
        "name": Words::of(Language::En).propose_message(),
        "name_localizations": { GERMAN: Words::of(Language::De).propose_message() },
        "integration_types": EVERY_INSTALLATION,
        "contexts": EVERYWHERE,
    })
}

/// What is typed for a span of time: what the conversation reads.
pub fn typed_period(period: Period) -> &'static str {
    match period {
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::AllTime => "all",
    }
}

/// Whether what Discord answered to "Get Global Application Commands" (with
/// localizations) is what we want. What Discord adds of its own does not count.
pub fn are_registered(wanted: &[Value], registered: &Value) -> bool {
    let mut wanted: Vec<Value> = wanted.iter().map(essence).collect();
    let mut registered: Vec<Value> = registered
        .as_array()
        .into_iter()
        .flatten()
        .map(essence)
        .collect();
    for commands in [&mut wanted, &mut registered] {
        commands.sort_by_key(|command| command.get("name").map(Value::to_string));
    }
    wanted == registered
}

fn period() -> Value {
    let mut option = described(STRING, (PERIOD, Some("zeitraum")), Words::period_label);
    option.insert("autocomplete".to_owned(), json!(true));
    Value::Object(option)
}

fn code() -> Value {
    let option = described(STRING, (CODE, None), Words::command_code);
    Value::Object(option)
}

fn subcommand(
    (name, german): (&str, &str),
    describe: impl Fn(&Words) -> String,
    option: Option<Value>,
) -> Value {
    let mut subcommand = described(SUBCOMMAND, (name, Some(german)), describe);
    if let Some(option) = option {
        subcommand.insert("options".to_owned(), json!([option]));
    }
    Value::Object(subcommand)
}

/// A name, and a description in every language.
fn described(
    kind: u64,
    (name, german): (&str, Option<&str>),
    describe: impl Fn(&Words) -> String,
) -> Map<String, Value> {
    let description =
        |language| text::label(&describe(Words::of(language)), limits::COMMAND_DESCRIPTION);
    let mut out = Map::new();
    out.insert("type".to_owned(), json!(kind));
    out.insert("name".to_owned(), json!(name));
    if let Some(german) = german {
        out.insert("name_localizations".to_owned(), json!({ GERMAN: german }));
    }
    out.insert("description".to_owned(), json!(description(Language::En)));
    out.insert(
        "description_localizations".to_owned(),
        json!({ GERMAN: description(Language::De) }),
    );
    out
}

/// A command without what Discord adds, without what says nothing, and with its sets in
/// one order.
fn essence(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(name, _)| KEPT.contains(&name.as_str()))
                .filter(|(_, value)| says_something(value))
                .map(|(name, value)| (name.clone(), field_essence(name, value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(essence).collect()),
        other => other.clone(),
    }
}

fn field_essence(name: &str, value: &Value) -> Value {
    if name.ends_with("_localizations") {
        return value.clone();
    }
    let mut value = essence(value);
    if let ("integration_types" | "contexts", Some(set)) = (name, value.as_array_mut()) {
        set.sort_by_key(Value::as_u64);
    }
    value
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use conversation::Intent;
    use server_api::enums::Platform;

    use super::*;

    fn walk(value: &Value, visit: &mut impl FnMut(&Map<String, Value>)) {
        if let Some(fields) = value.as_object() {
            visit(fields);
        }
        for inner in value
            .get("options")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            walk(inner, visit);
        }
    }

    /// As Discord answers: with ids, versions and defaults, in an order of its own.
    fn as_registered(value: &Value) -> Value {
        let mut commands = value.clone();
        for command in commands.as_array_mut().unwrap() {
            let fields = command.as_object_mut().unwrap();
            for (name, added) in [
                ("id", json!("1100000000000000001")),
                ("application_id", json!("1100000000000000002")),
                ("version", json!("1100000000000000003")),
                ("default_member_permissions", json!(null)),
                ("dm_permission", json!(true)),
                ("nsfw", json!(false)),
                ("name_localizations", json!(null)),
                ("contexts", json!([2, 0, 1])),
            ] {
                // What is ours it gives back as it is, but for the order of sets.
                if name == "contexts" || !fields.contains_key(name) {
                    fields.insert(name.to_owned(), added);
                }
            }
        }
        commands
    }

    #[test]
    fn the_commands_look_as_they_did() {
        insta::assert_json_snapshot!(all());
    }

    #[test]
    fn discords_limits_on_commands_are_kept_and_nothing_is_cut() {
        let [chorus, message] = all().try_into().unwrap();
        for name in [&message["name"], &message["name_localizations"][GERMAN]] {
            assert!((1..=limits::COMMAND_NAME).contains(&name.as_str().unwrap().len()));
        }
        walk(&chorus, &mut |fields| {
            let name = fields["name"].as_str().unwrap();
            let german = fields
                .get("name_localizations")
                .map(|all| all[GERMAN].clone());
            for name in [Some(json!(name)), german].into_iter().flatten() {
                let name = name.as_str().unwrap();
                assert!(name.len() <= limits::COMMAND_NAME);
                // "Application Command Naming": lower case, letters and digits.
                assert!(name.chars().all(|c| c.is_lowercase() || c == '-'), "{name}");
            }
            for words in [
                &fields["description"],
                &fields["description_localizations"][GERMAN],
            ] {
                let words = words.as_str().unwrap();
                assert!((1..=limits::COMMAND_DESCRIPTION).contains(&text::length(words)));
                assert!(!words.ends_with(crate::fitting::ELLIPSIS), "{words}");
            }
        });
    }

    #[test]
    fn every_subcommand_is_understood_in_both_languages() {
        let chorus = all().remove(0);
        for subcommand in chorus["options"].as_array().unwrap() {
            let intent = Intent::from_command(subcommand["name"].as_str().unwrap());
            assert!(
                !matches!(intent, Intent::NotUnderstood { .. }),
                "{subcommand}"
            );
            let german = subcommand["name_localizations"][GERMAN].as_str().unwrap();
            assert_eq!(Intent::from_command(german), intent);
        }
        for period in Period::ALL {
            assert_eq!(
                Intent::from_command(&format!("leaderboard {}", typed_period(period))),
                Intent::ShowLeaderboard { period }
            );
        }
    }

    #[test]
    fn what_the_help_names_is_registered() {
        let chorus = all().remove(0);
        let registered: Vec<String> = chorus["options"]
            .as_array()
            .unwrap()
            .iter()
            .map(|option| format!("/chorus {}", option["name"].as_str().unwrap()))
            .collect();
        let help = conversation::view::Help::new(Words::of(Language::En), None);
        let named: Vec<String> = help.commands.into_iter().map(|one| one.typed).collect();
        assert_eq!(registered, named, "on {:?}", Platform::Discord);
    }

    #[test]
    fn what_discord_adds_makes_no_difference() {
        let registered = as_registered(&json!(all()));
        assert!(are_registered(&all(), &registered));
    }

    #[test]
    fn what_is_ours_makes_a_difference() {
        let same = as_registered(&json!(all()));
        assert!(!are_registered(&all(), &json!([])));
        assert!(!are_registered(&all(), &json!(null)));
        let mut two = same.clone();
        two.as_array_mut().unwrap().push(same[0].clone());
        assert!(!are_registered(&all(), &two));
        for (path, other) in [
            ("/0/description", json!("another")),
            ("/0/options/0/name", json!("another")),
            ("/0/options/1/options/0/autocomplete", json!(false)),
            ("/0/options/0/name_localizations/de", json!("anders")),
            ("/0/options/0/description_localizations", json!(null)),
            ("/0/contexts", json!([0])),
            ("/0/integration_types", json!([0])),
        ] {
            let mut changed = same.clone();
            *changed.pointer_mut(path).unwrap() = other;
            assert!(!are_registered(&all(), &changed), "{path}");
        }
    }
}
