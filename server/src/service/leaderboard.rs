//! Boards as a member sees them: the first ten, oneself, and who stands next.

mod weekly;

use std::collections::BTreeMap;

use entity::enums::BoardVisibility;
use entity::ids::MemberId;
use entity::{member, organization, score};

use crate::app::App;
use crate::domain::leaderboard::{BUCKET_WIDTH, Board, Period, bucket, zone};
use crate::domain::signed::BoardToken;
use crate::store::scores::{self, BoardRef};
use crate::store::{Reader, StoreError, shares};

pub use weekly::{
    PostWeeklyLeaderboard, post_weekly_leaderboard, schedule, schedule_all, week_before,
};

/// Rows shown from the top.
const TOP: u64 = 10;
/// Neighbours shown on either side of oneself.
const NEIGHBOURS: u64 = 2;

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
}

/// A line of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
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
    let board = Board::at(period, app.now(), zone(&organization.time_zone));
    let at = BoardRef {
        organization: organization.id,
        key: board.key(),
    };
    let db = app.store.reader();
    // One more on either side than is shown tells whether the last row is tied.
    let top = scores::top(db, at, TOP + 1).await?;
    let mine = scores::find(db, at, me).await?;
    let around = match &mine {
        Some(mine) if stands(mine) => {
            let mut rows = scores::above(db, mine, NEIGHBOURS + 1).await?;
            rows.reverse();
            rows.push(mine.clone());
            rows.extend(scores::below(db, mine, NEIGHBOURS + 1).await?);
            rows
        }
        Some(_) | None => Vec::new(),
    };
    let mut lines = Lines::new(app, at, Some(me));
    let mut top = lines.of(top).await?;
    top.truncate(usize::try_from(TOP).unwrap_or(usize::MAX));
    let around = near_me(lines.of(around).await?);
    Ok(Leaderboard {
        period,
        label: board.label().to_owned(),
        my_points: mine.as_ref().map_or(0, |mine| mine.points),
        my_rank: around.iter().find(|row| row.me).map(|row| row.rank),
        top,
        around,
        members: scores::members_from_bucket(db, at, 0).await?,
    })
}

/// A member's points and rank on the board of a period that runs now.
pub async fn standing(
    db: &impl Reader,
    organization: &organization::Model,
    board: &Board,
    me: MemberId,
) -> Result<Standing, StoreError> {
    let at = BoardRef {
        organization: organization.id,
        key: board.key(),
    };
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
    let at = BoardRef {
        organization: organization.id,
        key: board.key(),
    };
    Ok(scores::find(db, at, me)
        .await?
        .map_or(0, |mine| mine.points))
}

/// The member's row and so many neighbours on either side.
fn near_me(rows: Vec<Row>) -> Vec<Row> {
    let neighbours = usize::try_from(NEIGHBOURS).unwrap_or(usize::MAX);
    let mine = rows.iter().position(|row| row.me).unwrap_or_default();
    rows.into_iter()
        .skip(mine.saturating_sub(neighbours))
        .take(mine.min(neighbours) + 1 + neighbours)
        .collect()
}

fn stands(score: &score::Model) -> bool {
    score.shown && score.points >= 1
}

/// One more than the members with more points.
async fn rank(db: &impl Reader, board: BoardRef<'_>, points: i64) -> Result<i64, StoreError> {
    let own = bucket(points).unwrap_or_default();
    let higher = scores::members_from_bucket(db, board, own + 1).await?;
    let before = scores::members_between(db, board, points, (own + 1) * BUCKET_WIDTH).await?;
    Ok(1 + higher + before)
}

/// Makes lines of scores, asking for each rank and each name once.
struct Lines<'a> {
    app: &'a App,
    board: BoardRef<'a>,
    me: Option<MemberId>,
    ranks: BTreeMap<i64, i64>,
}

impl<'a> Lines<'a> {
    fn new(app: &'a App, board: BoardRef<'a>, me: Option<MemberId>) -> Self {
        Self {
            app,
            board,
            me,
            ranks: BTreeMap::new(),
        }
    }

    async fn of(&mut self, scores: Vec<score::Model>) -> Result<Vec<Row>, StoreError> {
        let ids: Vec<MemberId> = scores.iter().map(|score| score.member_id).collect();
        let names: BTreeMap<MemberId, String> =
            scores::people(self.app.store.reader(), self.board.organization, &ids)
                .await?
                .into_iter()
                .map(|member| (member.id, shown_name(member)))
                .collect();
        let mut rows = Vec::with_capacity(scores.len());
        for score in &scores {
            rows.push(Row {
                rank: self.rank(score.points).await?,
                name: names.get(&score.member_id).cloned().unwrap_or_default(),
                points: score.points,
                me: Some(score.member_id) == self.me,
                tied: scores.iter().any(|other| {
                    other.points == score.points && other.member_id != score.member_id
                }),
            });
        }
        Ok(rows)
    }

    async fn rank(&mut self, points: i64) -> Result<i64, StoreError> {
        if let Some(rank) = self.ranks.get(&points) {
            return Ok(*rank);
        }
        let rank = rank(self.app.store.reader(), self.board, points).await?;
        self.ranks.insert(points, rank);
        Ok(rank)
    }
}

/// What others see; nobody who is hidden comes here.
fn shown_name(member: member::Model) -> String {
    match member.board_visibility {
        BoardVisibility::Name => member.display_name,
        BoardVisibility::Pseudonym | BoardVisibility::Hidden => member.pseudonym,
    }
}

#[cfg(test)]
mod tests;
