//! Words of the greeting and of the help.

use chrono::{DateTime, Utc};

use super::{Fill, Words};
use crate::view::{Phrase, Span};

impl Words {
    /// Title of the greeting.
    pub fn greeting_title(&self, organization: &str) -> String {
        self.label_with(
            "greeting-title",
            &[("organization", Fill::Text(organization))],
        )
    }

    /// The three steps of the greeting.
    pub fn greeting_steps(&self) -> [Phrase; 3] {
        [
            self.phrase("greeting-first", &[]),
            self.phrase("greeting-second", &[]),
            self.choose_visibility(),
        ]
    }

    /// How to appear on boards is the member's choice.
    pub fn choose_visibility(&self) -> Phrase {
        self.phrase("greeting-third", &[])
    }

    /// Onboarding ended with the own name.
    pub fn onboarded_name(&self) -> Phrase {
        self.phrase("onboarded-name", &[])
    }

    /// Onboarding ended with a pseudonym.
    pub fn onboarded_pseudonym(&self, pseudonym: &str) -> Phrase {
        self.phrase(
            "onboarded-pseudonym",
            &[("pseudonym", Fill::Text(pseudonym))],
        )
    }

    /// Onboarding ended hidden.
    pub fn onboarded_hidden(&self) -> Phrase {
        self.phrase("onboarded-hidden", &[])
    }

    /// Title of the help.
    pub fn help_title(&self) -> String {
        self.label("help-title")
    }

    /// What the command for suggestions does.
    pub fn help_share(&self) -> Phrase {
        self.phrase("help-share", &[])
    }

    /// What the command for boards does.
    pub fn help_leaderboard(&self) -> Phrase {
        self.phrase("help-leaderboard", &[])
    }

    /// What the command for the console does.
    pub fn help_console(&self) -> Phrase {
        self.phrase("help-console", &[])
    }

    /// A way into the console, and until when it counts.
    pub fn console_link(&self, until: DateTime<Utc>) -> Phrase {
        self.phrase("console-link", &[("time", Fill::Span(Span::Time(until)))])
    }

    /// That messages arrive in a channel.
    pub fn channel_test(&self, organization: &str) -> Phrase {
        self.phrase(
            "channel-test",
            &[("organization", Fill::Text(organization))],
        )
    }

    /// What the command for pairing does.
    pub fn help_pair(&self) -> Phrase {
        self.phrase("help-pair", &[])
    }

    /// What the command is about, where a platform lists it.
    pub fn command_about(&self) -> String {
        self.label("command-about")
    }

    /// What to type where a platform has a field for a pairing code.
    pub fn command_code(&self) -> String {
        self.label("command-code")
    }

    /// What the command for one's own page does.
    pub fn help_me(&self) -> Phrase {
        self.phrase("help-me", &[])
    }

    /// What the command for help does.
    pub fn help_help(&self) -> Phrase {
        self.phrase("help-help", &[])
    }

    /// What was typed is no command.
    pub fn help_unknown(&self, said: &str) -> Phrase {
        self.phrase("help-unknown", &[("said", Fill::Text(said))])
    }
}
