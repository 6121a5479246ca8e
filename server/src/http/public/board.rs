//! `/b/{token}`: the leaderboard as one member sees it, for a day.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use entity::organization;

use super::assets;
use super::page::{failure, notice, page};
use super::visit::{InPath, Visit};
use super::words::{Notice, Words};
use crate::app::App;
use crate::domain::leaderboard::{Movement, Period};
use crate::domain::signed::{BoardToken, TokenError};
use crate::service::leaderboard::{self, Leaderboard, Row};

#[derive(Template)]
#[template(path = "board.html")]
struct BoardPage {
    words: &'static Words,
    organization: String,
    summary: String,
    label: String,
    path: String,
    tabs: Vec<Tab>,
    /// Whether rows tell how they moved.
    moves: bool,
    top: Vec<Line>,
    rest: Vec<Line>,
    rules: Vec<String>,
    /// The style of the organization's colour.
    accent: Option<String>,
}

struct Tab {
    value: &'static str,
    name: String,
    current: bool,
}

struct Line {
    rank: i64,
    name: String,
    points: i64,
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
    app: State<App>,
    InPath(token): InPath,
    Query(which): Query<BTreeMap<String, String>>,
    visit: Visit,
) -> Response {
    let guessed = Words::asked_for(visit.headers());
    let claim = match BoardToken::verify(&token, &app.addresses().keys, app.now()) {
        Ok(claim) => claim,
        Err(TokenError::Expired) => return notice(guessed, Notice::BoardExpired),
        Err(TokenError::Forged) => return notice(guessed, Notice::NoAddress),
    };
    let (organization, member) = match leaderboard::viewer(&app, claim).await {
        Ok(Some(viewer)) => viewer,
        Ok(None) => return notice(guessed, Notice::NoAddress),
        Err(error) => return failure(guessed, &error),
    };
    let words = Words::of(member.language.unwrap_or(organization.language));
    if member.left_at.is_some() {
        return notice(words, Notice::Left);
    }
    let period = which.get("period").map_or(Period::Week, |word| asked(word));
    match leaderboard::board_with_movement(&app, &organization, member.id, period).await {
        Ok(board) => page(
            StatusCode::OK,
            &board_page(words, &organization, &token, board),
        ),
        Err(error) => failure(words, &error),
    }
}

/// The period of a tab; the week for what is none.
fn asked(word: &str) -> Period {
    Period::ALL
        .into_iter()
        .find(|period| value(*period) == word)
        .unwrap_or(Period::Week)
}

fn value(period: Period) -> &'static str {
    match period {
        Period::Week => "week",
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::AllTime => "all_time",
    }
}

fn board_page(
    words: &'static Words,
    organization: &organization::Model,
    token: &str,
    board: Leaderboard,
) -> BoardPage {
    let best = board.top.first().map_or(1, |row| row.points).max(1);
    let moves = board.before.is_some();
    let in_top = board.top.iter().any(|row| row.me);
    let rest = if in_top { Vec::new() } else { board.around };
    // Neighbours who stand among the first already are not shown again.
    let rest = rest.into_iter().filter(|row| !board.top.contains(row));
    let rest: Vec<Row> = rest.collect();
    BoardPage {
        words,
        organization: organization.name.clone(),
        summary: words.board_summary(&board.label, board.members),
        path: format!("/b/{token}"),
        tabs: tabs(words, board.period),
        moves,
        top: lines(words, &board.top, best, moves),
        rest: lines(words, &rest, best, moves),
        rules: rules(words, organization, moves),
        accent: organization.accent.as_deref().and_then(assets::accent),
        label: board.label,
    }
}

fn lines(words: &Words, rows: &[Row], best: i64, moves: bool) -> Vec<Line> {
    rows.iter()
        .map(|row| Line {
            rank: row.rank,
            name: row.name.clone(),
            points: row.points,
            me: row.me,
            tied: row.tied,
            movement: moves.then(|| mark(words, row.movement)),
            share: (row.points.saturating_mul(100) / best).clamp(1, 100),
        })
        .collect()
}

fn mark(words: &Words, movement: Option<Movement>) -> Mark {
    let (sign, words) = match movement {
        Some(Movement::Up(places)) => (format!("▲ {places}"), words.moved_up(places)),
        Some(Movement::Down(places)) => (format!("▼ {places}"), words.moved_down(places)),
        None => ("–".to_owned(), words.no_movement()),
    };
    Mark { sign, words }
}

fn tabs(words: &Words, current: Period) -> Vec<Tab> {
    Period::ALL
        .into_iter()
        .map(|period| {
            let name = match period {
                Period::Week => words.week(),
                Period::Month => words.month(),
                Period::Quarter => words.quarter(),
                Period::AllTime => words.all_time(),
            };
            Tab {
                value: value(period),
                name,
                current: period == current,
            }
        })
        .collect()
}

fn rules(words: &Words, organization: &organization::Model, moves: bool) -> Vec<String> {
    let points = &organization.settings.points;
    let mut rules = vec![
        words.rule_confirmed(points.share_confirmed),
        words.rule_proven(points.share_proven),
        words.rule_click(points.click, points.clicks_per_share_and_day),
        words.rule_proposal(organization.proposal_points),
        words.rule_cap(points.shares_per_day),
        words.rule_hidden(),
    ];
    if moves {
        rules.push(words.rule_movement());
    }
    rules
}

#[cfg(test)]
mod tests;
