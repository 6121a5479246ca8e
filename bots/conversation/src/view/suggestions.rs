//! Posts for one member, best first.

use server_api::suggestion::SuggestionList;

use super::{Control, Phrase, SuggestedPost, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// How many posts are shown at once: few enough to be read.
const AT_ONCE: usize = 5;

/// Posts for one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestions {
    /// How many there are, or that there are none.
    pub headline: Phrase,
    /// The posts.
    pub items: Vec<SuggestedPost>,
    /// What else to do.
    pub controls: Vec<Control>,
}

impl Suggestions {
    /// The first of what the server suggests.
    pub fn new(words: &Words, list: &SuggestionList) -> Self {
        let items: Vec<SuggestedPost> = list
            .items
            .iter()
            .take(AT_ONCE)
            .map(|post| SuggestedPost::for_list(words, post))
            .collect();
        let count = i64::try_from(items.len()).unwrap_or(i64::MAX);
        Self {
            headline: if items.is_empty() {
                words.suggestions_empty()
            } else {
                words.suggestions_headline(count)
            },
            items,
            controls: vec![
                Control::plain(
                    words.show_leaderboard(),
                    Action::ShowLeaderboard(server_api::enums::Period::Week),
                ),
                Control::plain(words.show_me(), Action::ShowMe),
            ],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        [("suggestions", 2), ("suggestions_empty", 0)]
            .into_iter()
            .map(|(name, count)| {
                let mut items = sample_data::suggestions();
                items.truncate(count);
                let list = SuggestionList { items };
                (name.to_owned(), View::Suggestions(Self::new(words, &list)))
            })
            .collect()
    }
}
