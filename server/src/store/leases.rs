//! Named rights that one process holds at a time.

use entity::lease::{Column, Entity, Model};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, TryInsertResult,
};

use super::{StoreError, Txn, all_set};

/// The lease of that name, locked for this transaction.
pub async fn lock(txn: &Txn, name: &str) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Name.eq(name))
        .lock(LockType::Update)
        .one(&**txn)
        .await?)
}

/// Writes a lease that nobody had; says whether nobody came first.
pub async fn insert(txn: &Txn, row: Model) -> Result<bool, StoreError> {
    let outcome = Entity::insert(all_set::<Entity>(row))
        .on_conflict_do_nothing_on([Column::Name])
        .exec(&**txn)
        .await?;
    Ok(matches!(outcome, TryInsertResult::Inserted(_)))
}

/// Writes a changed lease.
pub async fn update(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(&**txn).await?)
}
