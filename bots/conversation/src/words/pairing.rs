//! Words about pairing accounts.

use chrono::{DateTime, Utc};

use super::{Fill, Words};
use crate::command;
use crate::view::{Phrase, Span};

/// What is typed to pair, without a code.
fn typed() -> String {
    format!("{} pair", command::NAME)
}

impl Words {
    /// Title of a pairing code.
    pub fn pairing_title(&self) -> String {
        self.label("pairing-title")
    }

    /// What to type, and in which chat.
    pub fn pairing_type(&self, platform: &str, code: &str) -> Phrase {
        let typed = Span::Typed(format!("{} {code}", typed()));
        self.phrase(
            "pairing-type",
            &[
                ("platform", Fill::Text(platform)),
                ("typed", Fill::Span(typed)),
            ],
        )
    }

    /// Until when a code counts.
    pub fn pairing_until(&self, time: DateTime<Utc>) -> Phrase {
        self.phrase("pairing-until", &[("time", Fill::Span(Span::Time(time)))])
    }

    /// What pairing brings.
    pub fn pairing_brings(&self) -> Phrase {
        self.phrase("pairing-brings", &[])
    }

    /// The account is the member's.
    pub fn paired(&self, name: &str, organization: &str) -> Phrase {
        self.phrase(
            "paired",
            &[
                ("name", Fill::Text(name)),
                ("organization", Fill::Text(organization)),
            ],
        )
    }

    /// An account was added to the member's.
    pub fn paired_account(&self, platform: &str, account: &str) -> Phrase {
        self.phrase(
            "paired-account",
            &[
                ("platform", Fill::Text(platform)),
                ("account", Fill::Text(account)),
            ],
        )
    }

    /// What to do if it was somebody else.
    pub fn paired_not_you(&self) -> Phrase {
        self.phrase("paired-not-you", &[])
    }

    /// A pairing was taken back.
    pub fn unpaired(&self) -> Phrase {
        self.phrase("unpaired", &[])
    }

    /// Title for an account that is not paired.
    pub fn pair_first_title(&self) -> String {
        self.label("pair-first-title")
    }

    /// How an account is paired.
    pub fn pair_first_steps(&self, contact: Option<&str>) -> [Phrase; 3] {
        let get = match contact {
            Some(contact) => self.phrase("pair-first-get", &[("contact", Fill::Text(contact))]),
            None => self.phrase("pair-first-get-unnamed", &[]),
        };
        let typed = Fill::Span(Span::Typed(typed()));
        [
            get,
            self.phrase("pair-first-type", &[("typed", typed)]),
            self.phrase("pair-first-brings", &[]),
        ]
    }

    /// The account that typed a code is paired already.
    pub fn already_paired(&self) -> Phrase {
        self.phrase("problem-already-paired", &[])
    }

    /// Too many codes were tried.
    pub fn pairing_tries(&self) -> Phrase {
        self.phrase("problem-pairing-tries", &[])
    }

    /// The last account of a member stays.
    pub fn last_account(&self) -> Phrase {
        self.phrase("problem-last-account", &[])
    }
}
