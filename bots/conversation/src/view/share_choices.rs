//! A member's ways to share a post: private, neutral, every network within reach.

use server_api::enums::{Network, ShareState};
use server_api::share::{ShareChoice, ShareChoices as Choices};

use super::{Button, Control, Link, Phrase, View, Weight, sample_data};
use crate::action::Action;
use crate::intent::Surface;
use crate::words::Words;

/// How many networks stand in front for a member who prefers none.
const IN_FRONT_UNASKED: usize = 3;

/// A member's ways to share a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareChoices {
    /// The post's headline.
    pub title: String,
    /// One or two neutral sentences; may be empty.
    pub summary: String,
    /// How sharing goes, or that no network can carry the post.
    pub intro: Phrase,
    /// Invites to use one's own words.
    pub hint: Phrase,
    /// The networks that stand in front.
    pub front: Vec<Way>,
    /// All others.
    pub others: Vec<Way>,
    /// Words before the others.
    pub others_label: String,
    /// Words on the choice of one of the others to confirm.
    pub others_done_label: String,
    /// The way back, where there is one.
    pub back: Option<Control>,
}

/// A way to share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The network's name.
    pub name: String,
    /// Leads to our page for it.
    pub open: Link,
    /// Says that one has shared there.
    pub done: Button,
    /// What is known of the member's share there.
    pub state: Option<Phrase>,
}

impl ShareChoices {
    /// The ways that the server offers this member.
    pub fn new(words: &Words, choices: &Choices) -> Self {
        let preferred = choices.networks.iter().filter(|way| way.preferred).count();
        let in_front = if preferred == 0 {
            IN_FRONT_UNASKED
        } else {
            preferred
        };
        let mut front: Vec<Way> = choices
            .networks
            .iter()
            .map(|choice| way(words, choices, choice))
            .collect();
        let others = front.split_off(in_front.min(front.len()));
        Self {
            title: choices.post.title.clone(),
            summary: choices.post.summary.clone(),
            intro: if front.is_empty() {
                words.choices_none()
            } else {
                words.choices_intro()
            },
            hint: words.choices_words(),
            front,
            others,
            others_label: words.choices_elsewhere(),
            others_done_label: words.choices_done_elsewhere(),
            back: None,
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let all = sample_data::share_choices();
        let mut unasked = all.clone();
        for choice in &mut unasked.networks {
            choice.preferred = false;
        }
        let mut none = all.clone();
        none.networks.clear();
        [
            ("share_choices", all),
            ("share_choices_unasked", unasked),
            ("share_choices_none", none),
        ]
        .into_iter()
        .map(|(name, choices)| {
            (
                name.to_owned(),
                View::ShareChoices(Self::new(words, &choices)),
            )
        })
        .collect()
    }
}

fn way(words: &Words, choices: &Choices, choice: &ShareChoice) -> Way {
    let network: Network = choice.network;
    Way {
        name: words.network(network),
        open: Link {
            label: words.open_network(network),
            url: choice.url.clone(),
        },
        done: Button {
            label: words.done_on(network),
            action: Action::ConfirmShared(choices.post.post_id, network, Surface::Message),
            weight: Weight::Plain,
        },
        state: choice.state.and_then(|state| match state {
            ShareState::Opened => Some(words.choices_opened()),
            ShareState::Confirmed | ShareState::Proven | ShareState::Published => {
                Some(words.choices_shared())
            }
            ShareState::Scheduled | ShareState::Failed | ShareState::Withdrawn => None,
        }),
    }
}
