//! Where some members stand on a board, read by one statement.

use std::collections::BTreeMap;

use entity::ids::MemberId;
use sea_orm::{ConnectionTrait, Statement, Value};

use super::BoardRef;
use crate::domain::leaderboard::WIDTHS;
use crate::store::StoreError;

/// The ranks of those among `members` who are shown and have points on a board. They are few,
/// such as whom another board shows: each is looked up by itself.
pub async fn of_members(
    db: &impl ConnectionTrait,
    board: BoardRef<'_>,
    members: &[MemberId],
) -> Result<BTreeMap<MemberId, i64>, StoreError> {
    if members.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut values: Vec<Value> = vec![board.organization.into(), board.key.into()];
    let first = values.len() + 1;
    values.extend(members.iter().map(|member| Value::from(*member)));
    let places: Vec<String> = (first..=values.len()).map(|at| format!("${at}")).collect();
    let query = query(&places.join(", "));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), query, values);
    let mut ranks = BTreeMap::new();
    for row in db.query_all_raw(statement).await? {
        ranks.insert(row.try_get("", "member_id")?, row.try_get("", "place")?);
    }
    Ok(ranks)
}

/// Written by hand, as the board is. There is one for each number of members.
fn query(members: &str) -> String {
    let [fine, middle, coarse] = WIDTHS;
    format!(
        include_str!("ranks.sql"),
        members = members,
        fine = fine,
        middle = middle,
        coarse = coarse,
    )
}
