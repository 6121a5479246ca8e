//! A board as one member sees it, read by one statement and so at one moment.

use std::cmp::Reverse;
use std::sync::LazyLock;

use entity::enums::BoardVisibility;
use entity::ids::MemberId;
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Statement};

use super::BoardRef;
use crate::domain::leaderboard::{NEIGHBOURS, TOP, WIDTHS};
use crate::store::StoreError;

/// Written by hand: the same for both databases, and prepared once.
static QUERY: LazyLock<String> = LazyLock::new(|| {
    let [fine, middle, coarse] = WIDTHS;
    format!(
        include_str!("board.sql"),
        top = TOP,
        neighbours = NEIGHBOURS,
        fine = fine,
        middle = middle,
        coarse = coarse,
    )
});
/// The first rows, in column `part`.
const BEST: i32 = 0;

/// What of a board a member sees.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The first lines, best first.
    pub top: Vec<Line>,
    /// The member between their neighbours, best first; empty if not on the board.
    pub around: Vec<Line>,
    /// The member's points, also while hidden.
    pub my_points: i64,
    /// Members with more points than the member; nothing if not on the board.
    pub before_me: i64,
    /// Members on the board.
    pub members: i64,
}

/// A member on a board.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Line {
    /// Who.
    pub member_id: MemberId,
    /// Their points.
    pub points: i64,
    /// Members with as many points, this one among them.
    pub alike: Option<i64>,
    /// Whether they show name or pseudonym.
    pub board_visibility: BoardVisibility,
    /// The name.
    pub display_name: String,
    /// The pseudonym.
    pub pseudonym: String,
}

/// A board as `me` sees it.
pub async fn seen_by(
    db: &impl ConnectionTrait,
    board: BoardRef<'_>,
    me: MemberId,
) -> Result<Seen, StoreError> {
    let values = [board.organization.into(), board.key.into(), me.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), &*QUERY, values);
    let rows = db.query_all_raw(statement).await?;
    let mut seen = Seen::default();
    if let Some(first) = rows.first() {
        let figure = |name: &str| -> Result<i64, sea_orm::DbErr> {
            Ok(first.try_get::<Option<i64>>("", name)?.unwrap_or_default())
        };
        seen.my_points = figure("my_points")?;
        seen.members = figure("members")?;
        seen.before_me =
            figure("far_before_me")? + figure("nearer_before_me")? + figure("just_before_me")?;
    }
    for row in &rows {
        match part_of(row)? {
            Some(BEST) => seen.top.push(Line::from_query_result(row, "")?),
            Some(_) => seen.around.push(Line::from_query_result(row, "")?),
            // An empty board still says what it says of the member.
            None => {}
        }
    }
    for lines in [&mut seen.top, &mut seen.around] {
        lines.sort_unstable_by_key(|line| Reverse((line.points, line.member_id)));
    }
    Ok(seen)
}

fn part_of(row: &QueryResult) -> Result<Option<i32>, sea_orm::DbErr> {
    row.try_get("", "part")
}
