//! A member's own page: what to share now, their numbers, each with how it is counted,
//! and where they stand.

use server_api::enums::{Period, Platform};
use server_api::me::{Home, Me as Member};
use server_api::share::ShareChoices as Choices;

use super::leaderboard::rows;
use super::{Control, Fact, Notice, Phrase, Row, Span, View, choices, personal_post, sample_data};
use crate::action::Action;
use crate::intent::Surface;
use crate::words::Words;

/// A member's own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// What just happened, where the page is all that can say so.
    pub note: Option<Notice>,
    /// Whose it is.
    pub headline: Phrase,
    /// Words before the posts, or that there are none.
    pub to_share_label: Phrase,
    /// Posts to share now, best first.
    pub to_share: Vec<ToShare>,
    /// The numbers.
    pub facts: Vec<Fact>,
    /// Where the member stands this week.
    pub standing: Phrase,
    /// The member and their neighbours; empty while not on the board.
    pub around: Vec<Row>,
    /// What they proposed last, and how far it has come.
    pub proposal: Option<Phrase>,
    /// Which messages of their own they get.
    pub delivery: Phrase,
    /// Ways on.
    pub controls: Vec<Control>,
}

/// A post to share now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToShare {
    /// Its headline.
    pub title: String,
    /// Until when, and what it earns.
    pub small_print: Vec<Phrase>,
    /// One link per network in front, the way to all others, *Not for me*.
    pub controls: Vec<Control>,
}

impl Me {
    /// What the server knows of the member.
    pub fn new(words: &Words, home: &Home) -> Self {
        let (me, board) = (&home.me, &home.board);
        let points = board.my_points.unwrap_or_default();
        Self {
            note: None,
            headline: words.me_headline(&me.display_name, &me.organization),
            to_share_label: if home.to_share.is_empty() {
                words.suggestions_empty()
            } else {
                words.me_to_share()
            },
            to_share: home
                .to_share
                .iter()
                .map(|one| to_share(words, one))
                .collect(),
            facts: facts(words, me),
            standing: match board.my_rank {
                Some(rank) => words.board_me(rank, board.members, points),
                None => words.board_me_none(points),
            },
            around: rows(words, &board.around),
            proposal: home.proposal.as_ref().map(|mine| words.me_proposal(mine)),
            delivery: choices::delivery(words, me),
            controls: vec![
                Control::plain(words.my_choices(), Action::ShowChoices),
                Control::plain(
                    words.show_leaderboard(),
                    Action::ShowLeaderboard(Period::Week),
                ),
                Control::link(words.board_page(), &me.board_url),
            ],
        }
    }

    /// The same page with what just happened above it.
    #[must_use]
    pub fn with_note(self, note: Option<Notice>) -> Self {
        Self { note, ..self }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let full = sample_data::home();
        let mut fresh = full.clone();
        fresh.to_share.clear();
        fresh.proposal = None;
        fresh.board.around.clear();
        fresh.board.my_rank = None;
        fresh.board.my_points = Some(0);
        fresh.me.points_this_week = 0;
        fresh.me.points_all_time = 0;
        fresh.me.shares = 0;
        fresh.me.clicks = 0;
        fresh.me.potential_reach = 0;
        let undo = Action::UndoDismissal(sample_data::POST, Surface::Page);
        let note = Notice::done(words.dismissed(), Control::plain(words.undo(), undo));
        let mut refused = full.clone();
        refused.me.delivery_refused_on = Some(Platform::Discord);
        let noted = Self::new(words, &refused).with_note(Some(note));
        vec![
            ("me".to_owned(), View::Me(Self::new(words, &full))),
            ("me_fresh".to_owned(), View::Me(Self::new(words, &fresh))),
            ("me_noted".to_owned(), View::Me(noted)),
        ]
    }
}

fn to_share(words: &Words, choices: &Choices) -> ToShare {
    let post = &choices.post;
    let mut small_print: Vec<Phrase> = post
        .expires_at
        .map(|time| words.card_until(time))
        .into_iter()
        .collect();
    small_print.push(words.card_earns(post.points_confirmed, post.points_proven));
    let mut controls = personal_post::links(words, choices);
    controls.extend([
        Control::plain(words.done_or_elsewhere(), Action::StartShare(post.post_id)),
        Control::plain(
            words.not_for_me(),
            Action::Dismiss(post.post_id, Surface::Page),
        ),
    ]);
    ToShare {
        title: post.title.clone(),
        small_print,
        controls,
    }
}

fn facts(words: &Words, me: &Member) -> Vec<Fact> {
    let number = |count| vec![Span::Text(words.number(count))];
    vec![
        Fact {
            label: words.me_week(),
            value: words.points(me.points_this_week),
            how: Some(words.me_week_how()),
        },
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
    ]
}
