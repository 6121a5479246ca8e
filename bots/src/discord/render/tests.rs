//! Every sample renders, fits, and reads as serenity's own model reads it.

use std::collections::{BTreeMap, BTreeSet};

use conversation::dialog::WITH_FOLLOWERS;
use conversation::view::{Choice, Control, Notice, NoticeKind, Picture, Span};
use conversation::{Action, Intent};
use proptest::prelude::*;
use serenity::model::application::ActionRow;
use serenity::model::channel::Embed;
use server_api::enums::{Language, Network};
use uuid::Uuid;

use super::*;
use crate::discord::{inbound, limits, text};
use crate::tests::with_words;

const DELIVERY: DeliveryId = DeliveryId(Uuid::from_u128(0x0193_4f2e_7b1a_7c3d_8e4f_5061_7283_94a6));

fn words<'a>(value: &'a Value, path: &str) -> &'a str {
    value.pointer(path).and_then(Value::as_str).unwrap_or("")
}

fn items<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    value
        .pointer(path)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn all_components(message: &Message) -> Vec<&Value> {
    let rows = message.components.iter();
    rows.flat_map(|row| items(row, "/components")).collect()
}

/// Fails on words that are missing or too long.
fn said(name: &str, words: &str, limit: usize) -> usize {
    let length = text::length(words);
    assert!(!words.trim().is_empty(), "{name}: nothing said");
    assert!(length <= limit, "{name}: {length} > {limit}");
    length
}

fn check_embed(name: &str, embed: &Value) -> usize {
    let mut total = 0;
    for (path, limit) in [
        ("/title", limits::EMBED_TITLE),
        ("/description", limits::EMBED_DESCRIPTION),
        ("/footer/text", limits::FOOTER),
    ] {
        if embed.pointer(path).is_some() {
            total += said(name, words(embed, path), limit);
        }
    }
    assert!(items(embed, "/fields").len() <= limits::FIELDS, "{name}");
    for field in items(embed, "/fields") {
        total += said(name, words(field, "/name"), limits::FIELD_NAME);
        total += said(name, words(field, "/value"), limits::FIELD_VALUE);
    }
    assert!(embed["color"].is_u64(), "{name}: no colour");
    let read: Result<Embed, _> = serde_json::from_value(embed.clone());
    assert!(read.is_ok(), "{name}: {read:?}");
    total
}

fn check_select(name: &str, select: &Value) {
    said(name, words(select, "/placeholder"), limits::PLACEHOLDER);
    let options = items(select, "/options");
    assert!((1..=limits::OPTIONS).contains(&options.len()), "{name}");
    let mut values = BTreeSet::new();
    for option in options {
        said(name, words(option, "/label"), limits::OPTION_LABEL);
        said(name, words(option, "/value"), limits::OPTION_VALUE);
        assert!(values.insert(words(option, "/value")), "{name}: twice");
    }
    let chosen = options.iter().filter(|option| option["default"] == true);
    assert!(chosen.count() <= 1, "{name}");
}

fn check(name: &str, message: &Message) {
    assert!(
        (1..=limits::EMBEDS).contains(&message.embeds.len()),
        "{name}"
    );
    let total: usize = message
        .embeds
        .iter()
        .map(|one| check_embed(name, one))
        .sum();
    assert!(total <= limits::EMBEDS_TEXT, "{name}: {total}");
    assert!(message.components.len() <= limits::ROWS, "{name}");
    let mut ids = BTreeSet::new();
    for row in &message.components {
        let in_row = items(row, "/components");
        let is_select = |one: &Value| one["type"] == 3;
        let most = if in_row.iter().any(is_select) {
            1
        } else {
            limits::BUTTONS
        };
        assert!((1..=most).contains(&in_row.len()), "{name}");
        let read: Result<ActionRow, _> = serde_json::from_value(row.clone());
        assert!(read.is_ok(), "{name}: {read:?}");
    }
    for component in all_components(message) {
        if component["type"] == 3 {
            check_select(name, component);
        } else {
            said(name, words(component, "/label"), limits::BUTTON_LABEL);
        }
        match (component.get("custom_id"), component.get("url")) {
            (Some(id), None) => {
                let id = id.as_str().unwrap();
                said(name, id, limits::CUSTOM_ID);
                assert!(ids.insert(id), "{name}: {id} twice");
            }
            (None, Some(url)) => {
                said(name, url.as_str().unwrap(), limits::BUTTON_URL);
            }
            other => panic!("{name}: neither or both: {other:?}"),
        }
    }
}

/// What a message offers to do, as its presses would be read.
fn offered(message: &Message) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for component in all_components(message) {
        let carried_by_options = items(component, "/options")
            .iter()
            .map(|option| words(option, "/value").to_owned());
        let id = words(component, "/custom_id");
        if component["type"] == 3 {
            all.extend(carried_by_options);
        } else if !id.is_empty() {
            all.insert(carried(id).1.to_owned());
        }
    }
    all
}

/// What a view means to offer, whatever renders it.
fn meant(controls: &[Control]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for control in controls {
        match control {
            Control::Button(button) => {
                all.insert(button.action.encode());
            }
            Control::Choice(choice) => {
                all.extend(choice.options.iter().map(|(_, action)| action.encode()));
            }
            Control::Link(_) => {}
        }
    }
    all
}

fn controls_of(view: &View) -> Vec<Control> {
    match view {
        View::SuggestedPost(view) => view.controls.clone(),
        View::PersonalPost(view) => view.controls.clone(),
        View::PostEnded(view) => view.controls.clone(),
        View::ReviewRequest(view) => view.controls.clone(),
        View::ReviewClosed(view) => view.controls.clone(),
        View::ProposalOutcome(view) => view.controls.clone(),
        View::Reviews(view) => {
            let items = view.items.iter().flat_map(|item| item.controls.clone());
            items.chain(view.controls.clone()).collect()
        }
        View::ShareChoices(view) => {
            let ways = view.front.iter().chain(&view.others);
            let done = ways.map(|way| Control::Button(way.done.clone()));
            done.chain(view.back.clone()).collect()
        }
        View::ShareReceipt(view) => view.controls.clone(),
        View::Suggestions(view) => {
            let items = view.items.iter().flat_map(|item| item.controls.clone());
            items.chain(view.controls.clone()).collect()
        }
        View::Leaderboard(view) => view.controls.clone(),
        View::Me(view) => {
            let posts = view.to_share.iter().flat_map(|post| post.controls.clone());
            let note = view.note.iter().filter_map(|note| note.control.clone());
            posts.chain(view.controls.clone()).chain(note).collect()
        }
        View::Choices(view) => view.controls.clone(),
        View::NetworkChoices(view) => view.controls.clone(),
        View::PairingCode(view) => view.controls.clone(),
        View::Paired(view) => view.controls.clone(),
        View::PairFirst(_) => Vec::new(),
        View::Greeting(view) => view.controls.clone(),
        View::Help(view) => view.controls.clone(),
        View::Notice(view) => view.control.iter().cloned().collect(),
    }
}

#[test]
fn every_sample_renders_within_the_limits() {
    for (name, view) in View::samples() {
        check(&name, &message(&view, None));
        check(&name, &message(&view, Some(DELIVERY)));
    }
}

#[test]
fn every_sample_offers_all_that_it_means_to() {
    for (name, view) in View::samples() {
        let offered = offered(&message(&view, Some(DELIVERY)));
        assert_eq!(offered, meant(&controls_of(&view)), "{name}");
        for action in offered {
            assert!(Action::decode(&action).is_some(), "{name}: {action}");
        }
    }
}

#[test]
fn every_link_of_every_sample_is_there() {
    for (name, view) in View::samples() {
        let rendered = message(&view, None);
        let links: BTreeSet<&str> = all_components(&rendered)
            .into_iter()
            .map(|component| words(component, "/url"))
            .collect();
        let ways = match &view {
            View::ShareChoices(view) => view.front.iter().chain(&view.others).collect(),
            _ => Vec::new(),
        };
        for way in ways {
            assert!(links.contains(way.open.url.as_str()), "{name}");
        }
        for control in controls_of(&view) {
            if let Control::Link(link) = control {
                assert!(links.contains(link.url.as_str()), "{name}: {}", link.url);
            }
        }
    }
}

#[test]
fn every_sample_looks_as_it_did() {
    for (name, view) in View::samples() {
        insta::assert_json_snapshot!(format!("message_{name}"), message(&view, None).body());
    }
}

#[test]
fn the_card_of_a_post_has_at_most_five_things_to_press_and_sharing_comes_first() {
    for (name, view) in View::samples() {
        let message = message(&view, None);
        let components = all_components(&message);
        match view {
            View::SuggestedPost(card) => {
                assert!((1..=5).contains(&components.len()), "{name}");
                let share = Action::StartShare(card.post).encode();
                assert_eq!(words(components[0], "/custom_id"), share, "{name}");
                assert_eq!(message.embeds.len(), 1, "{name}");
                assert!(message.components.len() <= 2, "{name}");
            }
            View::PersonalPost(_) => {
                assert!((1..=5).contains(&components.len()), "{name}");
                assert!(message.components.len() <= 2, "{name}");
            }
            _ => {}
        }
    }
}

#[test]
fn the_first_id_of_a_delivered_message_tells_its_delivery() {
    for (name, view) in View::samples() {
        let rendered = message(&view, Some(DELIVERY));
        let first = all_components(&rendered)
            .into_iter()
            .find_map(|component| component.get("custom_id"));
        let Some(id) = first.and_then(Value::as_str) else {
            continue;
        };
        assert_eq!(carried(id).0, Some(DELIVERY), "{name}");
        let bare = message(&view, None);
        for component in all_components(&bare) {
            assert_eq!(carried(words(component, "/custom_id")).0, None, "{name}");
        }
    }
}

#[test]
fn ids_of_controls_are_read_as_they_were_written() {
    assert_eq!(carried("1.h"), (None, "1.h"));
    assert_eq!(carried(""), (None, ""));
    let id = custom_id(Some(DELIVERY), "1.h");
    assert_eq!(carried(&id), (Some(DELIVERY), "1.h"));
    let longest = "1".repeat(conversation::action::MAX_BYTES);
    assert!(custom_id(Some(DELIVERY), &longest).len() <= limits::CUSTOM_ID);
}

#[test]
fn a_message_mentions_nobody_and_says_nothing_beside_its_embeds() {
    for (name, view) in View::samples() {
        let body = message(&view, None).body();
        assert_eq!(body["allowed_mentions"], json!({ "parse": [] }), "{name}");
        assert!(body.get("content").is_none(), "{name}");
    }
}

fn followers() -> Dialog {
    let (_, dialog) = Dialog::samples().into_iter().next().unwrap();
    dialog
}

#[test]
fn every_dialog_renders_and_looks_as_it_did() {
    for (name, dialog) in Dialog::samples() {
        let body = match super::dialog(&dialog, &[]) {
            Opening::Message(message) => {
                check(&name, &message);
                message.body()
            }
            Opening::Modal(modal) => modal,
        };
        insta::assert_json_snapshot!(format!("dialog_{name}"), body);
    }
}

#[test]
fn a_dialog_with_some_of_its_fields_is_a_modal_that_fits() {
    let some: Vec<Field> = WITH_FOLLOWERS[..limits::MODAL_INPUTS]
        .iter()
        .map(|network| Field::Followers(*network))
        .collect();
    let Opening::Modal(modal) = super::dialog(&followers(), &some) else {
        panic!("no modal")
    };
    said("modal", words(&modal, "/title"), limits::MODAL_TITLE);
    said("modal", words(&modal, "/custom_id"), limits::CUSTOM_ID);
    assert_eq!(items(&modal, "/components").len(), limits::MODAL_INPUTS);
    for row in items(&modal, "/components") {
        let read: Result<ActionRow, _> = serde_json::from_value(row.clone());
        assert!(read.is_ok(), "{read:?}");
        said(
            "modal",
            words(row, "/components/0/label"),
            limits::INPUT_LABEL,
        );
        said(
            "modal",
            words(row, "/components/0/custom_id"),
            limits::CUSTOM_ID,
        );
        let most = row["components"][0]["max_length"].as_u64().unwrap();
        assert!(usize::try_from(most).unwrap() <= limits::INPUT_VALUE);
    }
    insta::assert_json_snapshot!("modal_followers", modal);
}

/// A press of the component at `index`, as Discord tells of it.
fn pressed(message: &Message, index: usize, values: &[&str]) -> (Intent, Vec<Field>) {
    let components = all_components(message);
    let payload = json!({
        "type": 3, "id": "7", "application_id": "8", "token": "t", "user": { "id": "9" },
        "data": {
            "component_type": components[index]["type"],
            "custom_id": components[index]["custom_id"],
            "values": values,
        },
    });
    match inbound::interaction(&payload) {
        inbound::Inbound::Turn(turn) => (turn.intent, turn.fields),
        other => panic!("no turn: {other:?}"),
    }
}

#[test]
fn a_dialog_too_long_for_a_modal_asks_first_which_fields() {
    let Opening::Message(picker) = super::dialog(&followers(), &[]) else {
        panic!("no message")
    };
    check("picker", &picker);
    let select = all_components(&picker)[0].clone();
    assert_eq!(items(&select, "/options").len(), WITH_FOLLOWERS.len());
    assert_eq!(select["max_values"], limits::MODAL_INPUTS);
    let bluesky = Field::Followers(Network::Bluesky);
    let (intent, fields) = pressed(&picker, 0, &[&bluesky.name()]);
    assert_eq!(intent, Intent::EditFollowers);
    assert_eq!(fields, [bluesky]);
    let opened = super::dialog(&followers(), &fields);
    assert!(matches!(opened, Opening::Modal(_)), "{opened:?}");
}

#[test]
fn a_refused_form_says_what_is_wrong_and_leads_back_to_those_fields() {
    for language in [Language::En, Language::De] {
        let words = Words::of(language);
        let problems: Vec<FieldProblem> = WITH_FOLLOWERS[..limits::MODAL_INPUTS]
            .iter()
            .map(|network| FieldProblem {
                field: Field::Followers(*network),
                sentence: words.followers_invalid(),
            })
            .collect();
        let message = refusal(words, &problems, Action::EditFollowers);
        check("refusal", &message);
        let (intent, fields) = pressed(&message, 0, &[]);
        assert_eq!(intent, Intent::EditFollowers);
        let refused: Vec<Field> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(fields, refused);
        insta::assert_json_snapshot!(format!("refusal_{language:?}"), message.body());
    }
}

#[test]
fn a_note_is_asked_for_in_a_modal_and_past_its_time_by_a_button() {
    let mut dialogs = Dialog::samples().into_iter();
    let changes = dialogs.find_map(|(_, dialog)| match dialog {
        Dialog::Changes(changes) => Some(changes),
        Dialog::Followers(_) | Dialog::Proposal(_) | Dialog::Message(_) => None,
    });
    let changes = changes.unwrap();
    let again = Intent::from(changes.action());
    let dialog = Dialog::Changes(changes);
    let Opening::Modal(modal) = super::dialog(&dialog, &[]) else {
        panic!("no modal")
    };
    insta::assert_json_snapshot!("modal_changes", modal);
    let later = later(&dialog);
    check("later", &later);
    assert_eq!(pressed(&later, 0, &[]), (again.clone(), Vec::new()));
    let words = Words::of(Language::En);
    let problem = FieldProblem {
        field: Field::Note,
        sentence: words.changes_needed(),
    };
    let refused = refusal(words, &[problem], again.dialog_again());
    check("refusal", &refused);
    assert_eq!(pressed(&refused, 0, &[]), (again, Vec::new()));
}

#[test]
fn twelve_networks_fit_however_many_stand_in_front() {
    for (_, view) in View::samples() {
        let View::ShareChoices(choices) = view else {
            continue;
        };
        let all: Vec<_> = choices.front.iter().chain(&choices.others).collect();
        for front in 0..=all.len() {
            let mut view = choices.clone();
            view.front = all.iter().take(front).map(|way| (*way).clone()).collect();
            view.others = all.iter().skip(front).map(|way| (*way).clone()).collect();
            view.back = Some(Control::plain("Back".into(), Action::ShowMe));
            let view = View::ShareChoices(view);
            let rendered = message(&view, Some(DELIVERY));
            check("share_choices", &rendered);
            assert_eq!(offered(&rendered), meant(&controls_of(&view)), "{front}");
            let links = all_components(&rendered)
                .into_iter()
                .filter(|component| component.get("url").is_some());
            assert_eq!(links.count(), all.len(), "{front}");
        }
    }
}

#[test]
fn several_posts_are_told_apart_by_a_number_on_their_buttons() {
    for (name, view) in View::samples() {
        let numbered = match &view {
            View::Suggestions(list) => list.items.len() > 1,
            View::Reviews(list) => list.items.len() > 1,
            View::Me(me) => me.to_share.len() > 1,
            _ => continue,
        };
        let rendered = message(&view, None);
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for component in all_components(&rendered) {
            if component.get("emoji").is_some() {
                *numbers.entry(words(component, "/emoji/name")).or_default() += 1;
            }
        }
        assert_eq!(numbers.len() > 1, numbered, "{name}: {numbers:?}");
        for number in numbers.keys() {
            let all = Value::Array(rendered.embeds.clone()).to_string();
            assert!(all.contains(number), "{name}: {number}");
        }
    }
}

#[test]
fn the_longest_words_of_anybody_fit() {
    for long in ["@everyone *very* long ".repeat(5_000), "x".repeat(100_000)] {
        for (name, view) in View::samples() {
            check(&name, &message(&with_words(view, &long), Some(DELIVERY)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_words_of_anybody_make_a_message_that_discord_takes(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("@everyone <@1> <t:1:R>".to_owned()),
                Just("\u{202e}\u{200b}".to_owned()),
                Just("שלום مرحبا".to_owned()),
                Just("👩‍👩‍👧‍👦".to_owned()),
                Just("\n# x\n1. y\n".to_owned()),
                Just("   ".to_owned()),
                "\\PC{0,30}",
            ],
            0..30,
        ),
        times in prop_oneof![Just(1_usize), Just(40)],
    ) {
        let anything = parts.concat().repeat(times);
        for (name, view) in View::samples() {
            check(&name, &message(&with_words(view, &anything), Some(DELIVERY)));
        }
    }
}

#[test]
fn labels_of_any_length_fit_their_controls() {
    let long = "label ".repeat(100);
    let words = vec![Span::Text("x".into())];
    for label in [long.as_str(), " ", "\u{200b}"] {
        let choice = Control::Choice(Choice {
            label: format!("On boards {label}"),
            options: (0..40)
                .map(|at| {
                    (
                        label.to_owned(),
                        Action::StartShare(server_api::ids::PostId(Uuid::from_u128(at))),
                    )
                })
                .collect(),
            chosen: Some(0),
        });
        for control in [
            choice,
            Control::plain(label.to_owned(), Action::Help),
            Control::link(label.to_owned(), "https://example.org"),
        ] {
            let view = View::Notice(Notice {
                kind: NoticeKind::Info,
                words: words.clone(),
                control: Some(control),
            });
            check(label, &message(&view, None));
        }
    }
}

#[test]
fn what_is_no_address_is_left_out_instead_of_spoiling_the_message() {
    let too_long = format!("https://example.org/{}", "x".repeat(3_000));
    for url in [
        "javascript:alert(1)",
        "not an address",
        "https://",
        &too_long,
    ] {
        for (name, view) in View::samples() {
            let View::SuggestedPost(mut card) = view else {
                continue;
            };
            card.picture = Some(Picture {
                url: url.to_owned(),
                alt: "A crane".to_owned(),
            });
            card.controls.push(Control::link("Open".into(), url));
            let rendered = message(&View::SuggestedPost(card), None);
            check(&name, &rendered);
            let all = rendered.body().to_string();
            assert!(!all.contains("\"url\""), "{all}");
        }
    }
}

#[test]
fn nobodys_words_can_mention_or_format() {
    let view = View::Notice(Notice {
        kind: NoticeKind::Info,
        words: vec![Span::Text(
            "@everyone <@1> *loud* https://example.org".into(),
        )],
        control: None,
    });
    let rendered = message(&view, None);
    assert_eq!(
        words(&rendered.embeds[0], "/description"),
        "ℹ️ \\@everyone \\<\\@1> \\*loud\\* https\\://example.org"
    );
}
