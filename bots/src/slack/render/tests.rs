//! Every sample renders, fits, and reads as Slack's own model reads it.

use std::collections::BTreeSet;

use conversation::Action;
use conversation::view::{Control, Notice, NoticeKind, Span};
use slack_morphism::prelude::{SlackBlock, SlackView};

use super::*;
use crate::tests::with_words;

fn walk<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    visit(value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| walk(field, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn check(name: &str, message: &Message) {
    assert!(!message.text.is_empty(), "{name}: no text");
    assert!(
        text::length(&message.text) <= limits::MESSAGE_TEXT,
        "{name}"
    );
    assert!(!message.blocks.is_empty(), "{name}: no blocks");
    assert!(message.blocks.len() <= limits::MESSAGE_BLOCKS, "{name}");
    let mut ids = BTreeSet::new();
    for block in &message.blocks {
        walk(block, &mut |value| {
            if let Some(id) = value["action_id"].as_str() {
                assert!(ids.insert(id.to_owned()), "{name}: {id} twice");
            }
            if value["type"] == "plain_text" || value["type"] == "mrkdwn" {
                let words = value["text"].as_str().unwrap();
                assert!(!words.is_empty(), "{name}: empty text");
                assert!(text::length(words) <= limits::SECTION_TEXT, "{name}");
            }
            if value["type"] == "actions" {
                assert!(value["elements"].as_array().unwrap().len() <= limits::ACTIONS);
            }
            for carried in ["value"] {
                if let Some(action) = value[carried].as_str() {
                    assert!(Action::decode(action).is_some(), "{name}: {action}");
                }
            }
        });
    }
    let read: Result<Vec<SlackBlock>, _> =
        serde_json::from_value(Value::Array(message.blocks.clone()));
    assert!(read.is_ok(), "{name}: {read:?}");
}

#[test]
fn every_sample_renders_within_the_limits() {
    for (name, view) in View::samples() {
        check(&name, &message(&view));
    }
}

#[test]
fn every_sample_looks_as_it_did() {
    for (name, view) in View::samples() {
        insta::assert_json_snapshot!(format!("message_{name}"), message(&view).blocks);
    }
}

#[test]
fn every_sample_can_stand_as_the_apps_home() {
    for (name, view) in View::samples() {
        let home = home(&view);
        assert_eq!(
            home["blocks"],
            Value::Array(message(&view).blocks),
            "{name}"
        );
        let read: Result<SlackView, _> = serde_json::from_value(home);
        assert!(matches!(read, Ok(SlackView::Home(_))), "{name}: {read:?}");
    }
}

#[test]
fn every_dialog_renders_and_looks_as_it_did() {
    for (name, dialog) in Dialog::samples() {
        let modal = modal(&dialog, "{}");
        let read: Result<SlackView, _> = serde_json::from_value(modal.clone());
        assert!(read.is_ok(), "{name}: {read:?}");
        insta::assert_json_snapshot!(format!("modal_{name}"), modal);
    }
}

#[test]
fn the_longest_words_of_anybody_fit() {
    let long = "<!channel> *very* long ".repeat(5_000);
    for (name, view) in View::samples() {
        check(&name, &message(&with_words(view, &long)));
    }
}

#[test]
fn what_is_no_address_is_left_out_instead_of_spoiling_the_message() {
    for url in ["javascript:alert(1)", "not an address", "https://"] {
        for (name, view) in View::samples() {
            let View::SuggestedPost(mut card) = view else {
                continue;
            };
            card.picture.iter_mut().for_each(|p| p.url = url.to_owned());
            card.controls.push(Control::link("Open".into(), url));
            let rendered = message(&View::SuggestedPost(card));
            check(&name, &rendered);
            let all = Value::Array(rendered.blocks).to_string();
            assert!(
                !all.contains("image_url") && !all.contains("\"url\""),
                "{all}"
            );
        }
    }
}

#[test]
fn nobodys_words_can_mention_or_format() {
    let view = View::Notice(Notice {
        kind: NoticeKind::Info,
        words: vec![Span::Text("<!channel> <@U1> *loud* &amp;".into())],
        control: None,
    });
    let rendered = message(&view);
    let words = rendered.blocks[0]["text"]["text"].as_str().unwrap();
    for out in [words, rendered.text.as_str()] {
        assert!(!out.contains('<'), "{out}");
        assert!(out.contains("&lt;!channel&gt;"), "{out}");
        assert!(!out.contains(" *loud"), "{out}");
        assert!(out.contains("&amp;amp;"), "{out}");
    }
}
