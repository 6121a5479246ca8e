//! A member's own numbers, each with how it is counted, and their choices.

use server_api::enums::{BoardVisibility, Language, Network, Period};
use server_api::me::Me as Member;

use super::{Choice, Control, Fact, Phrase, Span, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// A member's numbers and choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Whose they are.
    pub headline: Phrase,
    /// The numbers.
    pub facts: Vec<Fact>,
    /// Followers per network, or why to type them.
    pub followers: Phrase,
    /// Choices and ways on.
    pub controls: Vec<Control>,
}

impl Me {
    /// What the server knows of the member.
    pub fn new(words: &Words, me: &Member) -> Self {
        Self {
            headline: words.me_headline(&me.display_name, &me.organization),
            facts: facts(words, me),
            followers: followers(words, me),
            controls: vec![
                visibility(words, me),
                language(words, me),
                Control::plain(words.edit_followers(), Action::EditFollowers),
                Control::plain(
                    words.show_leaderboard(),
                    Action::ShowLeaderboard(Period::Week),
                ),
                Control::link(words.board_page(), &me.board_url),
            ],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let full = sample_data::me();
        let mut fresh = full.clone();
        fresh.followers.clear();
        fresh.rank_this_week = None;
        fresh.points_this_week = 0;
        fresh.points_all_time = 0;
        fresh.shares = 0;
        fresh.clicks = 0;
        fresh.potential_reach = 0;
        fresh.board_visibility = BoardVisibility::Hidden;
        fresh.language = Language::De;
        [("me", full), ("me_fresh", fresh)]
            .into_iter()
            .map(|(name, me)| (name.to_owned(), View::Me(Self::new(words, &me))))
            .collect()
    }
}

fn facts(words: &Words, me: &Member) -> Vec<Fact> {
    let number = |count| vec![Span::Text(words.number(count))];
    let mut facts = vec![Fact {
        label: words.me_week(),
        value: words.points(me.points_this_week),
        how: None,
    }];
    facts.extend(me.rank_this_week.map(|rank| Fact {
        label: words.receipt_rank(),
        value: number(rank),
        how: None,
    }));
    facts.extend([
        Fact {
            label: words.me_all_time(),
            value: words.points(me.points_all_time),
            how: Some(words.me_points_how()),
        },
        Fact {
            label: words.me_shares(),
            value: number(me.shares),
            how: Some(words.me_shares_how()),
        },
        Fact {
            label: words.me_clicks(),
            value: number(me.clicks),
            how: Some(words.me_clicks_how()),
        },
        Fact {
            label: words.me_reach(),
            value: number(me.potential_reach),
            how: Some(words.me_reach_how()),
        },
    ]);
    facts
}

fn followers(words: &Words, me: &Member) -> Phrase {
    let list: Vec<String> = Network::ALL
        .into_iter()
        .filter_map(|network| {
            let count = me.followers.get(&network)?;
            Some(format!(
                "{} {}",
                words.network(network),
                words.number(*count)
            ))
        })
        .collect();
    if list.is_empty() {
        words.me_followers_none()
    } else {
        words.me_followers(&list.join(" · "))
    }
}

fn visibility(words: &Words, me: &Member) -> Control {
    let all = [
        (words.visibility_name(), BoardVisibility::Name),
        (
            words.visibility_pseudonym(&me.pseudonym),
            BoardVisibility::Pseudonym,
        ),
        (words.visibility_hidden(), BoardVisibility::Hidden),
    ];
    Control::Choice(Choice {
        label: words.visibility_label(),
        chosen: all.iter().position(|(_, v)| *v == me.board_visibility),
        options: all
            .map(|(label, v)| (label, Action::ChooseVisibility(v)))
            .to_vec(),
    })
}

fn language(words: &Words, me: &Member) -> Control {
    let all = [Language::En, Language::De];
    Control::Choice(Choice {
        label: words.language_label(),
        chosen: all.iter().position(|language| *language == me.language),
        options: all
            .map(|language| {
                (
                    words.language_name(language),
                    Action::ChooseLanguage(language),
                )
            })
            .to_vec(),
    })
}
