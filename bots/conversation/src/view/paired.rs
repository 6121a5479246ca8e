//! Two accounts became one member: told on both sides, with the way back.

use server_api::enums::Platform;
use server_api::identity::Paired as Pairing;
use server_api::ids::IdentityId;

use super::greeting::last_step;
use super::{Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// Two accounts became one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// Whose account it is now, or which account joined.
    pub headline: Phrase,
    /// What that brings, or what to do if it is wrong.
    pub detail: Phrase,
    /// The way on, and the way back.
    pub controls: Vec<Control>,
}

impl Paired {
    /// For the account that typed the code.
    pub fn receipt(words: &Words, pairing: &Pairing) -> Self {
        Self {
            headline: words.paired(&pairing.display_name, &pairing.organization),
            detail: words.pairing_brings(),
            controls: vec![
                Control::primary(words.show_me(), Action::ShowMe),
                undo(words, pairing.identity_id),
            ],
        }
    }

    /// The same for a member who has not been greeted on any chat: the greeting's last step
    /// comes here.
    pub fn welcome(words: &Words, pairing: &Pairing, pseudonym: &str) -> Self {
        let mut controls = last_step(words, pseudonym);
        controls.push(undo(words, pairing.identity_id));
        Self {
            headline: words.paired(&pairing.display_name, &pairing.organization),
            detail: words.choose_visibility(),
            controls,
        }
    }

    /// For the account that was there before.
    pub fn notice(words: &Words, identity: IdentityId, platform: Platform, account: &str) -> Self {
        Self {
            headline: words.paired_account(&words.platform(platform), account),
            detail: words.paired_not_you(),
            controls: vec![undo(words, identity)],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let pairing = sample_data::paired();
        let notice = Self::notice(words, pairing.identity_id, Platform::Discord, "ada#1815");
        let welcome = Self::welcome(words, &pairing, &sample_data::me().pseudonym);
        vec![
            ("paired_welcome".to_owned(), View::Paired(welcome)),
            (
                "paired".to_owned(),
                View::Paired(Self::receipt(words, &pairing)),
            ),
            ("paired_notice".to_owned(), View::Paired(notice)),
        ]
    }
}

fn undo(words: &Words, identity: IdentityId) -> Control {
    Control::plain(words.undo(), Action::Unpair(identity))
}
