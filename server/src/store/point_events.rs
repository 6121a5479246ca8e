//! The ledger of points: append only.

use entity::enums::PointKind;
use entity::ids::{MemberId, OrganizationId, PointEventId, ShareId};
use entity::point_event::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QuerySelect, TryInsertResult,
};

use super::{StoreError, Txn};

/// Entries of one statement. One has nine values, and SQLite binds 32,766
/// (`SQLITE_MAX_VARIABLE_NUMBER`, sqlite.org/limits.html).
const ROWS_PER_STATEMENT: usize = 2_000;

/// Appends entries, and gives the ids of those that were written: one for a thing that
/// has an entry already is not.
pub async fn append_unless_there(
    txn: &Txn,
    rows: &[Model],
) -> Result<Vec<PointEventId>, StoreError> {
    let mut written = Vec::new();
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        let part = part.iter().cloned().map(IntoActiveModel::into_active_model);
        let outcome = Entity::insert_many(part)
            .on_conflict_do_nothing_on([Column::OrganizationId, Column::DedupeKey])
            .exec_with_returning_keys(&**txn)
            .await?;
        match outcome {
            TryInsertResult::Inserted(ids) => written.extend(ids),
            TryInsertResult::Empty | TryInsertResult::Conflicted => {}
        }
    }
    Ok(written)
}

/// The entry for one thing.
pub async fn by_key(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    dedupe_key: &str,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::DedupeKey.eq(dedupe_key))
        .one(db)
        .await?)
}

/// Entries of a member on one local day and of one kind.
pub async fn of_day(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    member: MemberId,
    day: &str,
    kind: PointKind,
) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::MemberId.eq(member))
        .filter(Column::Day.eq(day))
        .filter(Column::Kind.eq(kind))
        .all(db)
        .await?)
}

/// How many clicks of a share earned on one local day.
pub async fn clicks_of_day(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    share: ShareId,
    day: &str,
) -> Result<i64, StoreError> {
    let count: Option<i64> = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "clicks")
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::ShareId.eq(share))
        .filter(Column::Kind.eq(PointKind::ClickCounted))
        .filter(Column::Day.eq(day))
        .into_tuple()
        .one(db)
        .await?;
    Ok(count.unwrap_or_default())
}

/// Points that a share has earned in all.
pub async fn of_share(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    share: ShareId,
) -> Result<i64, StoreError> {
    let sum: Option<Option<i64>> = Entity::find()
        .select_only()
        .column_as(Column::Points.sum().cast_as("bigint"), "points")
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::ShareId.eq(share))
        .into_tuple()
        .one(db)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}
