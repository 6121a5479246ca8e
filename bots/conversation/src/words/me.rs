//! Words of a member's own page, and of the followers dialog.

use super::{Fill, Words};
use crate::view::Phrase;

impl Words {
    /// Whose numbers these are.
    pub fn me_headline(&self, name: &str, organization: &str) -> Phrase {
        self.phrase(
            "me-headline",
            &[
                ("name", Fill::Text(name)),
                ("organization", Fill::Text(organization)),
            ],
        )
    }

    /// Stands before the posts to share.
    pub fn me_to_share(&self) -> Phrase {
        self.phrase("me-to-share", &[])
    }

    /// Which points count this week.
    pub fn me_week_how(&self) -> Phrase {
        self.phrase("me-week-how", &[])
    }

    /// Label of this week's points.
    pub fn me_week(&self) -> String {
        self.label("me-week")
    }

    /// Label of all points.
    pub fn me_all_time(&self) -> String {
        self.label("me-all-time")
    }

    /// Label of the shares.
    pub fn me_shares(&self) -> String {
        self.label("me-shares")
    }

    /// How shares are counted.
    pub fn me_shares_how(&self) -> Phrase {
        self.phrase("me-shares-how", &[])
    }

    /// Label of the clicks.
    pub fn me_clicks(&self) -> String {
        self.label("me-clicks")
    }

    /// How clicks are counted.
    pub fn me_clicks_how(&self) -> Phrase {
        self.phrase("me-clicks-how", &[])
    }

    /// Label of the reach.
    pub fn me_reach(&self) -> String {
        self.label("me-reach")
    }

    /// How reach is counted.
    pub fn me_reach_how(&self) -> Phrase {
        self.phrase("me-reach-how", &[])
    }

    /// How points come about.
    pub fn me_points_how(&self) -> Phrase {
        self.phrase("me-points-how", &[])
    }

    /// A choice was saved.
    pub fn choice_saved(&self) -> Phrase {
        self.phrase("choice-saved", &[])
    }

    /// Title of the followers dialog.
    pub fn followers_title(&self) -> String {
        self.label("followers-title")
    }

    /// Why the followers dialog asks.
    pub fn followers_intro(&self) -> Phrase {
        self.phrase("followers-intro", &[])
    }

    /// What was typed is no number of followers.
    pub fn followers_invalid(&self) -> String {
        self.label("followers-invalid")
    }

    /// It takes longer.
    pub fn one_moment(&self) -> Phrase {
        self.phrase("one-moment", &[])
    }
}
