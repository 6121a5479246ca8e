//! Boards as a member sees them: the first ten, oneself, and who stands next.

mod movement;
mod weekly;

use chrono::{DateTime, Utc};
use entity::enums::BoardVisibility;
use entity::ids::MemberId;
use entity::{member, organization, score};

use crate::app::App;
use crate::domain::leaderboard::{Board, Movement, Period, WIDTHS, zone};
use crate::domain::signed::BoardToken;
use crate::store::scores::board::{self as boards, Line};
use crate::store::scores::{self, BoardRef, Span};
use crate::store::{Reader, StoreError, shares};

pub use movement::board_with_movement;
pub use weekly::{
    PostWeeklyLeaderboard, post_weekly_leaderboard, schedule, schedule_all, week_before,
};

/// A board for one member.
#[derive(Clone, Debug)]
pub struct Leaderboard {
    /// The span of time.
    pub period: Period,
    /// Its name for people.
    pub label: String,
    /// The first rows.
    pub top: Vec<Row>,
    /// The member and their neighbours; empty if not on the board.
    pub around: Vec<Row>,
    /// The member's own points.
    pub my_points: i64,
    /// The member's rank; none if not on the board.
    pub my_rank: Option<i64>,
    /// How many members are on the board.
    pub members: i64,
    /// The board that movement compares with; none for all time.
    pub before: Option<Board>,
}

/// A line of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who; for looking them up, and not to be shown.
    pub member: MemberId,
    /// Standard ranking: 1, 2, 2, 4.
    pub rank: i64,
    /// The chosen name or pseudonym.
    pub name: String,
    /// Points on this board.
    pub points: i64,
    /// Whether it is the asking member.
    pub me: bool,
    /// Whether somebody else has the same rank, shown here or not.
    pub tied: bool,
    /// How they moved against the period before; none where they had no rank then, or the same,
    /// and where nothing is compared.
    pub movement: Option<Movement>,
}

/// A member's points and rank on one board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Points, also of who is hidden.
    pub points: i64,
    /// Rank; none while hidden or without points.
    pub rank: Option<i64>,
}

/// The member that a board's address names, and their organization.
pub async fn viewer(
    app: &App,
    claim: BoardToken,
) -> Result<Option<(organization::Model, member::Model)>, StoreError> {
    shares::person(app.store.reader(), claim.member).await
}

/// The board of a period that runs now, for a member.
pub async fn board(
    app: &App,
    organization: &organization::Model,
    me: MemberId,
    period: Period,
) -> Result<Leaderboard, StoreError> {
    seen(app, organization, (period, app.now()), me).await
}

/// The board of the period that runs at a time, as a member sees it.
async fn seen(
    app: &App,
    organization: &organization::Model,
    (period, at): (Period, DateTime<Utc>),
    me: MemberId,
) -> Result<Leaderboard, StoreError> {
    let zone = zone(&organization.time_zone);
    let board = Board::at(period, at, zone);
    let seen = boards::seen_by(app.store.reader(), reference(organization, &board), me).await?;
    let around = near_me(me, seen.before_me, seen.around);
    Ok(Leaderboard {
        period,
        label: board.label().to_owned(),
        my_points: seen.my_points,
        my_rank: around.iter().find(|row| row.me).map(|row| row.rank),
        top: ranked(me, 1, seen.top),
        around,
        members: seen.members,
        before: Board::before(period, at, zone),
    })
}

/// A member's points and rank on the board of a period that runs now.
pub async fn standing(
    db: &impl Reader,
    organization: &organization::Model,
    board: &Board,
    me: MemberId,
) -> Result<Standing, StoreError> {
    let at = reference(organization, board);
    let Some(mine) = scores::find(db, at, me).await? else {
        return Ok(Standing::default());
    };
    let rank = if stands(&mine) {
        Some(rank(db, at, mine.points).await?)
    } else {
        None
    };
    Ok(Standing {
        points: mine.points,
        rank,
    })
}

/// A member's points on a board, without the rank.
pub async fn points_of(
    db: &impl Reader,
    organization: &organization::Model,
    board: &Board,
    me: MemberId,
) -> Result<i64, StoreError> {
    let at = reference(organization, board);
    Ok(scores::find(db, at, me)
        .await?
        .map_or(0, |mine| mine.points))
}

fn reference<'b>(organization: &organization::Model, board: &'b Board) -> BoardRef<'b> {
    BoardRef {
        organization: organization.id,
        key: board.key(),
    }
}

fn stands(score: &score::Model) -> bool {
    score.shown && score.points >= 1
}

/// One more than the members with more points.
async fn rank(db: &impl Reader, board: BoardRef<'_>, points: i64) -> Result<i64, StoreError> {
    let greater = WIDTHS.into_iter().skip(1).map(Some).chain([None]);
    let mut before = 0;
    for (width, greater) in WIDTHS.into_iter().zip(greater) {
        let span = Span {
            width,
            above: points.div_euclid(width),
            below: greater.map(|greater| (points.div_euclid(greater) + 1) * (greater / width)),
        };
        before += scores::members_in(db, board, span).await?;
    }
    Ok(1 + before)
}

/// The member between their neighbours; `before_me` members have more points. Ranks
/// upwards follow from how many share each value of points.
fn near_me(me: MemberId, before_me: i64, lines: Vec<Line>) -> Vec<Row> {
    let mine = lines.iter().find(|line| line.member_id == me);
    let Some(my_points) = mine.map(|line| line.points) else {
        return Vec::new();
    };
    let mut higher: Vec<(i64, i64)> = lines
        .iter()
        .filter(|line| line.points > my_points)
        .map(|line| (line.points, alike(line)))
        .collect();
    higher.dedup();
    let first: i64 = higher.iter().map(|(_, members)| members).sum();
    ranked(me, before_me + 1 - first, lines)
}

/// Lines of members who follow each other, of whom the first has the rank `first`.
fn ranked(me: MemberId, first: i64, lines: Vec<Line>) -> Vec<Row> {
    let (mut rank, mut last) = (first, None);
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some((points, members)) = last.replace((line.points, alike(&line)))
            && points != line.points
        {
            rank += members;
        }
        rows.push(Row {
            member: line.member_id,
            rank,
            points: line.points,
            me: line.member_id == me,
            tied: alike(&line) > 1,
            movement: None,
            name: shown_name(line),
        });
    }
    rows
}

/// How many have as many points; the line's own member at least.
fn alike(line: &Line) -> i64 {
    line.alike.unwrap_or(1)
}

/// What others see; nobody who is hidden comes here.
fn shown_name(line: Line) -> String {
    match line.board_visibility {
        BoardVisibility::Name => line.display_name,
        BoardVisibility::Pseudonym | BoardVisibility::Hidden => line.pseudonym,
    }
}

#[cfg(test)]
mod tests;
