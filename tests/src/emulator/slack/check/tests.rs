//! Each limit at its edge and one beyond it.
use serde_json::{Value, json};

use super::blocks::{Surface, problems};
use super::*;

fn of(block: Value) -> Vec<String> {
    problems(&[block], Surface::Message)
}

fn text(length: usize) -> Value {
    json!({ "type": "plain_text", "text": "x".repeat(length) })
}

#[test]
fn a_card_with_every_block_is_accepted() {
    let card = [
        json!({ "type": "header", "text": text(150) }),
        json!({ "type": "section", "text": { "type": "mrkdwn", "text": "*words*" },
            "accessory": { "type": "image", "image_url": "https://a.example/i.png", "alt_text": "a" } }),
        json!({ "type": "divider" }),
        json!({ "type": "context", "elements": [{ "type": "mrkdwn", "text": "small print" }] }),
        json!({ "type": "actions", "elements": [
            { "type": "button", "text": text(75), "action_id": "a", "value": "v", "style": "primary" },
            { "type": "overflow", "action_id": "b", "options": [
                { "text": text(3), "value": "1" }, { "text": text(3), "value": "2" }] },
        ] }),
    ];
    assert_eq!(problems(&card, Surface::Message), Vec::<String>::new());
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn each_limit_is_refused_one_beyond_it() {
    let button = |change: Value| {
        let mut button = json!({ "type": "button", "text": text(1), "action_id": "a" });
        let fields = button.as_object_mut().unwrap();
        fields.extend(change.as_object().unwrap().clone());
        json!({ "type": "actions", "elements": [button] })
    };
    let option = |n: usize| json!({ "text": text(1), "value": n.to_string() });
    let options = |count: usize| (0..count).map(option).collect::<Vec<_>>();
    for (what, block) in [
        ("header", json!({ "type": "header", "text": text(151) })),
        ("section", json!({ "type": "section", "text": text(3_001) })),
        (
            "fields",
            json!({ "type": "section", "fields": vec![text(1); 11] }),
        ),
        (
            "field",
            json!({ "type": "section", "fields": [text(2_001)] }),
        ),
        ("empty text", json!({ "type": "section", "text": text(0) })),
        ("no text", json!({ "type": "section" })),
        (
            "alt text",
            json!({ "type": "image", "image_url": "https://a.example/i.png" }),
        ),
        (
            "address",
            json!({ "type": "image", "image_url": "javascript:x", "alt_text": "" }),
        ),
        (
            "context",
            json!({ "type": "context", "elements": vec![text(1); 11] }),
        ),
        ("button text", button(json!({ "text": text(76) }))),
        ("value", button(json!({ "value": "x".repeat(2_001) }))),
        ("action id", button(json!({ "action_id": "x".repeat(256) }))),
        (
            "url",
            button(json!({ "url": format!("https://a.example/{}", "x".repeat(3_000)) })),
        ),
        ("style", button(json!({ "style": "loud" }))),
        ("unknown field", button(json!({ "colour": "red" }))),
        (
            "block id",
            json!({ "type": "divider", "block_id": "x".repeat(256) }),
        ),
        ("unknown block", json!({ "type": "confetti" })),
        (
            "input",
            json!({ "type": "input", "label": text(1), "element": {} }),
        ),
        (
            "overflow",
            json!({ "type": "actions", "elements": [
            { "type": "overflow", "options": options(6) }] }),
        ),
        (
            "select",
            json!({ "type": "actions", "elements": [
            { "type": "static_select", "options": options(101) }] }),
        ),
        (
            "initial",
            json!({ "type": "actions", "elements": [
            { "type": "static_select", "options": options(2), "initial_option": option(3) }] }),
        ),
        (
            "same action",
            json!({ "type": "actions", "elements": [
            { "type": "button", "text": text(1), "action_id": "a" },
            { "type": "button", "text": text(1), "action_id": "a" }] }),
        ),
    ] {
        assert!(
            !of(block.clone()).is_empty(),
            "{what} was let through: {block}"
        );
    }
}

#[test]
fn too_many_blocks_and_repeated_block_ids_are_refused() {
    let divider = |id: usize| json!({ "type": "divider", "block_id": id.to_string() });
    let blocks: Vec<Value> = (0..51).map(divider).collect();
    assert_eq!(
        problems(&blocks[..50], Surface::Message),
        Vec::<String>::new()
    );
    assert_eq!(problems(&blocks, Surface::Message).len(), 1);
    assert_eq!(problems(&blocks, Surface::View), Vec::<String>::new());
    assert_eq!(
        problems(&[divider(1), divider(1)], Surface::Message).len(),
        1
    );
}

#[test]
fn a_modal_needs_a_short_title_and_a_submit_button_for_inputs() {
    let input =
        json!({ "type": "input", "label": text(5), "element": { "type": "plain_text_input" } });
    let modal = |title: usize| {
        json!({ "type": "modal", "title": text(title), "blocks": [input],
        "submit": text(4) })
    };
    assert_eq!(views::problems(&modal(24)), Vec::<String>::new());
    assert_eq!(views::problems(&modal(25)).len(), 1);
    let mut silent = modal(24);
    silent.as_object_mut().unwrap().remove("submit");
    assert_eq!(views::problems(&silent).len(), 1);
    let mut empty = modal(24);
    empty["blocks"] = json!([]);
    assert_eq!(views::problems(&empty).len(), 1);
}

#[test]
fn a_home_has_blocks_and_nothing_of_a_modal() {
    let divider = json!({ "type": "divider" });
    let home = json!({ "type": "home", "blocks": vec![divider.clone(); 100] });
    assert_eq!(views::problems(&home), Vec::<String>::new());
    let over = json!({ "type": "home", "blocks": vec![divider.clone(); 101] });
    assert!(!views::problems(&over).is_empty());
    assert_eq!(views::problems(&json!({ "type": "home" })).len(), 1);
    for field in ["title", "submit", "close"] {
        let mut dressed = home.clone();
        dressed[field] = text(4);
        assert_eq!(views::problems(&dressed).len(), 1, "{field}");
    }
    let mut heavy = home;
    heavy["private_metadata"] = json!("x".repeat(256 * 1024));
    assert_eq!(views::problems(&heavy).len(), 2);
    assert_eq!(
        views::problems(&json!({ "type": "page", "blocks": [] })).len(),
        1
    );
}

#[test]
fn metadata_has_a_type_a_payload_and_a_size() {
    let with = |metadata: Value| {
        let fields = json!({ "text": "t", "metadata": metadata });
        content(fields.as_object().unwrap()).map_err(|refusal| refusal.error)
    };
    assert!(with(json!({ "event_type": "a", "event_payload": { "b": "c" } })).is_ok());
    assert_eq!(
        with(json!({ "event_type": "a" })).unwrap_err(),
        "invalid_metadata_format"
    );
    let large = json!({ "event_type": "a", "event_payload": { "b": "c".repeat(16_000) } });
    assert_eq!(with(large).unwrap_err(), "metadata_too_large");
}

#[test]
fn arguments_come_as_json_or_as_a_form_but_never_unknown() {
    let post = arguments::of("chat.postMessage").unwrap();
    let given = |value: Value| value.as_object().unwrap().clone();
    let form = given(json!({ "channel": "C1", "blocks": "[]", "unfurl_links": "false" }));
    let decoded = arguments::decode(post, form, false).unwrap();
    assert_eq!(
        Value::Object(decoded),
        json!({ "channel": "C1", "blocks": [], "unfurl_links": false })
    );
    let unknown = given(json!({ "channel": "C1", "colour": "red" }));
    assert_eq!(
        arguments::decode(post, unknown, true).unwrap_err().rule,
        Some(Rule::UnknownArgument)
    );
    let missing = given(json!({ "text": "t" }));
    assert_eq!(
        arguments::decode(post, missing, true).unwrap_err().rule,
        Some(Rule::WrongArgument)
    );
    let info = arguments::of("users.info").unwrap();
    let json_body = given(json!({ "user": "U1" }));
    let refused = arguments::decode(info, json_body, true).unwrap_err();
    assert_eq!(refused.rule, Some(Rule::JsonNotAccepted));
    assert!(arguments::of("chat.shout").is_none());
}
