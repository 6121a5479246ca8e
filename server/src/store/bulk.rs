//! Many new rows in one statement. What all of them share is bound once, for binding and
//! reading placeholders is most of what such a statement costs.

use sea_orm::sea_query::{Alias, Expr, InsertStatement, OnConflict, Query, Value, ValueTuple};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Iterable, ModelTrait};

use super::{StoreError, Txn};

/// Rows of one statement: the database keeps it prepared, and a longer one is no faster.
const ROWS: usize = 1_000;
/// Values of one statement: SQLite binds 32,766 (`SQLITE_MAX_VARIABLE_NUMBER`,
/// sqlite.org/limits.html).
const VALUES: usize = 32_000;

/// Writes new rows, in the order in which they are given.
pub(super) async fn insert<E: EntityTrait>(txn: &Txn, rows: &[E::Model]) -> Result<(), StoreError> {
    insert_or::<E>(txn, rows, None).await
}

/// The same, saying what becomes of a row whose key exists.
pub(super) async fn insert_or<E: EntityTrait>(
    txn: &Txn,
    rows: &[E::Model],
    on_conflict: impl Into<Option<OnConflict>>,
) -> Result<(), StoreError> {
    let on_conflict = on_conflict.into();
    let columns = E::Column::iter().count().max(1);
    for part in rows.chunks(ROWS.min(VALUES / columns)) {
        let mut statement = statement::<E>(part)?;
        if let Some(on_conflict) = &on_conflict {
            statement.on_conflict(on_conflict.clone());
        }
        txn.execute(&statement).await?;
    }
    Ok(())
}

/// `INSERT … SELECT` of constants and of a list of values. SQLite and PostgreSQL both name
/// the columns of such a list `column1`, `column2`…
fn statement<E: EntityTrait>(rows: &[E::Model]) -> Result<InsertStatement, DbErr> {
    let list = Alias::new("rows");
    let mut select = Query::select();
    let mut varying = Vec::new();
    for column in E::Column::iter() {
        let values: Vec<Value> = rows.iter().map(|row| row.get(column)).collect();
        match values.split_first() {
            Some((first, others)) if others.iter().all(|other| other == first) => {
                select.expr(Expr::value(first.clone()));
            }
            Some(_) | None => {
                varying.push(values.into_iter());
                let name = Alias::new(format!("column{}", varying.len()));
                select.expr(Expr::col((list.clone(), name)));
            }
        }
    }
    if !varying.is_empty() {
        let tuples: Vec<ValueTuple> = (0..rows.len())
            .map(|_| ValueTuple::Many(varying.iter_mut().filter_map(Iterator::next).collect()))
            .collect();
        select.from_values(tuples, list);
    }
    // Without a condition SQLite takes what follows a list for one of a join.
    select.and_where(Expr::value(true));
    let mut insert = Query::insert();
    insert
        .into_table(E::default().table_ref())
        .columns(E::Column::iter())
        .select_from(select)
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    Ok(insert)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::ids::{OrganizationId, TeamId};
    use entity::team;
    use sea_orm::{DbBackend, StatementBuilder};
    use uuid::Uuid;

    use super::*;

    fn team(number: u128) -> team::Model {
        team::Model {
            id: TeamId(Uuid::from_u128(number)),
            organization_id: OrganizationId(Uuid::nil()),
            parent_id: None,
            name: format!("Team {number}"),
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_all_rows_share_is_bound_once() {
        for (count, expected) in [(1, 5), (3, 2 * 3 + 3)] {
            let rows: Vec<team::Model> = (1..=count).map(team).collect();
            let statement = statement::<team::Entity>(&rows).unwrap();
            let built = StatementBuilder::build(&statement, &DbBackend::Sqlite);
            // And the condition.
            assert_eq!(built.values.unwrap().0.len(), expected + 1, "{}", built.sql);
        }
    }
}
