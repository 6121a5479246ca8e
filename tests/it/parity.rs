//! Two handwritings of one conversation: whatever is said, both chats offer the same to
//! press, and whatever anybody wrote, both take it. What a chat takes is judged by its
//! emulator, which read the chat's own documents.

pub mod filled;

use std::collections::BTreeSet;

use bots::{discord, slack};
use conversation::dialog::{Field, WITH_FOLLOWERS};
use conversation::{Action, Dialog, View};
use proptest::prelude::*;
use serde_json::{Value, json};
use server_api::ids::DeliveryId;
use tests::emulator::discord::check as discords;
use tests::emulator::discord::state::interactions::Kind;
use tests::emulator::slack::check as slacks;
use uuid::Uuid;

/// Longest text that anybody may come with.
const LONG: usize = 100_000;

const DELIVERY: DeliveryId = DeliveryId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_5061_7283_94a6));

/// What can be pressed on a message.
#[derive(Debug, Default, PartialEq, Eq)]
struct Offered {
    actions: BTreeSet<String>,
    links: BTreeSet<String>,
}

impl Offered {
    fn action(&mut self, carried: &str) {
        if Action::decode(carried).is_some() {
            self.actions.insert(carried.to_owned());
        }
    }

    fn link(&mut self, element: &Value) {
        self.links
            .extend(element["url"].as_str().map(str::to_owned));
    }
}

/// Every object within, at any depth.
fn objects<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => {
            for item in items {
                objects(item, found);
            }
        }
        Value::Object(fields) => {
            found.push(value);
            for field in fields.values() {
                objects(field, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn on_slack(blocks: &[Value]) -> Offered {
    let mut offered = Offered::default();
    let mut found = Vec::new();
    for block in blocks {
        objects(block, &mut found);
    }
    for object in found {
        // Buttons and options alike carry an action as their value.
        if let Some(carried) = object["value"].as_str() {
            offered.action(carried);
        }
        offered.link(object);
    }
    offered
}

fn on_discord(components: &[Value]) -> Offered {
    let mut offered = Offered::default();
    let mut found = Vec::new();
    for row in components {
        objects(row, &mut found);
    }
    for object in found {
        if let Some(id) = object["custom_id"].as_str() {
            offered.action(discord::render::carried(id).1);
        }
        if let Some(carried) = object["value"].as_str() {
            offered.action(carried);
        }
        offered.link(object);
    }
    offered
}

#[test]
fn both_chats_offer_the_same_on_every_view() {
    for (name, view) in View::samples() {
        let there = on_slack(&slack::render::message(&view).blocks);
        let here = on_discord(&discord::render::message(&view, Some(DELIVERY)).components);
        assert_eq!(there, here, "{name}");
    }
}

#[test]
fn every_view_offers_what_it_means_to() {
    let silent: Vec<String> = View::samples()
        .into_iter()
        .filter(|(_, view)| on_slack(&slack::render::message(view).blocks) == Offered::default())
        .map(|(name, _)| name)
        .collect();
    // Whoever is unknown has nothing to press, nor has anybody where no way helps.
    let expected = [
        "share_choices_none",
        "pair_first",
        "pair_first_unnamed",
        "notice_unavailable",
        "notice_may_not_join",
    ];
    for name in &silent {
        let name = name.trim_end_matches("_en").trim_end_matches("_de");
        assert!(expected.contains(&name), "{name} offers nothing");
    }
    assert_eq!(silent.len(), 2 * expected.len());
}

#[test]
fn both_chats_ask_for_the_same_in_every_dialog() {
    for (name, dialog) in Dialog::samples() {
        let modal = slack::render::modal(&dialog, "{}");
        let asked: BTreeSet<Field> = modal["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|block| Field::named(block["block_id"].as_str()?))
            .collect();
        assert_eq!(asked, asked_on_discord(&dialog), "{name}");
    }
}

/// The fields that Discord asks for: in one modal, or chosen first and asked for then.
fn asked_on_discord(dialog: &Dialog) -> BTreeSet<Field> {
    let named = |value: &Value, key: &str| -> BTreeSet<Field> {
        let mut found = Vec::new();
        objects(value, &mut found);
        let names = found.iter().filter_map(|object| object[key].as_str());
        names.filter_map(Field::named).collect()
    };
    match discord::render::dialog(dialog, &[]) {
        discord::render::Opening::Modal(modal) => named(&modal, "custom_id"),
        discord::render::Opening::Message(message) => {
            let offered = named(&message.body(), "value");
            for field in &offered {
                let discord::render::Opening::Modal(modal) =
                    discord::render::dialog(dialog, &[*field])
                else {
                    panic!("{field:?} cannot be asked for")
                };
                assert_eq!(named(&modal, "custom_id"), BTreeSet::from([*field]));
            }
            offered
        }
    }
}

/// Everything that either chat would refuse in this view, wherever it can stand.
fn faults(view: &View) -> Vec<String> {
    let message = slack::render::message(view);
    let mut faults = Vec::new();
    let body = json!({ "text": message.text, "blocks": message.blocks });
    if let Err(refusal) = slacks::content(body.as_object().unwrap()) {
        faults.push(format!("Slack: {refusal:?}"));
    }
    faults.extend(slacks::views::problems(&slack::render::home(view)));
    for delivery in [None, Some(DELIVERY)] {
        let body = discord::render::message(view, delivery).body();
        if let Err(refusal) = discords::message(&body, discords::Surface::Channel) {
            faults.push(format!("Discord: {refusal:?}"));
        }
    }
    faults
}

/// Everything that either chat would refuse in this dialog.
fn faults_of_dialog(dialog: &Dialog) -> Vec<String> {
    let mut faults = slacks::views::problems(&slack::render::modal(dialog, "{}"));
    let some = WITH_FOLLOWERS.map(Field::Followers);
    let pressed = Kind::Command {
        name: "chorus".to_owned(),
    };
    for fields in [&[][..], &some[..1], &some[..5]] {
        let body = match discord::render::dialog(dialog, fields) {
            discord::render::Opening::Modal(modal) => json!({ "type": 9, "data": modal }),
            discord::render::Opening::Message(message) => {
                json!({ "type": 4, "data": message.body() })
            }
        };
        if let Err(refusal) = discords::callback::check(&body, &pressed) {
            faults.push(format!("Discord: {refusal:?}"));
        }
    }
    faults
}

/// Whether both chats take every view and dialog with `text` wherever words stand; in which
/// language they spoke before makes no difference.
fn is_taken(text: &str) -> Result<(), String> {
    let samples = View::samples().into_iter();
    for (name, mut view) in samples.filter(|(name, _)| name.ends_with("_en")) {
        filled::view(&mut view, text);
        let faults = faults(&view);
        if !faults.is_empty() {
            return Err(format!("{name}: {faults:#?}"));
        }
    }
    for (name, mut dialog) in Dialog::samples() {
        filled::dialog(&mut dialog, text);
        let faults = faults_of_dialog(&dialog);
        if !faults.is_empty() {
            return Err(format!("{name}: {faults:#?}"));
        }
    }
    Ok(())
}

/// The least pleasant things that people paste.
fn unpleasant() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("<!channel> <!here> <@U0ADA> <#C1> <https://evil.example|click>".to_owned()),
        Just("@everyone @here <@1> <@&2> <#3> <t:1:R> </chorus:4> <a:x:5>".to_owned()),
        Just("https://chorus.example.org/l/abcdefg".to_owned()),
        Just(
            "*b* _i_ ~s~ `c` ```\nblock\n``` **b** __u__ ||spoiler|| > q\n# h\n- l\n1. n"
                .to_owned()
        ),
        Just("[text](https://evil.example) \\* \\\\ &amp; &lt;".to_owned()),
        Just("\u{202e}\u{2066}שלום مرحبا\u{2069}".to_owned()),
        Just("\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}".to_owned()),
        Just("👩‍👩‍👧‍👦🏳️‍🌈1️⃣".to_owned()),
        Just("e\u{301}\u{301}\u{301}".to_owned()),
        Just("   \n\n\t\r".to_owned()),
        Just("\u{0}\u{7}\u{1b}[31m".to_owned()),
        "\\PC{0,30}",
        any::<String>(),
    ];
    (proptest::collection::vec(part, 0..12), 1..8_usize)
        .prop_map(|(parts, times)| parts.concat().repeat(times))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn whatever_anybody_wrote_both_chats_take_it(text in unpleasant()) {
        let taken = is_taken(&text);
        prop_assert!(taken.is_ok(), "{}", taken.unwrap_err());
    }
}

#[test]
fn a_hundred_thousand_characters_are_taken_everywhere() {
    for part in [
        "word ",
        "x",
        "@everyone <!channel> ",
        "\u{200b}",
        "\u{301}",
        "👩‍👩‍👧‍👦",
        "\n",
    ] {
        let times = LONG.div_ceil(part.chars().count());
        let text: String = part.repeat(times).chars().take(LONG).collect();
        let taken = is_taken(&text);
        assert!(taken.is_ok(), "{part:?}: {}", taken.unwrap_err());
    }
}
