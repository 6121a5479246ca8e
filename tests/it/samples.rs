//! Every sample view and dialog, rendered: the emulators' strict reading takes each of them, and where
//! the run is recorded, others' schemas judge it too.

use bots::discord::render::Opening;
use bots::{discord, slack};
use conversation::dialog::{Field, WITH_FOLLOWERS};
use conversation::{Dialog, View};
use serde_json::{Value, json};
use server_api::ids::DeliveryId;
use tests::emulator::discord::check as discord_check;
use tests::emulator::discord::state::interactions;
use tests::emulator::slack::check::{blocks, views};
use tests::recorder::{self, Kind};
use uuid::Uuid;

#[test]
fn slack_takes_every_sample_message() {
    for (name, view) in View::samples() {
        let message = slack::render::message(&view);
        let problems = blocks::problems(&message.blocks, blocks::Surface::Message);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        let body = json!({ "text": message.text, "blocks": message.blocks });
        recorder::record("slack", Kind::Message, &name, &body);
    }
}

#[test]
fn slack_takes_every_sample_as_a_home_page() {
    for (name, view) in View::samples() {
        let home = slack::render::home(&view);
        let problems = views::problems(&home);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        recorder::record("slack", Kind::Surface, &name, &home);
    }
}

#[test]
fn slack_takes_every_sample_modal() {
    for (name, dialog) in Dialog::samples() {
        let modal: Value = slack::render::modal(&dialog, "{}");
        let problems = views::problems(&modal);
        assert!(problems.is_empty(), "{name}: {problems:?}");
        recorder::record("slack", Kind::Surface, &name, &modal);
    }
}

fn discord_takes_message(name: &str, message: &discord::render::Message) {
    let body = message.body();
    let taken = discord_check::message(&body, discord_check::Surface::Channel);
    assert!(taken.is_ok(), "{name}: {taken:?}");
    recorder::record("discord", Kind::Message, name, &body);
}

#[test]
fn discord_takes_every_sample_message() {
    for (name, view) in View::samples() {
        for delivery in [None, Some(DeliveryId(Uuid::now_v7()))] {
            discord_takes_message(&name, &discord::render::message(&view, delivery));
        }
    }
}

#[test]
fn discord_takes_every_sample_dialog() {
    let some = WITH_FOLLOWERS.map(Field::Followers);
    for (name, dialog) in Dialog::samples() {
        for only in [&[], &some[..discord::limits::MODAL_INPUTS]] {
            match discord::render::dialog(&dialog, only) {
                Opening::Message(message) => discord_takes_message(&name, &message),
                Opening::Modal(modal) => {
                    let answer = json!({ "type": 9, "data": modal });
                    let kind = interactions::Kind::Command {
                        name: "chorus".to_owned(),
                    };
                    let taken = discord_check::callback::check(&answer, &kind);
                    assert!(taken.is_ok(), "{name}: {taken:?}");
                    recorder::record("discord", Kind::Surface, &name, &modal);
                }
            }
        }
    }
}

#[test]
fn discord_takes_every_command() {
    let all = Value::Array(discord::commands::all());
    let taken = discord_check::commands::check(&all);
    assert!(taken.is_ok(), "{taken:?}");
    let route = "PUT /applications/{application_id}/commands";
    recorder::record("discord", Kind::Call, route, &all);
}
