//! The leaderboard: the first ten of a period, oneself between two neighbours either side, and
//! how points work.

use askama::Template;
use axum::extract::{RawQuery, State};
use entity::organization;

use super::door::{Anyone, Console};
use super::form::Fields;
use super::frame::Frame;
use super::look::Look;
use super::page::{Answer, OrPage};
use crate::app::App;
use crate::domain::leaderboard::Period;
use crate::service::leaderboard::{self, Leaderboard, Row};

#[derive(Template)]
#[template(path = "console/leaderboard.html")]
struct LeaderboardPage {
    frame: Frame,
    summary: String,
    /// Where the member stands.
    mine: String,
    tabs: Vec<Tab>,
    top: Vec<Line>,
    /// The member and their neighbours, where they are not among the first.
    rest: Vec<Line>,
    rules: Vec<String>,
}

struct Tab {
    name: String,
    path: String,
    is_here: bool,
}

struct Line {
    rank: String,
    name: String,
    points: String,
    me: bool,
    tied: bool,
    /// Points as a hundredth of the first's.
    share: i64,
}

/// The board of a period.
pub async fn show(
    console: Console<Anyone>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let asked = fields.text("period");
    let period = Period::ALL.into_iter().find(|one| word(*one) == asked);
    let period = period.unwrap_or(Period::Week);
    let actor = &console.actor;
    let board = leaderboard::board(&app, &actor.organization, actor.member.id, period).await;
    let board = board.or_page(&console)?;
    let look = &console.look;
    let best = board.top.first().map_or(1, |row| row.points).max(1);
    let path = console.path("leaderboard");
    let page = LeaderboardPage {
        frame: console.frame("leaderboard-title"),
        summary: summary(look, &board),
        mine: mine(look, &board),
        tabs: Period::ALL
            .map(|one| Tab {
                name: look.say(key(one)),
                path: format!("{path}?period={}", word(one)),
                is_here: one == period,
            })
            .into(),
        top: lines(look, &board.top, best),
        rest: lines(look, &beyond(&board), best),
        rules: rules(look, &actor.organization),
    };
    Ok(console.page(&page))
}

/// Who stands around the member and not among the first; nobody where the member does.
fn beyond(board: &Leaderboard) -> Vec<Row> {
    if board.top.iter().any(|row| row.me) {
        return Vec::new();
    }
    let around = board.around.iter();
    around
        .filter(|row| !board.top.contains(row))
        .cloned()
        .collect()
}

fn lines(look: &Look, rows: &[Row], best: i64) -> Vec<Line> {
    rows.iter()
        .map(|row| Line {
            rank: look.number(row.rank),
            name: row.name.clone(),
            points: look.number(row.points),
            me: row.me,
            tied: row.tied,
            share: (row.points.saturating_mul(100) / best).clamp(1, 100),
        })
        .collect()
}

fn summary(look: &Look, board: &Leaderboard) -> String {
    let people = look.count("leaderboard-people", board.members);
    if board.label.is_empty() {
        people
    } else {
        format!("{}: {people}", board.label)
    }
}

fn mine(look: &Look, board: &Leaderboard) -> String {
    let points = look.count("leaderboard-my-points", board.my_points);
    match board.my_rank {
        Some(rank) => {
            let rank = look.with("leaderboard-my-rank", "rank", look.number(rank));
            format!("{rank} {points}")
        }
        None => points,
    }
}

fn word(period: Period) -> &'static str {
    match period {
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::AllTime => "all_time",
    }
}

fn key(period: Period) -> &'static str {
    match period {
        Period::Week => "leaderboard-week",
        Period::Month => "leaderboard-month",
        Period::Quarter => "leaderboard-quarter",
        Period::AllTime => "leaderboard-all-time",
    }
}

fn rules(look: &Look, organization: &organization::Model) -> Vec<String> {
    let points = &organization.settings.points;
    let click = [
        ("points", look.number(points.click).into()),
        (
            "clicks",
            look.number(points.clicks_per_share_and_day).into(),
        ),
    ];
    vec![
        look.count("points-confirmed", points.share_confirmed),
        look.count("points-proven", points.share_proven),
        look.words.tell("points-click", &click),
        look.count("points-proposal", organization.proposal_points),
        look.count("points-cap", points.shares_per_day),
        look.say("points-hidden"),
    ]
}

#[cfg(test)]
mod tests;
