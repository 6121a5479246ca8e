//! Dialogs: what a person can type, and what they typed. Collecting is the
//! adapter's; deciding stays in the flow.

mod proposal;

use server_api::enums::{Language, Network};
use server_api::me::Me;
use server_api::review::Review;

use crate::action::{
    Action, judged_code, judged_of, language_code, language_of, network_code, network_of,
    surface_code, surface_coded,
};
use crate::intent::{Intent, Judged, ProposalForm, Surface};
use crate::view::Phrase;
use crate::words::Words;

pub use self::proposal::{LINK_LIMIT, ProposalDialog, TextField, WHY_LIMIT, WORDS_LIMIT};

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

/// Characters of a note with which changes are asked for.
pub const NOTE_LIMIT: usize = 1_000;

const FOLLOWERS_KEY: &str = "followers";
const CHANGES_KEY: &str = "changes";
const NOTE: &str = "note";
const PROPOSAL_KEY: &str = "proposal";
const LINK: &str = "link";
const WHY: &str = "why";
const WORDS: &str = "words";

/// A dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Followers per network.
    Followers(FollowersDialog),
    /// What is to change in a post.
    Changes(ChangesDialog),
    /// A post to propose.
    Proposal(ProposalDialog),
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

/// What is to change in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangesDialog {
    /// Its title.
    pub title: String,
    /// Which post, and who reads the note.
    pub intro: Phrase,
    /// The label of its one field, for a note of at most [`NOTE_LIMIT`] characters.
    pub label: String,
    /// Words on the button that sends.
    pub submit: String,
    /// Words on the button that leaves.
    pub cancel: String,
    /// The post as it was shown; travels with it.
    pub judged: Judged,
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
    /// What is to change in a post.
    Note,
    /// The page of a proposal.
    Link,
    /// Why it is proposed.
    Why,
    /// Words for its post.
    Words,
}

/// What was typed into the followers dialog, as typed.
pub type FollowersForm = Vec<(Network, String)>;

impl Field {
    /// Its name within the dialog, where a platform needs one.
    pub fn name(self) -> String {
        match self {
            Self::Followers(network) => format!("{FOLLOWERS_KEY}.{}", network_code(network)),
            Self::Note => format!("{CHANGES_KEY}.{NOTE}"),
            Self::Link => format!("{PROPOSAL_KEY}.{LINK}"),
            Self::Why => format!("{PROPOSAL_KEY}.{WHY}"),
            Self::Words => format!("{PROPOSAL_KEY}.{WORDS}"),
        }
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        let (kind, argument) = name.split_once('.')?;
        match kind {
            FOLLOWERS_KEY => network_of(argument).map(Self::Followers),
            CHANGES_KEY => (argument == NOTE).then_some(Self::Note),
            PROPOSAL_KEY => [Self::Link, Self::Why, Self::Words]
                .into_iter()
                .find(|field| field.name() == name),
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

impl ChangesDialog {
    /// The dialog about a post as it was shown.
    pub fn new(words: &Words, review: &Review, judged: Judged) -> Self {
        Self {
            title: words.changes_title(),
            intro: words.changes_intro(&review.title),
            label: words.changes_label(),
            submit: words.changes_send(),
            cancel: words.cancel(),
            judged,
            language: words.language(),
        }
    }

    /// What opens it again.
    pub fn action(&self) -> Action {
        Action::AskForChanges(self.judged)
    }
}

impl MessageDialog {
    /// "One moment": opens where the server is slower than the platform waits.
    pub fn loading(words: &Words, intent: &Intent) -> Self {
        Self {
            title: intent.dialog_title(words),
            words: words.one_moment(),
            close: words.close(),
        }
    }

    /// How a dialog ended, or why it did not.
    pub fn said(words: &Words, intent: &Intent, said: Phrase) -> Self {
        Self {
            title: intent.dialog_title(words),
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
            Self::Changes(dialog) => format!(
                "1.{CHANGES_KEY}.{}.{}.{}",
                language_code(dialog.language),
                judged_code(dialog.judged),
                surface_code(dialog.judged.on)
            ),
            Self::Proposal(dialog) => {
                format!("1.{PROPOSAL_KEY}.{}", language_code(dialog.language))
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
                let review = crate::view::sample_data::review();
                let judged = Judged {
                    post: review.post_id,
                    version: review.version,
                    on: Surface::Card,
                };
                let code = language_code(language);
                [
                    (
                        format!("followers_{code}"),
                        Self::Followers(FollowersDialog::new(words, &me)),
                    ),
                    (
                        format!("changes_{code}"),
                        Self::Changes(ChangesDialog::new(words, &review, judged)),
                    ),
                    (
                        format!("proposal_{code}"),
                        Self::Proposal(ProposalDialog::new(words, &proposal::sample())),
                    ),
                    (
                        format!("loading_{code}"),
                        Self::Message(MessageDialog::loading(words, &Intent::EditFollowers)),
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
                            Field::Note | Field::Link | Field::Why | Field::Words => None,
                        })
                        .collect(),
                })
            }
            ["1", CHANGES_KEY, code, post, version, on] => {
                let judged = surface_coded(on).and_then(|on| judged_of(post, version, on));
                language_of(code)
                    .zip(judged)
                    .map_or(Self::Outdated, |(language, judged)| Self::SubmitChanges {
                        judged,
                        language,
                        note: typed_in(fields, Field::Note),
                    })
            }
            ["1", PROPOSAL_KEY, code] => {
                language_of(code).map_or(Self::Outdated, |language| Self::SubmitProposal {
                    language,
                    form: ProposalForm {
                        link: typed_in(fields, Field::Link),
                        why: typed_in(fields, Field::Why),
                        words: typed_in(fields, Field::Words),
                    },
                })
            }
            _ => Self::Outdated,
        }
    }

    /// The title of the dialog that this opens, or came from.
    fn dialog_title(&self, words: &Words) -> String {
        match self {
            Self::AskForChanges(_) | Self::SubmitChanges { .. } => words.changes_title(),
            Self::Propose(_) | Self::SubmitProposal { .. } => words.proposal_title(),
            _ => words.followers_title(),
        }
    }

    /// What opens the dialog again that this opens, or came from.
    pub fn dialog_again(&self) -> Action {
        match self {
            Self::AskForChanges(judged) | Self::SubmitChanges { judged, .. } => {
                Action::AskForChanges(*judged)
            }
            Self::Propose(_) | Self::SubmitProposal { .. } => Action::Propose,
            _ => Action::EditFollowers,
        }
    }

    /// The language that the dialog spoke which this came from.
    pub fn dialog_language(&self) -> Option<Language> {
        match self {
            Self::SubmitFollowers { language, .. }
            | Self::SubmitChanges { language, .. }
            | Self::SubmitProposal { language, .. } => Some(*language),
            _ => None,
        }
    }
}

/// What stands in a field for words.
fn typed_in(fields: &[(String, String)], wanted: Field) -> String {
    fields
        .iter()
        .find(|(name, _)| Field::named(name) == Some(wanted))
        .map(|(_, typed)| typed.clone())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::proposal::sample as sample_form;
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
    fn a_note_comes_back_with_the_post_as_it_was_shown() {
        let words = Words::of(Language::De);
        let review = crate::view::sample_data::review();
        for on in [Surface::Message, Surface::Card] {
            let judged = Judged {
                post: review.post_id,
                version: 12,
                on,
            };
            let dialog = Dialog::Changes(ChangesDialog::new(words, &review, judged));
            // Discord's custom ids have a hundred characters.
            assert!(dialog.key().len() <= 100);
            let typed = [(Field::Note.name(), "Kürzer, bitte.".to_owned())];
            assert_eq!(
                Intent::from_dialog(&dialog.key(), &typed),
                Intent::SubmitChanges {
                    judged,
                    language: Language::De,
                    note: "Kürzer, bitte.".into(),
                }
            );
            let cut = dialog.key().replace("000c.", "00c.");
            assert_eq!(Intent::from_dialog(&cut, &typed), Intent::Outdated);
        }
    }

    #[test]
    fn a_proposal_comes_back_as_it_was_typed() {
        let words = Words::of(Language::De);
        let dialog = ProposalDialog::new(words, &proposal::sample());
        let typed: Vec<(String, String)> = (dialog.fields.iter())
            .map(|field| (field.field.name(), field.value.clone()))
            .collect();
        let key = Dialog::Proposal(dialog).key();
        assert_eq!(
            Intent::from_dialog(&key, &typed),
            Intent::SubmitProposal {
                language: Language::De,
                form: sample_form(),
            }
        );
        let long = ProposalForm {
            words: "x".repeat(10_000),
            ..ProposalForm::default()
        };
        let dialog = ProposalDialog::new(words, &long);
        assert!(
            dialog
                .fields
                .iter()
                .all(|field| field.value.len() <= field.limit)
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
