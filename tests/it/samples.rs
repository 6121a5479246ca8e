//! Every sample view and dialog, rendered: the emulators' strict reading takes each of them, and where
//! the run is recorded, others' schemas judge it too.

use bots::slack::render;
use conversation::{Dialog, View};
use serde_json::{Value, json};
use tests::emulator::slack::check::{blocks, views};
use tests::recorder::{self, Kind};

#[test]
fn slack_takes_every_sample_message() {
    for (name, view) in View::samples() {
        let message = render::message(&view);
        let problems = blocks::problems(&message.blocks, blocks::Surface::Message);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        let body = json!({ "text": message.text, "blocks": message.blocks });
        recorder::record("slack", Kind::Message, &name, &body);
    }
}

#[test]
fn slack_takes_every_sample_modal() {
    for (name, dialog) in Dialog::samples() {
        let modal: Value = render::modal(&dialog, "{}");
        let problems = views::problems(&modal);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        recorder::record("slack", Kind::Surface, &name, &modal);
    }
}
