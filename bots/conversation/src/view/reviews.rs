//! Posts that wait for one member's judgement, the most urgent first.

use server_api::review::ReviewList;

use super::{Control, Phrase, ReviewRequest, View, sample_data};
use crate::action::Action;
use crate::intent::Surface;
use crate::words::Words;

/// How many posts are shown at once: few enough to be judged.
const AT_ONCE: usize = 3;

/// Posts that wait for one member's judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviews {
    /// How many there are, or that there are none.
    pub headline: Phrase,
    /// The posts.
    pub items: Vec<ReviewRequest>,
    /// The way to all of them, or what else to do.
    pub controls: Vec<Control>,
}

impl Reviews {
    /// The first of what waits.
    pub fn new(words: &Words, list: &ReviewList) -> Self {
        let items: Vec<ReviewRequest> = list
            .items
            .iter()
            .take(AT_ONCE)
            .map(|review| ReviewRequest::new(words, review, Surface::Message))
            .collect();
        if items.is_empty() {
            return Self {
                headline: words.reviews_empty(),
                items,
                controls: vec![Control::plain(
                    words.more_to_share(),
                    Action::ShowSuggestions,
                )],
            };
        }
        Self {
            headline: words.reviews_headline(list.waiting),
            items,
            controls: vec![Control::link(words.open_queue(), &list.url)],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let of = |count: usize| ReviewList {
            items: sample_data::reviews().into_iter().take(count).collect(),
            waiting: i64::try_from(count).unwrap_or_default(),
            url: "https://chorus.example.org/o/example/review".to_owned(),
        };
        [("reviews", 3), ("reviews_one", 1), ("reviews_empty", 0)]
            .into_iter()
            .map(|(name, count)| {
                let view = Self::new(words, &of(count));
                (name.to_owned(), View::Reviews(view))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use server_api::enums::Language;

    use super::*;

    #[test]
    fn the_most_urgent_are_shown_and_all_are_counted() {
        let one = sample_data::review();
        let list = ReviewList {
            items: vec![one.clone(); 5],
            waiting: 12,
            url: one.url,
        };
        let words = Words::of(Language::En);
        let view = Reviews::new(words, &list);
        assert_eq!(view.items.len(), AT_ONCE);
        assert_eq!(view.headline, words.reviews_headline(12));
    }
}
