//! A post suggested to one member, in a message of their own: from here a share is one
//! click.

use server_api::enums::ShareState;
use server_api::ids::PostId;
use server_api::share::{ShareChoice, ShareChoices as Choices};

use super::suggested_post::small_print;
use super::{Choice, Control, Phrase, Picture, View, sample_data};
use crate::action::Action;
use crate::intent::Surface;
use crate::words::Words;

/// How many networks stand in front.
const IN_FRONT: usize = 3;

/// A post suggested to one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalPost {
    /// The post.
    pub post: PostId,
    /// Its headline.
    pub title: String,
    /// One or two neutral sentences; may be empty.
    pub summary: String,
    /// A picture.
    pub picture: Option<Picture>,
    /// Source and campaign, until when, what it earns, how many shared it.
    pub small_print: Vec<Phrase>,
    /// Where the member shared it already.
    pub shared: Option<Phrase>,
    /// One link per network in front; *Not for me*; what is done, and the other networks.
    pub controls: Vec<Control>,
}

impl PersonalPost {
    /// The card of a live post.
    pub fn new(words: &Words, choices: &Choices) -> Self {
        let post = &choices.post;
        let mut controls = links(words, choices);
        controls.push(Control::plain(
            words.not_for_me(),
            Action::Dismiss(post.post_id, Surface::Card),
        ));
        controls.extend(further(words, choices));
        Self {
            post: post.post_id,
            title: post.title.clone(),
            summary: post.summary.clone(),
            picture: Picture::of(post),
            small_print: small_print(words, post),
            shared: shared(words, choices),
            controls,
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let full = sample_data::share_choices();
        let mut shared = full.clone();
        for choice in shared.networks.iter_mut().take(2) {
            choice.state = Some(ShareState::Confirmed);
        }
        let mut none = full.clone();
        none.networks.clear();
        [
            ("personal_post", full),
            ("personal_post_shared", shared),
            ("personal_post_none", none),
        ]
        .into_iter()
        .map(|(name, choices)| {
            let view = View::PersonalPost(Self::new(words, &choices));
            (name.to_owned(), view)
        })
        .collect()
    }
}

/// One link per network in front.
pub(super) fn links(words: &Words, choices: &Choices) -> Vec<Control> {
    in_front(choices)
        .map(|choice| Control::link(words.share_on(choice.network), &choice.url))
        .collect()
}

/// The preferred networks, or those that are offered first to who prefers none.
fn in_front(choices: &Choices) -> impl Iterator<Item = &ShareChoice> {
    let any_preferred = choices.networks.iter().any(|choice| choice.preferred);
    choices
        .networks
        .iter()
        .filter(move |choice| choice.preferred || !any_preferred)
        .take(IN_FRONT)
}

/// Saying that it is done, and the way to all other networks.
fn further(words: &Words, choices: &Choices) -> Option<Control> {
    if choices.networks.is_empty() {
        return None;
    }
    let post = choices.post.post_id;
    let mut options: Vec<(String, Action)> = in_front(choices)
        .filter(|choice| !is_shared(choice))
        .map(|choice| {
            (
                words.done_on(choice.network),
                Action::ConfirmShared(post, choice.network, Surface::Card),
            )
        })
        .collect();
    options.push((words.other_networks(), Action::StartShare(post)));
    Some(Control::Choice(Choice {
        label: words.done_or_elsewhere(),
        options,
        chosen: None,
    }))
}

fn shared(words: &Words, choices: &Choices) -> Option<Phrase> {
    let names: Vec<String> = choices
        .networks
        .iter()
        .filter(|choice| is_shared(choice))
        .map(|choice| words.network(choice.network))
        .collect();
    (!names.is_empty()).then(|| words.personal_shared(&names.join(", ")))
}

fn is_shared(choice: &ShareChoice) -> bool {
    match choice.state {
        Some(ShareState::Confirmed | ShareState::Proven | ShareState::Published) => true,
        Some(
            ShareState::Opened | ShareState::Scheduled | ShareState::Failed | ShareState::Withdrawn,
        )
        | None => false,
    }
}
