//! Words about posts that members propose.

use server_api::enums::ProposalState;
use server_api::proposal::MyProposal;

use super::{Fill, Words};
use crate::dialog::Field;
use crate::view::{Phrase, named};

impl Words {
    /// Opens the dialog.
    pub fn propose(&self) -> String {
        self.label("propose")
    }

    /// What the command for proposals does.
    pub fn help_propose(&self) -> Phrase {
        self.phrase("help-propose", &[])
    }

    /// The name of what proposes a message, in its menu.
    pub fn propose_message(&self) -> String {
        self.label("propose-message")
    }

    /// What to type where a platform has a field for a link.
    pub fn command_link(&self) -> String {
        self.label("command-link")
    }

    /// What to type where a platform has a field for words.
    pub fn command_words(&self) -> String {
        self.label("command-words")
    }

    /// Title of the dialog.
    pub fn proposal_title(&self) -> String {
        self.label("proposal-title")
    }

    /// What becomes of a proposal.
    pub fn proposal_intro(&self) -> Phrase {
        self.phrase("proposal-intro", &[])
    }

    /// Labels of link, reason and words.
    pub fn proposal_labels(&self) -> [String; 3] {
        ["proposal-link", "proposal-why", "proposal-words"].map(|id| self.label(id))
    }

    /// Sends the dialog.
    pub fn proposal_send(&self) -> String {
        self.label("proposal-send")
    }

    /// What is wrong with a field.
    pub fn proposal_fault(&self, field: Field) -> String {
        self.label(match field {
            Field::Link => "proposal-link-fault",
            Field::Why => "proposal-why-fault",
            Field::Words | Field::Note | Field::Followers(_) => "proposal-words-fault",
        })
    }

    /// It arrived, and what it may earn.
    pub fn proposal_received(&self, points: i64) -> Phrase {
        if points > 0 {
            self.phrase("proposal-received", &[("n", Fill::Number(points))])
        } else {
            self.phrase("proposal-received-unpaid", &[])
        }
    }

    /// The member had proposed the page before.
    pub fn proposal_again(&self, state: ProposalState) -> Phrase {
        let id = match state {
            ProposalState::Accepted => "proposal-again-accepted",
            ProposalState::New | ProposalState::Declined | ProposalState::Withdrawn => {
                "proposal-again"
            }
        };
        self.phrase(id, &[])
    }

    /// What a member proposed last, and how far it has come.
    pub fn me_proposal(&self, mine: &MyProposal) -> Phrase {
        let id = match mine.state {
            ProposalState::New => "me-proposal-new",
            ProposalState::Accepted => "me-proposal-accepted",
            ProposalState::Declined => "me-proposal-declined",
            ProposalState::Withdrawn => "me-proposal-withdrawn",
        };
        let title = named(mine.title.as_deref(), &mine.url);
        self.phrase(id, &[("title", Fill::Text(&title))])
    }

    /// Somebody else had.
    pub fn proposal_supports(&self) -> Phrase {
        self.phrase("proposal-supports", &[])
    }

    /// As many wait as may.
    pub fn proposal_too_many(&self) -> Phrase {
        self.phrase("proposal-too-many", &[])
    }

    /// Takes a proposal back.
    pub fn proposal_take_back(&self) -> String {
        self.label("proposal-take-back")
    }

    /// It was taken back.
    pub fn proposal_withdrawn(&self) -> Phrase {
        self.phrase("proposal-withdrawn", &[])
    }

    /// It was decided before.
    pub fn proposal_decided(&self) -> Phrase {
        self.phrase("proposal-decided", &[])
    }

    /// It becomes a post.
    pub fn proposal_accepted(&self, points: i64) -> Phrase {
        if points > 0 {
            self.phrase("proposal-accepted", &[("n", Fill::Number(points))])
        } else {
            self.phrase("proposal-accepted-unpaid", &[])
        }
    }

    /// Its post went out.
    pub fn proposal_published(&self, points: i64) -> Phrase {
        if points > 0 {
            self.phrase("proposal-published", &[("n", Fill::Number(points))])
        } else {
            self.phrase("proposal-published-unpaid", &[])
        }
    }

    /// It does not become a post.
    pub fn proposal_declined(&self) -> Phrase {
        self.phrase("proposal-declined", &[])
    }

    /// What the comms team says.
    pub fn proposal_note(&self, note: &str) -> Phrase {
        self.phrase("proposal-note", &[("note", Fill::Text(note))])
    }
}
