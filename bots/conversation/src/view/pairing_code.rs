//! A code that joins another account to a member: what to type, where, until when.

use server_api::enums::Platform;
use server_api::identity::PairingCode as Code;

use super::{Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// A code that joins another account; private, since whoever types it is let in.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingCode {
    /// Its title.
    pub title: String,
    /// What to type and where.
    pub typed: Phrase,
    /// Until when it counts, and what it brings.
    pub notes: Vec<Phrase>,
    /// The way on.
    pub controls: Vec<Control>,
}

impl std::fmt::Debug for PairingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PairingCode").finish_non_exhaustive()
    }
}

impl PairingCode {
    /// A fresh code, issued on `platform`, to be typed in the other chat.
    pub fn new(words: &Words, code: &Code, platform: Platform) -> Self {
        let other = match platform {
            Platform::Slack => Platform::Discord,
            Platform::Discord => Platform::Slack,
        };
        Self {
            title: words.pairing_title(),
            typed: words.pairing_type(&words.platform(other), &code.code),
            notes: vec![words.pairing_until(code.expires_at), words.pairing_brings()],
            controls: vec![Control::plain(words.my_choices(), Action::ShowChoices)],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let view = Self::new(words, &sample_data::pairing_code(), Platform::Slack);
        vec![("pairing_code".to_owned(), View::PairingCode(view))]
    }
}
