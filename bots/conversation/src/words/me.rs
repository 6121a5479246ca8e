//! Words of a member's own numbers and choices.

use server_api::enums::Language;

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

    /// Followers per network.
    pub fn me_followers(&self, list: &str) -> Phrase {
        self.phrase("me-followers", &[("list", Fill::Text(list))])
    }

    /// No followers were typed.
    pub fn me_followers_none(&self) -> Phrase {
        self.phrase("me-followers-none", &[])
    }

    /// Label of the choice how to appear on boards.
    pub fn visibility_label(&self) -> String {
        self.label("visibility-label")
    }

    /// To appear by name.
    pub fn visibility_name(&self) -> String {
        self.label("visibility-name")
    }

    /// To appear by a pseudonym.
    pub fn visibility_pseudonym(&self, pseudonym: &str) -> String {
        self.label_with(
            "visibility-pseudonym",
            &[("pseudonym", Fill::Text(pseudonym))],
        )
    }

    /// Not to appear.
    pub fn visibility_hidden(&self) -> String {
        self.label("visibility-hidden")
    }

    /// Label of the choice of a language.
    pub fn language_label(&self) -> String {
        self.label("language-label")
    }

    /// A language by its own name.
    pub fn language_name(&self, language: Language) -> String {
        self.label(match language {
            Language::En => "language-en",
            Language::De => "language-de",
        })
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
