//! A board: as one member sees it in private, and as a channel sees last week's.

use server_api::enums::Period;
use server_api::leaderboard::{BoardRow, Leaderboard as Board};

use super::{Choice, Control, Phrase, View, sample_data};
use crate::action::Action;
use crate::words::Words;

/// A board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaderboard {
    /// Which.
    pub title: String,
    /// Its first rows.
    pub rows: Vec<Row>,
    /// What to say where there are none.
    pub empty: Phrase,
    /// Words before the member's neighbours.
    pub around_label: Phrase,
    /// The member and their neighbours; empty where the first rows show them.
    pub around: Vec<Row>,
    /// Where the member stands; none where nobody asks in person.
    pub me: Option<Phrase>,
    /// How points come about.
    pub how: Phrase,
    /// The choice of a span of time and the way to the page, or the ways on.
    pub controls: Vec<Control>,
}

/// A line of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The rank; equal points share one.
    pub rank: i64,
    /// The chosen name or pseudonym.
    pub name: String,
    /// The points, in words.
    pub points: Phrase,
    /// Whether it is the member who asks.
    pub me: bool,
    /// How they moved against the period before, as a short mark; none where they had no rank
    /// then, or the same.
    pub movement: Option<Phrase>,
}

impl Leaderboard {
    /// The board that the server computed for the asking member.
    pub fn new(words: &Words, board: &Board) -> Self {
        let in_top = board.top.iter().any(|row| row.me);
        let around = if in_top { &[] } else { board.around.as_slice() };
        let points = board.my_points.unwrap_or_default();
        let mut controls = vec![Control::Choice(Choice {
            label: words.period_label(),
            options: Period::ALL
                .map(|period| (words.period(period), Action::TurnLeaderboard(period)))
                .to_vec(),
            chosen: Period::ALL.iter().position(|p| *p == board.period),
        })];
        controls.extend(
            board
                .page_url
                .as_ref()
                .map(|url| Control::link(words.board_page(), url)),
        );
        Self {
            title: words.board_title(board.period),
            rows: rows(words, &board.top),
            empty: words.board_empty(),
            around_label: words.board_around(),
            around: rows(words, around),
            me: Some(match board.my_rank {
                Some(rank) => words.board_me(rank, board.members, points),
                None => words.board_me_none(points),
            }),
            how: words.board_how(board.period),
            controls,
        }
    }

    /// Last week's board for a channel: nothing about one reader, whatever the server
    /// says of one.
    pub fn last_week(words: &Words, board: &Board) -> Self {
        let mut top = rows(words, &board.top);
        for row in &mut top {
            row.me = false;
        }
        Self {
            title: words.board_title_last_week(),
            rows: top,
            empty: words.board_empty(),
            around_label: words.board_around(),
            around: Vec::new(),
            me: None,
            how: words.board_how(board.period),
            controls: vec![
                Control::primary(words.more_to_share(), Action::ShowSuggestions),
                Control::plain(
                    words.show_leaderboard(),
                    Action::ShowLeaderboard(Period::Week),
                ),
            ],
        }
    }

    pub(super) fn samples(words: &Words) -> Vec<(String, View)> {
        let full = sample_data::leaderboard();
        let empty = Board {
            period: Period::AllTime,
            label: String::new(),
            top: vec![],
            around: vec![],
            my_points: Some(0),
            my_rank: None,
            members: 0,
            page_url: None,
        };
        let last_week = Self::last_week(words, &full);
        [
            ("leaderboard", Self::new(words, &full)),
            ("leaderboard_empty", Self::new(words, &empty)),
            ("leaderboard_last_week", last_week),
        ]
        .into_iter()
        .map(|(name, board)| (name.to_owned(), View::Leaderboard(board)))
        .collect()
    }
}

pub(super) fn rows(words: &Words, rows: &[BoardRow]) -> Vec<Row> {
    rows.iter()
        .map(|row| Row {
            rank: row.rank,
            name: row.name.clone(),
            points: words.points(row.points),
            me: row.me,
            movement: row.movement.map(|moved| words.board_movement(moved)),
        })
        .collect()
}
