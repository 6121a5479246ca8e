//! Ranges of hits that were stored late: counting reads hits in the order of
//! their ids, and would not come back for those.

use entity::hit;
use entity::late_hits::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn};

/// Ranges of one run of counting.
const RANGES: u64 = 100;

/// Notes a range in the transaction that stores its hits.
pub async fn insert(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// The oldest ranges that are to be counted.
pub async fn oldest(db: &impl ConnectionTrait) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .order_by_asc(Column::Id)
        .limit(RANGES)
        .all(db)
        .await?)
}

/// Hits of a range after `after`, oldest first.
pub async fn hits_of(
    db: &impl ConnectionTrait,
    range: &Model,
    after: Option<entity::ids::HitId>,
    limit: u64,
) -> Result<Vec<hit::Model>, StoreError> {
    let from = match after {
        Some(after) => hit::Column::Id.gt(after),
        None => hit::Column::Id.gte(range.first_hit),
    };
    Ok(hit::Entity::find()
        .filter(from)
        .filter(hit::Column::Id.lte(range.last_hit))
        .order_by_asc(hit::Column::Id)
        .limit(limit)
        .all(db)
        .await?)
}

/// Forgets a range: its hits are counted.
pub async fn delete(txn: &Txn, range: &Model) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::Id.eq(range.id))
        .exec(&**txn)
        .await?;
    Ok(())
}
