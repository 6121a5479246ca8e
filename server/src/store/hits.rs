//! Hits: appended in the order of their ids, read by ranges of ids, and
//! without any other index, for that would be paid for by every reader who waits.

use entity::enums::{HitClass, HitReason};
use entity::hit::{Column, Entity, Model};
use entity::ids::{HitId, LinkId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, TryInsertResult,
};

use super::{StoreError, Txn};

/// Rows of one statement. A row has eleven values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 2_000;

/// Stores hits that waited elsewhere; those that are stored already are left as they are. Gives
/// those that are new.
pub async fn append(txn: &Txn, rows: &[Model]) -> Result<Vec<HitId>, StoreError> {
    let mut new = Vec::new();
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        let outcome = Entity::insert_many(part)
            .on_conflict_do_nothing_on([Column::Id])
            .exec_with_returning_keys(&**txn)
            .await?;
        match outcome {
            TryInsertResult::Inserted(ids) => new.extend(ids),
            TryInsertResult::Empty | TryInsertResult::Conflicted => {}
        }
    }
    Ok(new)
}

/// Hits after an id up to another, oldest first.
pub async fn between(
    db: &impl ConnectionTrait,
    (after, last): (HitId, HitId),
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Id.gt(after))
        .filter(Column::Id.lte(last))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Hits after an id, oldest first.
pub async fn after(
    db: &impl ConnectionTrait,
    id: HitId,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Id.gt(id))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Marks hits as the sharing member's own.
pub async fn mark_own(txn: &Txn, ids: &[HitId]) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Class, Expr::value(HitClass::Own))
        .col_expr(Column::Reason, Expr::value(HitReason::OwnVisit))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Hits of these links by class, among those after an id.
pub async fn by_class(
    db: &impl ConnectionTrait,
    links: &[LinkId],
    after: HitId,
) -> Result<Vec<(HitClass, i64)>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Class)
        .column_as(Column::Id.count(), "hits")
        .filter(Column::Id.gt(after))
        .filter(Column::LinkId.is_in(links.iter().copied()))
        .group_by(Column::Class)
        .into_tuple()
        .all(db)
        .await?)
}
