//! Trees of teams of months that were told.

use entity::ids::OrganizationId;
use entity::team_month::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{StoreError, Txn};

/// Rows of one statement. One has six values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 4_000;

/// The tree of a month; empty where the month was not told yet.
pub async fn of_month(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    month: &str,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Month.eq(month))
        .all(db)
        .await?)
}

/// Keeps the tree of a month.
pub async fn insert(txn: &Txn, rows: Vec<Model>) -> Result<(), StoreError> {
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(part)
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}
