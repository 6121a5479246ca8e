//! What an account sees that no directory can vouch for: how it becomes somebody's.

use super::{Phrase, View};
use crate::words::Words;

/// How an unknown account is paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairFirst {
    /// Its title.
    pub title: String,
    /// What to do, step by step.
    pub steps: Vec<Phrase>,
}

impl PairFirst {
    /// The steps; `contact` gives codes to whoever is on no other chat.
    pub fn new(words: &Words, contact: Option<&str>) -> Self {
        Self {
            title: words.pair_first_title(),
            steps: words.pair_first_steps(contact).to_vec(),
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        [
            ("pair_first", Some("Grace <comms@example.org>")),
            ("pair_first_unnamed", None),
        ]
        .into_iter()
        .map(|(name, contact)| (name.to_owned(), View::PairFirst(Self::new(words, contact))))
        .collect()
    }
}
