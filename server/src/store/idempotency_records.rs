//! Answers remembered under idempotency keys.

use chrono::{DateTime, Utc};
use entity::idempotency_record::{Column, Entity, Model};
use entity::ids::IdempotencyRecordId;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, TryInsertResult,
};

use super::{StoreError, all_set};

/// The record under a key. The scope contains whose it is.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &str,
    key: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Scope.eq(scope))
        .filter(Column::IdempotencyKey.eq(key))
        .one(db)
        .await?)
}

/// Writes a record, unless there is one under its key; says whether it did.
pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<bool, StoreError> {
    let outcome = Entity::insert(all_set::<Entity>(row))
        .on_conflict_do_nothing_on([Column::Scope, Column::IdempotencyKey])
        .exec(db)
        .await?;
    Ok(matches!(outcome, TryInsertResult::Inserted(_)))
}

/// Writes the answer.
pub async fn update(db: &impl ConnectionTrait, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(db).await?)
}

/// Forgets one record.
pub async fn remove(db: &impl ConnectionTrait, id: IdempotencyRecordId) -> Result<(), StoreError> {
    Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Forgets the records written before `before`; says how many.
pub async fn remove_before(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected)
}
