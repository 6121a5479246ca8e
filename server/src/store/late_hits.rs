//! Ranges of hits that were stored late: counting reads hits in the order of
//! their ids, and would not come back for those.

use entity::ids::HitId;
use entity::late_hits::{Column, Entity, Model};
use entity::{hit, late_hit};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{StoreError, Txn};

/// Ranges of one run of counting.
pub const RANGES: u64 = 100;
/// Hits of one statement; SQLite binds 32,766 values (`SQLITE_MAX_VARIABLE_NUMBER`,
/// sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 10_000;

/// Notes a range in the transaction that stores its hits.
pub async fn insert(txn: &Txn, row: Model) -> Result<(), StoreError> {
    Entity::insert(row.into_active_model())
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Notes hits that were stored late, in the transaction that stores them: they are not in the
/// sums.
pub async fn note(txn: &Txn, hits: &[HitId]) -> Result<(), StoreError> {
    for part in hits.chunks(ROWS_PER_STATEMENT) {
        let rows = part
            .iter()
            .map(|id| late_hit::Model { hit_id: *id }.into_active_model());
        late_hit::Entity::insert_many(rows)
            .on_conflict_do_nothing_on([late_hit::Column::HitId])
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}

/// The oldest hits up to an id that were stored late and are not in the sums.
pub async fn unsummed(
    db: &impl ConnectionTrait,
    last: HitId,
    limit: u64,
) -> Result<Vec<HitId>, StoreError> {
    Ok(late_hit::Entity::find()
        .select_only()
        .column(late_hit::Column::HitId)
        .filter(late_hit::Column::HitId.lte(last))
        .order_by_asc(late_hit::Column::HitId)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Which of these hits were stored late and are not in the sums.
pub async fn unsummed_of(
    db: &impl ConnectionTrait,
    hits: &[HitId],
) -> Result<Vec<HitId>, StoreError> {
    Ok(late_hit::Entity::find()
        .select_only()
        .column(late_hit::Column::HitId)
        .filter(late_hit::Column::HitId.is_in(hits.iter().copied()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Hits by id, oldest first.
pub async fn find_hits(
    db: &impl ConnectionTrait,
    ids: &[HitId],
) -> Result<Vec<hit::Model>, StoreError> {
    Ok(hit::Entity::find()
        .filter(hit::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(hit::Column::Id)
        .all(db)
        .await?)
}

/// Forgets that hits were stored late; says of how many that was noted.
pub async fn forget(txn: &Txn, hits: &[HitId]) -> Result<u64, StoreError> {
    Ok(late_hit::Entity::delete_many()
        .filter(late_hit::Column::HitId.is_in(hits.iter().copied()))
        .exec(&**txn)
        .await?
        .rows_affected)
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
    after: Option<HitId>,
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
