//! Dialogs: what a person can type, and what they typed. Collecting is the
//! adapter's; deciding stays in the flow.

use server_api::enums::{Language, Network};
use server_api::me::Me;

use crate::action::{language_code, language_of, network_code, network_of};
use crate::intent::Intent;
use crate::view::Phrase;
use crate::words::Words;

/// Networks on which people have followers that they can count.
pub const WITH_FOLLOWERS: [Network; 7] = [
    Network::Linkedin,
    Network::X,
    Network::Bluesky,
    Network::Mastodon,
    Network::Threads,
    Network::Facebook,
    Network::Xing,
];

const FOLLOWERS_KEY: &str = "followers";

/// A dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Followers per network.
    Followers(FollowersDialog),
    /// Something to read: that it takes longer, or how it ended.
    Message(MessageDialog),
}

/// Followers per network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowersDialog {
    /// Its title.
    pub title: String,
    /// Why we ask.
    pub intro: Phrase,
    /// One field per network.
    pub fields: Vec<NumberField>,
    /// Words on the button that sends.
    pub submit: String,
    /// Words on the button that leaves.
    pub cancel: String,
    /// The language that it speaks; travels with it.
    pub language: Language,
}

/// A field for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberField {
    /// Which.
    pub field: Field,
    /// Its label.
    pub label: String,
    /// What stands in it.
    pub value: Option<i64>,
}

/// Something to read in a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageDialog {
    /// Its title.
    pub title: String,
    /// What it says.
    pub words: Phrase,
    /// Words on the button that leaves.
    pub close: String,
}

/// A field of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Followers on a network.
    Followers(Network),
}

/// What was typed into the followers dialog, as typed.
pub type FollowersForm = Vec<(Network, String)>;

impl Field {
    /// Its name within the dialog, where a platform needs one.
    pub fn name(self) -> String {
        match self {
            Self::Followers(network) => format!("{FOLLOWERS_KEY}.{}", network_code(network)),
        }
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        let (kind, argument) = name.split_once('.')?;
        match kind {
            FOLLOWERS_KEY => network_of(argument).map(Self::Followers),
            _ => None,
        }
    }
}

impl FollowersDialog {
    /// The dialog with what the member typed before.
    pub fn new(words: &Words, me: &Me) -> Self {
        Self {
            title: words.followers_title(),
            intro: words.followers_intro(),
            fields: WITH_FOLLOWERS
                .into_iter()
                .map(|network| NumberField {
                    field: Field::Followers(network),
                    label: words.network(network),
                    value: me.followers.get(&network).copied(),
                })
                .collect(),
            submit: words.save(),
            cancel: words.cancel(),
            language: words.language(),
        }
    }
}

impl MessageDialog {
    /// "One moment": opens where the server is slower than the platform waits.
    pub fn loading(words: &Words) -> Self {
        Self {
            title: words.followers_title(),
            words: words.one_moment(),
            close: words.close(),
        }
    }

    /// How a dialog ended, or why it did not.
    pub fn said(words: &Words, said: Phrase) -> Self {
        Self {
            title: words.followers_title(),
            words: said,
            close: words.close(),
        }
    }
}

impl Dialog {
    /// What must come back with the answer, so that it is understood: where a
    /// platform keeps a text with a dialog, it keeps this.
    pub fn key(&self) -> String {
        match self {
            Self::Followers(dialog) => {
                format!("1.{FOLLOWERS_KEY}.{}", language_code(dialog.language))
            }
            Self::Message(_) => "1.message".to_owned(),
        }
    }

    /// One of each kind, in both languages, for whoever renders them.
    pub fn samples() -> Vec<(String, Self)> {
        [Language::En, Language::De]
            .into_iter()
            .flat_map(|language| {
                let words = Words::of(language);
                let me = crate::view::sample_data::me();
                let code = language_code(language);
                [
                    (
                        format!("followers_{code}"),
                        Self::Followers(FollowersDialog::new(words, &me)),
                    ),
                    (
                        format!("loading_{code}"),
                        Self::Message(MessageDialog::loading(words)),
                    ),
                ]
            })
            .collect()
    }
}

impl Intent {
    /// What sending a dialog means: `key` as [`Dialog::key`] gave it, `fields` by
    /// name with what was typed.
    pub fn from_dialog(key: &str, fields: &[(String, String)]) -> Self {
        let parts: Vec<&str> = key.split('.').collect();
        match parts.as_slice() {
            ["1", FOLLOWERS_KEY, code] => {
                language_of(code).map_or(Self::Outdated, |language| Self::SubmitFollowers {
                    language,
                    form: fields
                        .iter()
                        .filter_map(|(name, typed)| match Field::named(name)? {
                            Field::Followers(network) => Some((network, typed.clone())),
                        })
                        .collect(),
                })
            }
            _ => Self::Outdated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_is_understood_when_it_comes_back() {
        let words = Words::of(Language::De);
        let dialog =
            Dialog::Followers(FollowersDialog::new(words, &crate::view::sample_data::me()));
        let name = Field::Followers(Network::Bluesky).name();
        assert_eq!(
            Intent::from_dialog(&dialog.key(), &[(name, "12".into())]),
            Intent::SubmitFollowers {
                language: Language::De,
                form: vec![(Network::Bluesky, "12".into())],
            }
        );
    }

    #[test]
    fn an_unknown_dialog_is_outdated_and_unknown_fields_are_left_out() {
        assert_eq!(Intent::from_dialog("2.x", &[]), Intent::Outdated);
        assert_eq!(
            Intent::from_dialog("1.followers.en", &[("followers.??".into(), "1".into())]),
            Intent::SubmitFollowers {
                language: Language::En,
                form: vec![]
            }
        );
    }
}
