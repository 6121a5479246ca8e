//! The leaderboard: the first ten of a period, oneself between two neighbours either side, how
//! points work, and the same lines as a file.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use entity::organization;

use super::door::{Anyone, Console};
use super::form::Fields;
use super::frame::Frame;
use super::look::Look;
use super::page::{self, Answer, OrPage};
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
    export: String,
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
    let (period, board) = asked(&app, &console, query.as_deref()).await?;
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
        rules: rules(look, &console.actor.organization),
        export: format!("{path}/csv?period={}", word(period)),
    };
    Ok(console.page(&page))
}

/// What the page shows of a period, as a file.
pub async fn export(
    console: Console<Anyone>,
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (period, board) = asked(&app, &console, query.as_deref()).await?;
    let look = &console.look;
    let mut rows = vec![vec![
        look.say("leaderboard-rank"),
        look.say("leaderboard-name"),
        look.say("leaderboard-points"),
    ]];
    rows.extend(board.top.iter().chain(&beyond(&board)).map(|row| {
        let (rank, points) = (row.rank.to_string(), row.points.to_string());
        vec![rank, row.name.clone(), points]
    }));
    Ok(page::sheet(&format!("leaderboard-{}", word(period)), &rows))
}

/// The period that the address asks for, else the week, and its board.
async fn asked(
    app: &App,
    console: &Console<Anyone>,
    query: Option<&str>,
) -> Result<(Period, Leaderboard), Response> {
    let fields = Fields::read(query.unwrap_or_default().as_bytes());
    let asked = fields.text("period");
    let period = Period::ALL.into_iter().find(|one| word(*one) == asked);
    let period = period.unwrap_or(Period::Week);
    let actor = &console.actor;
    let board = leaderboard::board(app, &actor.organization, actor.member.id, period).await;
    Ok((period, board.or_page(console)?))
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
        ("points", points.click.into()),
        ("clicks", points.clicks_per_share_and_day.into()),
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
