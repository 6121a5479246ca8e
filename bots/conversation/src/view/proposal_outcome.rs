//! What became of a proposal, for who made it.

use server_api::enums::ProposalState;
use server_api::proposal::ProposalOutcome as Outcome;

use super::{Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalOutcome {
    /// The headline of the page, else its site.
    pub title: String,
    /// What was decided, and what it earned.
    pub outcome: Phrase,
    /// What the comms team says.
    pub note: Option<Phrase>,
    /// The way on: it also lets history be reconciled.
    pub controls: Vec<Control>,
}

/// What a page is called: by its headline, else by its site, for no link stands bare in a chat.
pub(crate) fn named(title: Option<&str>, url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let site = bare.split(['/', '?', '#']).next().unwrap_or_default();
    title.unwrap_or(site).to_owned()
}

impl ProposalOutcome {
    /// What its proposer is told.
    pub fn new(words: &Words, told: &Outcome) -> Self {
        let outcome = match (told.state, told.published) {
            (ProposalState::Accepted, false) => words.proposal_accepted(told.points),
            (ProposalState::Accepted, true) => words.proposal_published(told.points),
            (ProposalState::Declined | ProposalState::New | ProposalState::Withdrawn, _) => {
                words.proposal_declined()
            }
        };
        let on = match told.state {
            ProposalState::Accepted => {
                Control::plain(words.more_to_share(), Action::ShowSuggestions)
            }
            ProposalState::Declined | ProposalState::New | ProposalState::Withdrawn => {
                Control::plain(words.propose(), Action::Propose)
            }
        };
        Self {
            title: named(told.title.as_deref(), &told.url),
            outcome,
            note: told.note.as_deref().map(|note| words.proposal_note(note)),
            controls: vec![on],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let accepted = sample_data::proposal_outcome();
        let published = Outcome {
            published: true,
            ..accepted.clone()
        };
        let unpaid = Outcome {
            points: 0,
            title: None,
            ..accepted.clone()
        };
        let declined = Outcome {
            state: ProposalState::Declined,
            note: Some("Thank you. We told <this> *last* week, @everyone.".to_owned()),
            points: 0,
            ..accepted.clone()
        };
        [
            ("proposal_accepted", accepted),
            ("proposal_published", published),
            ("proposal_unpaid", unpaid),
            ("proposal_declined", declined),
        ]
        .into_iter()
        .map(|(name, told)| {
            let view = Self::new(words, &told);
            (name.to_owned(), View::ProposalOutcome(view))
        })
        .collect()
    }
}
