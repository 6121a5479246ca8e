//! The leaderboard: the first ten of a period, oneself between two neighbours either side, how
//! each moved, how points work, and the same lines as a file.

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
use crate::domain::leaderboard::{Movement, Period};
use crate::service::leaderboard::{self, Leaderboard, Row};

#[derive(Template)]
#[template(path = "console/leaderboard.html")]
struct LeaderboardPage {
    frame: Frame,
    summary: String,
    /// Where the member stands.
    mine: String,
    tabs: Vec<Tab>,
    /// Whether rows tell how they moved.
    moves: bool,
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
    /// None where nothing is compared.
    movement: Option<Mark>,
    /// Points as a hundredth of the first's.
    share: i64,
}

/// How somebody moved, or that they did not.
struct Mark {
    /// For who sees it.
    sign: String,
    /// For who hears it.
    words: String,
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
    let moves = board.before.is_some();
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
        moves,
        top: lines(look, &board.top, best, moves),
        rest: lines(look, &beyond(&board), best, moves),
        rules: rules(look, &console.actor.organization, moves),
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
    let moves = board.before.is_some();
    let mut titles = vec![
        look.say("leaderboard-rank"),
        look.say("leaderboard-name"),
        look.say("leaderboard-points"),
    ];
    titles.extend(moves.then(|| look.say("leaderboard-movement")));
    let mut rows = vec![titles];
    rows.extend(board.top.iter().chain(&beyond(&board)).map(|row| {
        let (rank, points) = (row.rank.to_string(), row.points.to_string());
        let mut cells = vec![rank, row.name.clone(), points];
        cells.extend(moves.then(|| places(row.movement)));
        cells
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
    let (organization, me) = (&actor.organization, actor.member.id);
    let board = leaderboard::board_with_movement(app, organization, me, period).await;
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

fn lines(look: &Look, rows: &[Row], best: i64, moves: bool) -> Vec<Line> {
    rows.iter()
        .map(|row| Line {
            rank: look.number(row.rank),
            name: row.name.clone(),
            points: look.number(row.points),
            me: row.me,
            tied: row.tied,
            movement: moves.then(|| mark(look, row.movement)),
            share: (row.points.saturating_mul(100) / best).clamp(1, 100),
        })
        .collect()
}

fn mark(look: &Look, movement: Option<Movement>) -> Mark {
    let (sign, words) = match movement {
        Some(Movement::Up(places)) => (
            format!("▲ {}", look.number(places)),
            look.count("leaderboard-up", places),
        ),
        Some(Movement::Down(places)) => (
            format!("▼ {}", look.number(places)),
            look.count("leaderboard-down", places),
        ),
        None => ("–".to_owned(), look.say("leaderboard-no-movement")),
    };
    Mark { sign, words }
}

/// Movement as a spreadsheet reckons with it.
fn places(movement: Option<Movement>) -> String {
    match movement {
        Some(Movement::Up(places)) => places.to_string(),
        Some(Movement::Down(places)) => (-places).to_string(),
        None => String::new(),
    }
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

fn rules(look: &Look, organization: &organization::Model, moves: bool) -> Vec<String> {
    let points = &organization.settings.points;
    let click = [
        ("points", points.click.into()),
        ("clicks", points.clicks_per_share_and_day.into()),
    ];
    let mut rules = vec![
        look.count("points-confirmed", points.share_confirmed),
        look.count("points-proven", points.share_proven),
        look.words.tell("points-click", &click),
        look.count("points-proposal", organization.proposal_points),
        look.count("points-cap", points.shares_per_day),
        look.say("points-hidden"),
    ];
    if moves {
        rules.push(look.say("points-movement"));
    }
    rules
}

#[cfg(test)]
mod tests;
