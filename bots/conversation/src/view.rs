//! What people see, as meaning: closed, built from data already fetched, in words
//! already chosen. How it looks is each renderer's matter.

mod choices;
mod greeting;
mod help;
mod leaderboard;
mod me;
mod network_choices;
mod notice;
mod pair_first;
mod paired;
mod pairing_code;
mod personal_post;
mod post_ended;
mod proposal_outcome;
mod review_closed;
mod review_request;
mod reviews;
pub mod sample_data;
mod share_choices;
mod share_receipt;
mod suggested_post;
mod suggestions;

use chrono::{DateTime, Utc};
use server_api::enums::Language;

pub use self::choices::Choices;
pub use self::greeting::Greeting;
pub use self::help::{Command, Help};
pub use self::leaderboard::{Leaderboard, Row};
pub use self::me::{Me, ToShare};
pub use self::network_choices::NetworkChoices;
pub use self::notice::{Notice, NoticeKind};
pub use self::pair_first::PairFirst;
pub use self::paired::Paired;
pub use self::pairing_code::PairingCode;
pub use self::personal_post::PersonalPost;
pub use self::post_ended::PostEnded;
pub use self::proposal_outcome::ProposalOutcome;
pub(crate) use self::proposal_outcome::named;
pub use self::review_closed::ReviewClosed;
pub use self::review_request::{ReviewRequest, review};
pub use self::reviews::Reviews;
pub use self::share_choices::{ShareChoices, Way};
pub use self::share_receipt::ShareReceipt;
pub use self::suggested_post::{Picture, SuggestedPost};
pub use self::suggestions::Suggestions;
use crate::action::{Action, language_code};
use crate::words::Words;

/// A message's meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// A post that may be shared.
    SuggestedPost(SuggestedPost),
    /// A post suggested to one member, with their own ways to share it.
    PersonalPost(PersonalPost),
    /// A post that can no longer be shared.
    PostEnded(PostEnded),
    /// A post that waits for its reader's judgement.
    ReviewRequest(ReviewRequest),
    /// What became of such a post.
    ReviewClosed(ReviewClosed),
    /// Posts that wait for one member's judgement.
    Reviews(Reviews),
    /// What became of a member's proposal.
    ProposalOutcome(ProposalOutcome),
    /// A member's ways to share a post.
    ShareChoices(ShareChoices),
    /// What a share brought.
    ShareReceipt(ShareReceipt),
    /// Posts for one member.
    Suggestions(Suggestions),
    /// A board.
    Leaderboard(Leaderboard),
    /// A member's own page.
    Me(Me),
    /// A member's choices.
    Choices(Choices),
    /// The networks that a member prefers.
    NetworkChoices(NetworkChoices),
    /// A code that joins another account to a member.
    PairingCode(PairingCode),
    /// Two accounts became one member.
    Paired(Paired),
    /// How an unknown account is paired.
    PairFirst(PairFirst),
    /// The one greeting of a new member.
    Greeting(Greeting),
    /// What one can do.
    Help(Help),
    /// One sentence and one thing to do next.
    Notice(Notice),
}

/// A sentence in parts.
pub type Phrase = Vec<Span>;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words; may be anybody's text.
    Text(String),
    /// Words with weight; may be anybody's text.
    Strong(String),
    /// Words to type.
    Typed(String),
    /// A point in time, shown in the reader's own zone where the platform can.
    Time(DateTime<Utc>),
}

/// Something to press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// Does something.
    Button(Button),
    /// One of several.
    Choice(Choice),
    /// Opens an address; its press means nothing.
    Link(Link),
}

/// Does something when pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// Words on it.
    pub label: String,
    /// What it does.
    pub action: Action,
    /// How much it should draw the eye.
    pub weight: Weight,
}

/// How much a button should draw the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one thing to do here.
    Primary,
    /// Something else to do here.
    Plain,
}

/// One of several, each with what choosing it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub label: String,
    /// Between what: words and what choosing them does.
    pub options: Vec<(String, Action)>,
    /// Position of what is chosen now.
    pub chosen: Option<usize>,
}

/// Opens an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Words on it.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// A figure with its label, and how it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is counted.
    pub label: String,
    /// How much.
    pub value: Phrase,
    /// How it is counted, or what would change it.
    pub how: Option<Phrase>,
}

impl Control {
    /// The one thing to do.
    pub fn primary(label: String, action: Action) -> Self {
        Self::Button(Button {
            label,
            action,
            weight: Weight::Primary,
        })
    }

    /// Something else to do.
    pub fn plain(label: String, action: Action) -> Self {
        Self::Button(Button {
            label,
            action,
            weight: Weight::Plain,
        })
    }

    /// Opens `url`.
    pub fn link(label: String, url: &str) -> Self {
        Self::Link(Link {
            label,
            url: url.to_owned(),
        })
    }
}

impl View {
    /// One of each kind, in both languages, with names: every renderer renders
    /// every one of them in its tests.
    pub fn samples() -> Vec<(String, Self)> {
        [Language::En, Language::De]
            .into_iter()
            .flat_map(|language| {
                let words = Words::of(language);
                let mut all = SuggestedPost::samples(words);
                all.extend(PersonalPost::samples(words));
                all.extend(PostEnded::samples(words));
                all.extend(ReviewRequest::samples(words));
                all.extend(ReviewClosed::samples(words));
                all.extend(Reviews::samples(words));
                all.extend(ProposalOutcome::samples(words));
                all.extend(ShareChoices::samples(words));
                all.extend(ShareReceipt::samples(words));
                all.extend(Suggestions::samples(words));
                all.extend(Leaderboard::samples(words));
                all.extend(Me::samples(words));
                all.extend(Choices::samples(words));
                all.extend(NetworkChoices::samples(words));
                all.extend(PairingCode::samples(words));
                all.extend(Paired::samples(words));
                all.extend(PairFirst::samples(words));
                all.extend(Greeting::samples(words));
                all.extend(Help::samples(words));
                all.extend(Notice::samples(words));
                all.into_iter()
                    .map(move |(name, view)| (format!("{name}_{}", language_code(language)), view))
            })
            .collect()
    }
}
