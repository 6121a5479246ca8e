//! What one can do: only what exists.

use server_api::enums::Period;

use super::{Control, Phrase, View};
use crate::action::Action;
use crate::command;
use crate::words::Words;

/// What one can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// What was typed and is no command.
    pub unknown: Option<Phrase>,
    /// Its title.
    pub title: String,
    /// The commands.
    pub commands: Vec<Command>,
    /// The same as things to press.
    pub controls: Vec<Control>,
}

/// A command and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What to type.
    pub typed: String,
    /// What it does.
    pub does: Phrase,
}

impl Help {
    /// The help; `unknown` is what was typed and is no command.
    pub fn new(words: &Words, unknown: Option<&str>) -> Self {
        Self {
            unknown: unknown.map(|said| words.help_unknown(said)),
            title: words.help_title(),
            commands: [
                ("share", words.help_share()),
                ("leaderboard", words.help_leaderboard()),
                ("propose", words.help_propose()),
                ("review", words.help_review()),
                ("me", words.help_me()),
                ("console", words.help_console()),
                ("pair", words.help_pair()),
                ("help", words.help_help()),
            ]
            .into_iter()
            .map(|(word, does)| Command {
                typed: format!("{} {word}", command::NAME),
                does,
            })
            .collect(),
            controls: vec![
                Control::primary(words.more_to_share(), Action::ShowSuggestions),
                Control::plain(
                    words.show_leaderboard(),
                    Action::ShowLeaderboard(Period::Week),
                ),
                Control::plain(words.show_me(), Action::ShowMe),
            ],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        vec![
            ("help".to_owned(), View::Help(Self::new(words, None))),
            (
                "help_unknown".to_owned(),
                View::Help(Self::new(words, Some("<make> *coffee*"))),
            ),
        ]
    }
}
