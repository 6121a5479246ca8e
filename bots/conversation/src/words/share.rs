//! Words about sharing and what it brought.

use server_api::enums::Network;

use super::{Fill, Words};
use crate::view::Phrase;

impl Words {
    /// How sharing goes.
    pub fn choices_intro(&self) -> Phrase {
        self.phrase("choices-intro", &[])
    }

    /// Invites to use one's own words.
    pub fn choices_words(&self) -> Phrase {
        self.phrase("choices-words", &[])
    }

    /// Stands before the networks that are not preferred.
    pub fn choices_elsewhere(&self) -> String {
        self.label("choices-elsewhere")
    }

    /// Stands on the choice of a network to confirm.
    pub fn choices_done_elsewhere(&self) -> String {
        self.label("choices-done-elsewhere")
    }

    /// The network was opened, no more is known.
    pub fn choices_opened(&self) -> Phrase {
        self.phrase("choices-opened", &[])
    }

    /// The member shared there before.
    pub fn choices_shared(&self) -> Phrase {
        self.phrase("choices-shared", &[])
    }

    /// No network can carry the post.
    pub fn choices_none(&self) -> Phrase {
        self.phrase("choices-none", &[])
    }

    /// The share is confirmed.
    pub fn receipt_headline(&self, network: Network) -> Phrase {
        match network {
            Network::Email => self.phrase("receipt-headline-email", &[]),
            Network::Copy => self.phrase("receipt-headline-copy", &[]),
            Network::Linkedin
            | Network::X
            | Network::Facebook
            | Network::Threads
            | Network::Bluesky
            | Network::Mastodon
            | Network::Reddit
            | Network::Xing
            | Network::Whatsapp
            | Network::Telegram => self.phrase(
                "receipt-headline",
                &[("network", Fill::Text(&self.network(network)))],
            ),
        }
    }

    /// Label of what the share earned.
    pub fn receipt_earned(&self) -> String {
        self.label("receipt-earned")
    }

    /// The day's cap kept the share from earning.
    pub fn receipt_over_cap(&self) -> Phrase {
        self.phrase("receipt-over-cap", &[])
    }

    /// What else the share may earn.
    pub fn receipt_points_how(&self) -> Phrase {
        self.phrase("receipt-points-how", &[])
    }

    /// Label of the clicks on the share.
    pub fn receipt_clicks(&self) -> String {
        self.label("receipt-clicks")
    }

    /// Label of the member's points this week.
    pub fn receipt_week(&self) -> String {
        self.label("receipt-week")
    }

    /// Label of the member's rank this week.
    pub fn receipt_rank(&self) -> String {
        self.label("receipt-rank")
    }

    /// Label of the share's reach.
    pub fn receipt_reach(&self) -> String {
        self.label("receipt-reach")
    }

    /// How a share's reach is counted.
    pub fn reach_how(&self) -> Phrase {
        self.phrase("reach-how", &[])
    }

    /// The reach is not known, and what helps.
    pub fn receipt_reach_unknown(&self) -> Phrase {
        self.phrase("receipt-reach-unknown", &[])
    }

    /// A number of points.
    pub fn points(&self, count: i64) -> Phrase {
        self.phrase("points", &[("n", Fill::Number(count))])
    }
}
