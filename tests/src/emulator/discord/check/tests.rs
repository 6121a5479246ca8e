//! The limits of Discord, one by one, and the form in which it tells of them.
use serde_json::{Value, json};

use super::callback::Callback;
use super::*;
use crate::emulator::discord::state::interactions::Kind;

fn button(custom_id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": "Share", "custom_id": custom_id })
}

fn row(parts: &[Value]) -> Value {
    json!({ "type": 1, "components": parts })
}

fn select(options: usize, more: &Value) -> Value {
    let options: Vec<Value> = (0..options)
        .map(|n| json!({ "label": format!("o{n}"), "value": n.to_string() }))
        .collect();
    let mut select = json!({ "type": 3, "custom_id": "s", "options": options });
    for (field, value) in more.as_object().into_iter().flatten() {
        select[field] = value.clone();
    }
    select
}

fn with_rows(rows: &[Value]) -> Value {
    json!({ "content": "x", "components": rows })
}

fn with_embed(embed: &Value) -> Value {
    json!({ "embeds": [embed] })
}

/// The faults of a message in a channel, as Discord tells them.
fn faults(body: &Value) -> String {
    match message(body, Surface::Channel) {
        Ok(_) => String::new(),
        Err(refusal) => refusal
            .errors
            .map_or(refusal.message, |errors| errors.to_string()),
    }
}

#[test]
fn a_message_within_all_limits_is_taken() {
    let fields = json!([{ "name": "n".repeat(256), "value": "v".repeat(1_024), "inline": true }]);
    let embed = json!({
        "title": "t".repeat(256), "description": "d".repeat(4_000), "url": "https://a.example/x",
        "color": 0xff_ffff, "timestamp": "2026-11-22T12:00:00Z", "fields": fields,
        "author": { "name": "a" }, "footer": { "text": "f" }, "image": { "url": "https://a.example/p.png" },
    });
    let rows = [
        row(&[
            button("1"),
            button("2"),
            button("3"),
            button("4"),
            json!({ "type": 2, "style": 5, "label": "Open", "url": "https://a.example" }),
        ]),
        row(&[select(
            25,
            &json!({ "placeholder": "p".repeat(150), "min_values": 0, "max_values": 25 }),
        )]),
    ];
    let body = json!({
        "content": "c".repeat(2_000), "embeds": [embed], "components": rows, "nonce": "n".repeat(25),
        "enforce_nonce": true, "allowed_mentions": { "parse": [] },
    });
    assert_eq!(faults(&body), "");
}

#[test]
fn each_limit_of_an_embed_is_kept() {
    let long = |n: usize| "x".repeat(n);
    let cases = [
        (with_embed(&json!({ "title": long(257) })), "256 or fewer"),
        (
            with_embed(&json!({ "description": long(4_097) })),
            "4096 or fewer",
        ),
        (
            with_embed(&json!({ "fields": [{ "name": long(257), "value": "v" }] })),
            "256 or fewer",
        ),
        (
            with_embed(&json!({ "fields": [{ "name": "n", "value": long(1_025) }] })),
            "1024 or fewer",
        ),
        (
            with_embed(&json!({ "fields": [{ "name": " ", "value": "v" }] })),
            "BASE_TYPE_REQUIRED",
        ),
        (
            with_embed(&json!({ "fields": vec![json!({ "name": "n", "value": "v" }); 26] })),
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            with_embed(&json!({ "footer": { "text": long(2_049) } })),
            "2048 or fewer",
        ),
        (
            with_embed(&json!({ "author": { "name": long(257) } })),
            "256 or fewer",
        ),
        (
            with_embed(&json!({ "title": "t", "url": "javascript:x" })),
            "URL_TYPE_INVALID",
        ),
        (
            with_embed(&json!({ "title": "t", "image": { "url": "ftp://a.example/x" } })),
            "URL_TYPE_INVALID_SCHEME",
        ),
        (
            with_embed(&json!({ "title": "t", "timestamp": "tomorrow" })),
            "DATE_TIME_TYPE_PARSE",
        ),
        (
            with_embed(&json!({ "title": "t", "color": 0x100_0000 })),
            "NUMBER_TYPE_RANGE",
        ),
        (with_embed(&json!({})), "BASE_TYPE_REQUIRED"),
        (
            json!({ "embeds": vec![json!({ "description": long(3_001) }); 2] }),
            "MAX_EMBED_SIZE_EXCEEDED",
        ),
    ];
    for (body, expected) in cases {
        assert!(
            faults(&body).contains(expected),
            "{expected}: {}",
            faults(&body)
        );
    }
}

#[test]
fn each_limit_of_a_message_is_kept() {
    let long = |n: usize| "x".repeat(n);
    let cases = [
        (
            json!({ "content": long(2_001) }),
            r#""content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 2000 or fewer in length."}]}"#,
        ),
        (
            json!({ "embeds": vec![json!({ "title": "t" }); 11] }),
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({ "content": "x", "nonce": long(26) }),
            "NONCE_TYPE_INVALID",
        ),
        (json!({ "content": "x", "flags": 64 }), "BITFIELD_INVALID"),
        (
            json!({ "content": "x", "colour": 3 }),
            "There is no such field.",
        ),
        (json!({ "content": 3 }), "STRING_TYPE_CONVERT"),
        (
            json!({ "content": "x", "allowed_mentions": { "parse": ["all"] } }),
            "BASE_TYPE_CHOICES",
        ),
        (json!({ "content": " " }), "Cannot send an empty message"),
    ];
    for (body, expected) in cases {
        assert!(
            faults(&body).contains(expected),
            "{expected}: {}",
            faults(&body)
        );
    }
}

#[test]
fn each_limit_of_a_select_is_kept() {
    let cases = [
        (
            vec![row(&[button("a"), select(1, &json!({}))])],
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        ),
        (vec![row(&[select(26, &json!({}))])], "BASE_TYPE_BAD_LENGTH"),
        (vec![row(&[select(0, &json!({}))])], "BASE_TYPE_BAD_LENGTH"),
        (
            vec![row(&[select(2, &json!({ "max_values": 3 }))])],
            "MAX_VALUES_EXCEEDED",
        ),
        (
            vec![row(&[select(
                2,
                &json!({ "placeholder": "p".repeat(151) }),
            )])],
            "150 or fewer",
        ),
        (
            vec![row(&[
                json!({ "type": 3, "custom_id": "s", "options": vec![json!({ "label": "a", "value": "1" }); 2] }),
            ])],
            "OPTION_VALUE_DUPLICATED",
        ),
        (
            vec![row(&[
                json!({ "type": 3, "custom_id": "s", "options": [{ "label": "l".repeat(101), "value": "1" }] }),
            ])],
            "100 or fewer",
        ),
    ];
    for (rows, expected) in cases {
        let found = faults(&with_rows(&rows));
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

#[test]
fn each_limit_of_buttons_and_rows_is_kept() {
    let cases = [
        (vec![row(&[button("a")]); 6], "BASE_TYPE_BAD_LENGTH"),
        (vec![row(&[])], "BASE_TYPE_BAD_LENGTH"),
        (
            vec![row(&["1", "2", "3", "4", "5", "6"].map(button))],
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            vec![row(&[button("a"), button("a")])],
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (vec![row(&[button(&"x".repeat(101))])], "100 or fewer"),
        (
            vec![row(&[
                json!({ "type": 2, "style": 1, "label": "l".repeat(81), "custom_id": "a" }),
            ])],
            "80 or fewer",
        ),
        (
            vec![row(&[json!({ "type": 2, "style": 1, "custom_id": "a" })])],
            "BUTTON_COMPONENT_INVALID_LABEL",
        ),
        (
            vec![row(&[json!({ "type": 2, "style": 1, "label": "a" })])],
            "BASE_TYPE_REQUIRED",
        ),
        (
            vec![row(&[json!({ "type": 2, "style": 5, "label": "a" })])],
            "BASE_TYPE_REQUIRED",
        ),
        (
            vec![row(&[
                json!({ "type": 2, "style": 5, "label": "a", "url": "https://a.example", "custom_id": "x" }),
            ])],
            "MUTUALLY_EXCLUSIVE",
        ),
        (
            vec![row(&[
                json!({ "type": 2, "style": 5, "label": "a", "url": format!("https://a.example/{}", "x".repeat(500)) }),
            ])],
            "512 or fewer",
        ),
        (
            vec![row(&[
                json!({ "type": 2, "style": 2, "label": "a", "url": "https://a.example", "custom_id": "x" }),
            ])],
            "URL_NOT_ALLOWED",
        ),
        (
            vec![row(&[
                json!({ "type": 2, "style": 2, "label": "a", "custom_id": "x", "emoji": { "name": "wave" } }),
            ])],
            "COMPONENT_INVALID_EMOJI",
        ),
        (vec![row(&[json!({ "type": 9 })])], "UNION_TYPE_CHOICES"),
    ];
    for (rows, expected) in cases {
        let found = faults(&with_rows(&rows));
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

#[test]
fn a_fault_is_told_where_it_is() {
    let refusal = message(&with_rows(&[row(&[button(" ")])]), Surface::Channel).unwrap_err();
    assert_eq!(
        (refusal.status, refusal.code, refusal.rule),
        (400, 50035, Some(Rule::InvalidBody))
    );
    let errors = refusal.errors.unwrap();
    let at = "/components/0/components/0/custom_id/_errors/0/code";
    assert_eq!(errors.pointer(at), Some(&json!("BASE_TYPE_REQUIRED")));
}

fn modal(title: &str, inputs: &[Value]) -> Value {
    let rows: Vec<Value> = inputs
        .iter()
        .map(|input| row(std::slice::from_ref(input)))
        .collect();
    json!({ "type": 9, "data": { "custom_id": "m", "title": title, "components": rows } })
}

fn input(more: &Value) -> Value {
    let mut input = json!({ "type": 4, "style": 2, "label": "Text", "custom_id": "t" });
    for (field, value) in more.as_object().into_iter().flatten() {
        input[field] = value.clone();
    }
    input
}

#[test]
fn a_modal_has_a_short_title_and_at_most_five_inputs() {
    let command = Kind::Command {
        name: "chorus".to_owned(),
    };
    let told = |body: &Value| match callback::check(body, &command) {
        Ok(_) => String::new(),
        Err(refusal) => refusal.errors.unwrap_or_default().to_string(),
    };
    let five: Vec<Value> = (0..5)
        .map(|n| input(&json!({ "custom_id": n.to_string() })))
        .collect();
    let six: Vec<Value> = (0..6)
        .map(|n| input(&json!({ "custom_id": n.to_string() })))
        .collect();
    assert_eq!(told(&modal(&"t".repeat(45), &five)), "");
    assert!(told(&modal(&"t".repeat(46), &five)).contains("45 or fewer"));
    assert!(told(&modal("t", &six)).contains("BASE_TYPE_BAD_LENGTH"));
    for (more, expected) in [
        (json!({ "label": "l".repeat(46) }), "45 or fewer"),
        (json!({ "value": "v".repeat(4_001) }), "4000 or fewer"),
        (json!({ "value": "vvv", "max_length": 2 }), "2 or fewer"),
        (json!({ "placeholder": "p".repeat(101) }), "100 or fewer"),
        (
            json!({ "min_length": 5, "max_length": 2 }),
            "MIN_LENGTH_EXCEEDED",
        ),
        (json!({ "style": 3 }), "NUMBER_TYPE_RANGE"),
    ] {
        let found = told(&modal("t", &[input(&more)]));
        assert!(found.contains(expected), "{expected}: {found}");
    }
    let below_label = json!({ "type": 9, "data": { "custom_id": "m", "title": "t", "components": [{
        "type": 18, "label": "Network", "component": select(2, &json!({})),
    }] } });
    assert_eq!(told(&below_label), "");
}

#[test]
fn each_kind_of_interaction_takes_its_own_answers() {
    let component = Kind::Component {
        message: "1".into(),
    };
    let modal_of_command = Kind::Modal { acted_on: None };
    let taken = |number: u64, kind: &Kind| {
        let data = if number == 8 {
            json!({ "choices": [] })
        } else {
            json!({ "content": "x" })
        };
        let body = if matches!(number, 5 | 6) {
            json!({ "type": number })
        } else {
            json!({ "type": number, "data": data })
        };
        callback::check(&body, kind)
            .err()
            .map(|refusal| refusal.rule)
    };
    let wrong = Some(Some(Rule::WrongAnswer));
    assert_eq!((taken(6, &component), taken(7, &component)), (None, None));
    assert_eq!(
        taken(
            7,
            &Kind::Command {
                name: "c".to_owned()
            }
        ),
        wrong
    );
    assert_eq!(
        (taken(9, &modal_of_command), taken(6, &modal_of_command)),
        (wrong, wrong)
    );
    assert_eq!(
        (taken(8, &Kind::Autocomplete), taken(4, &Kind::Autocomplete)),
        (None, wrong)
    );
    assert_eq!((taken(8, &component), taken(1, &component)), (wrong, wrong));
}

#[test]
fn a_deferral_says_only_who_will_see_the_answer() {
    let command = Kind::Command {
        name: "c".to_owned(),
    };
    let private =
        callback::check(&json!({ "type": 5, "data": { "flags": 64 } }), &command).unwrap();
    assert_eq!(private, Callback::DeferredMessage { is_ephemeral: true });
    let wordy = callback::check(&json!({ "type": 5, "data": { "content": "x" } }), &command);
    assert!(
        wordy
            .unwrap_err()
            .errors
            .unwrap()
            .to_string()
            .contains("no such field")
    );
}

#[test]
fn options_are_ordered_and_typed_as_discord_wants_them() {
    let command = |name: &str, options: Value| json!([{ "name": name, "description": "d", "options": options }]);
    let option = |name: &str, required: bool| json!({ "type": 3, "name": name, "description": "d", "required": required });
    let told = |body: &Value| match commands::check(body) {
        Ok(_) => String::new(),
        Err(refusal) => refusal.errors.unwrap_or_default().to_string(),
    };
    assert_eq!(
        told(&command(
            "chorus",
            json!([option("code", true), option("team", false)])
        )),
        ""
    );
    let cases = [
        (
            command("a", json!([option("x", false), option("y", true)])),
            "OPTIONS_REQUIRED_INVALID",
        ),
        (
            command("a", json!([option("x", false), option("x", false)])),
            "OPTIONS_NAME_INVALID",
        ),
        (
            command("a", json!(vec![option("x", false); 26])),
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            command(
                "a",
                json!([{ "type": 3, "name": "x", "description": "d", "autocomplete": true,
            "choices": [{ "name": "n", "value": "v" }] }]),
            ),
            "AUTOCOMPLETE_INVALID",
        ),
        (
            command(
                "a",
                json!([{ "type": 12, "name": "x", "description": "d" }]),
            ),
            "NUMBER_TYPE_RANGE",
        ),
    ];
    for (body, expected) in cases {
        assert!(
            told(&body).contains(expected),
            "{expected}: {}",
            told(&body)
        );
    }
}

#[test]
fn commands_are_named_as_discord_wants_them() {
    let command = |name: &str, options: Value| json!([{ "name": name, "description": "d", "options": options }]);
    let option = |name: &str, required: bool| json!({ "type": 3, "name": name, "description": "d", "required": required });
    let told = |body: &Value| match commands::check(body) {
        Ok(_) => String::new(),
        Err(refusal) => refusal.errors.unwrap_or_default().to_string(),
    };
    assert_eq!(
        told(&command(
            "chorus",
            json!([option("code", true), option("team", false)])
        )),
        ""
    );
    let cases = [
        (command("Chorus", json!([])), "INVALID_NAME"),
        (command("two words", json!([])), "INVALID_NAME"),
        (command(&"n".repeat(33), json!([])), "32 or fewer"),
        (
            json!([{ "name": "a", "description": "d".repeat(101) }]),
            "100 or fewer",
        ),
        (json!([{ "name": "a" }]), "BASE_TYPE_REQUIRED"),
        (
            json!([{ "name": "a", "description": "d" }, { "name": "a", "description": "d" }]),
            "DUPLICATE_NAME",
        ),
        (
            json!([{ "name": "a", "description": "d", "alias": "b" }]),
            "no such field",
        ),
    ];
    for (body, expected) in cases {
        assert!(
            told(&body).contains(expected),
            "{expected}: {}",
            told(&body)
        );
    }
}
