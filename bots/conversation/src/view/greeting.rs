//! The one greeting of a new member: three short steps, the last of them a choice.

use server_api::enums::BoardVisibility;

use super::{Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// The one greeting of a new member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Where one is welcome.
    pub title: String,
    /// The steps.
    pub steps: Vec<Phrase>,
    /// The choice how to appear on boards, which finishes onboarding.
    pub controls: Vec<Control>,
}

impl Greeting {
    /// The greeting, with the pseudonym that is on offer.
    pub fn new(words: &Words, organization: &str, pseudonym: &str) -> Self {
        Self {
            title: words.greeting_title(organization),
            steps: words.greeting_steps().to_vec(),
            controls: last_step(words, pseudonym),
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let me = sample_data::me();
        vec![(
            "greeting".to_owned(),
            View::Greeting(Self::new(words, &me.organization, &me.pseudonym)),
        )]
    }
}

/// The choice that finishes onboarding.
pub(super) fn last_step(words: &Words, pseudonym: &str) -> Vec<Control> {
    let choice = |label, visibility| Control::plain(label, Action::FinishOnboarding(visibility));
    vec![
        choice(words.visibility_name(), BoardVisibility::Name),
        choice(
            words.visibility_pseudonym(pseudonym),
            BoardVisibility::Pseudonym,
        ),
        choice(words.visibility_hidden(), BoardVisibility::Hidden),
    ]
}
