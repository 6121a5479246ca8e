//! What people type, and what controls carry: command lines, actions, Discord's custom
//! ids, dialogs that come back.

use bots::discord;
use conversation::{Action, Intent, short_id};
use proptest::prelude::*;
use uuid::Uuid;

use super::many;
use super::mutation::{edits, text};

const ACTION_WORDS: [&str; 14] = [
    ".",
    "1",
    "2",
    "d",
    "x",
    "u",
    "s",
    "k",
    "li",
    "xx",
    "-",
    "c",
    "p",
    "AAAAAAAAAAAAAAAAAAAAAA",
];
const TYPED_WORDS: [&str; 12] = [
    "pair",
    "board",
    "leaderboard",
    "week",
    "immer",
    "share",
    "hilfe",
    " ",
    "\u{a0}",
    "İ",
    "ẞ",
    "/",
];

/// An action with every shape of arguments.
fn action(kind: u8, id: u128) -> String {
    let id = short_id::encode(Uuid::from_u128(id));
    match kind % 8 {
        0 => "1.h".into(),
        1 => format!("1.s.{id}"),
        2 => format!("1.d.{id}.li"),
        3 => format!("1.d.{id}.ma.p"),
        4 => format!("1.x.{id}.c"),
        5 => "1.k.2.bs".into(),
        6 => format!("1.z.{id}"),
        _ => "1.t.q".into(),
    }
}

proptest! {
    #![proptest_config(many())]

    #[test]
    fn a_read_action_is_written_as_it_stood(kind: u8, id: u128, edits in edits()) {
        let carried = text(&action(kind, id), &edits, &ACTION_WORDS);
        if let Some(read) = Action::decode(&carried) {
            // One meaning has one text: nothing in it went unread.
            prop_assert_eq!(read.encode(), carried);
        } else {
            prop_assert_eq!(Intent::from_control(&carried), Intent::Outdated);
        }
    }

    #[test]
    fn a_custom_id_is_a_delivery_and_what_the_control_carries(
        kind: u8,
        (id, delivery) in any::<(u128, u128)>(),
        edits in edits(),
    ) {
        let delivery = short_id::encode(Uuid::from_u128(delivery));
        let good = format!("{delivery}.{}", action(kind, id));
        let (read, carried) = discord::render::carried(&good);
        prop_assert!(read.is_some());
        prop_assert!(Action::decode(carried).is_some());
        let changed = text(&good, &edits, &ACTION_WORDS);
        let (read, carried) = discord::render::carried(&changed);
        prop_assert!(changed.ends_with(carried));
        prop_assert_eq!(read.is_some(), carried.len() < changed.len());
        let _ = Intent::from_control(carried);
    }

    #[test]
    fn a_typed_line_is_a_wish_or_is_given_back(choice: u8, edits in edits()) {
        let lines = ["", "share", "me", "pair K7QM-2XRD", "leaderboard month", "rangliste immer"];
        let typed = text(lines[usize::from(choice) % lines.len()], &edits, &TYPED_WORDS);
        match Intent::from_command(&typed) {
            Intent::NotUnderstood { said } => {
                let read: String = typed.chars().take(200).collect();
                prop_assert_eq!(said, read.trim());
            }
            Intent::Pair { code } => prop_assert!(code.0.len() <= typed.len()),
            _ => {}
        }
    }

    #[test]
    fn a_dialog_that_comes_back_brings_known_fields_only(
        key in edits(),
        name in edits(),
        typed in edits(),
    ) {
        let key = text("1.followers.en", &key, &[".", "de", "1", "2", "followers"]);
        let name = text("followers.li", &name, &["ma", "??", "."]);
        let typed = text("850", &typed, &["1e9", "-", "٣", " "]);
        let fields = vec![(name, typed.clone()); 3];
        match Intent::from_dialog(&key, &fields) {
            Intent::SubmitFollowers { form, .. } => {
                prop_assert!(form.iter().all(|(_, said)| *said == typed));
            }
            other => prop_assert_eq!(other, Intent::Outdated),
        }
    }
}
