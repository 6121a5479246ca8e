//! A post that may be shared, as everybody in a channel sees it.

use server_api::ids::PostId;
use server_api::suggestion::Suggestion;

use super::{Control, Phrase, Span, View, sample_data};
use crate::action::Action;
use crate::intent::Surface;
use crate::words::Words;

/// A post that may be shared; nothing about one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedPost {
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
    /// What to press, the first of them *Share*.
    pub controls: Vec<Control>,
}

/// A picture and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Where it is.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
}

impl Picture {
    /// The picture of a post, if it has one.
    pub fn of(post: &Suggestion) -> Option<Self> {
        post.image_url.as_ref().map(|url| Self {
            url: url.clone(),
            alt: post.image_alt.clone().unwrap_or_else(|| post.title.clone()),
        })
    }
}

impl SuggestedPost {
    /// The card for a channel.
    pub fn new(words: &Words, post: &Suggestion) -> Self {
        let mut card = Self::for_list(words, post);
        card.controls.push(Control::plain(
            words.more_to_share(),
            Action::ShowSuggestions,
        ));
        card
    }

    /// The card within a list of suggestions.
    pub fn for_list(words: &Words, post: &Suggestion) -> Self {
        Self {
            post: post.post_id,
            title: post.title.clone(),
            summary: post.summary.clone(),
            picture: Picture::of(post),
            small_print: small_print(words, post),
            controls: vec![
                Control::primary(words.share(), Action::StartShare(post.post_id)),
                Control::plain(
                    words.not_for_me(),
                    Action::Dismiss(post.post_id, Surface::Message),
                ),
            ],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let full = sample_data::suggestion();
        let mut bare = full.clone();
        bare.summary = String::new();
        bare.image_url = None;
        bare.campaign = None;
        bare.source = None;
        bare.expires_at = None;
        bare.shared_by = 0;
        vec![
            (
                "suggested_post".to_owned(),
                View::SuggestedPost(Self::new(words, &full)),
            ),
            (
                "suggested_post_bare".to_owned(),
                View::SuggestedPost(Self::new(words, &bare)),
            ),
        ]
    }
}

/// What stands below a post: source and campaign, until when, what it earns, how many
/// shared it.
pub(super) fn small_print(words: &Words, post: &Suggestion) -> Vec<Phrase> {
    let mut lines: Vec<Phrase> = [&post.campaign, &post.source]
        .into_iter()
        .flatten()
        .map(|text| vec![Span::Text(text.clone())])
        .collect();
    lines.extend(post.expires_at.map(|time| words.card_until(time)));
    lines.push(words.card_earns(post.points_confirmed, post.points_proven));
    lines.push(words.card_shared_by(post.shared_by));
    lines
}
