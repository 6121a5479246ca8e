//! The dialog in which a post is proposed.

use server_api::enums::Language;

use super::Field;
use crate::intent::ProposalForm;
use crate::view::Phrase;
use crate::words::Words;

/// Characters of an address: what is accepted anywhere.
pub const LINK_LIMIT: usize = 2_048;
/// Characters of the reason for a proposal.
pub const WHY_LIMIT: usize = 500;
/// Characters of words for a post.
pub const WORDS_LIMIT: usize = 2_000;

/// A post to propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalDialog {
    /// Its title.
    pub title: String,
    /// What becomes of it.
    pub intro: Phrase,
    /// Its fields, in order.
    pub fields: Vec<TextField>,
    /// Words on the button that sends.
    pub submit: String,
    /// Words on the button that leaves.
    pub cancel: String,
    /// The language that it speaks; travels with it.
    pub language: Language,
}

/// A field for words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextField {
    /// Which.
    pub field: Field,
    /// Its label.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// Characters that fit.
    pub limit: usize,
    /// Whether it has several lines.
    pub is_long: bool,
    /// Whether it may be left empty.
    pub is_optional: bool,
}

impl ProposalDialog {
    /// The dialog with what is known already, as far as it fits.
    pub fn new(words: &Words, form: &ProposalForm) -> Self {
        let [link, why, wording] = words.proposal_labels();
        let field = |field, label, value: &str, limit| TextField {
            field,
            label,
            value: value.chars().take(limit).collect(),
            limit,
            is_long: field != Field::Link,
            is_optional: field != Field::Link,
        };
        Self {
            title: words.proposal_title(),
            intro: words.proposal_intro(),
            fields: vec![
                field(Field::Link, link, &form.link, LINK_LIMIT),
                field(Field::Why, why, &form.why, WHY_LIMIT),
                field(Field::Words, wording, &form.words, WORDS_LIMIT),
            ],
            submit: words.proposal_send(),
            cancel: words.cancel(),
            language: words.language(),
        }
    }
}

/// A proposal with signs that mean something to chats.
pub(super) fn sample() -> ProposalForm {
    ProposalForm {
        link: "https://news.example/tea?a=1&b=2".to_owned(),
        why: "Our <tea> made the news, @everyone.".to_owned(),
        words: "Proud of *our* tea.".to_owned(),
    }
}
