//! Files of posts and members on their way in.

use chrono::{DateTime, Utc};
use entity::csv_import::{Column, Entity, Model};
use entity::enums::{ImportKind, ImportState, LineOutcome};
use entity::ids::{CsvImportId, OrganizationId};
use entity::{csv_file, csv_line};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{StoreError, Txn, all_set, bulk};
use crate::domain::page::{Paging, Slice};

/// Writes a new import and its file.
pub async fn insert(txn: &Txn, row: Model, file: csv_file::Model) -> Result<Model, StoreError> {
    let row = all_set::<Entity>(row).insert(&**txn).await?;
    all_set::<csv_file::Entity>(file).insert(&**txn).await?;
    Ok(row)
}

/// Overwrites a row that was loaded with [`find_to_change`].
pub async fn update(txn: &Txn, row: Model) -> Result<Model, StoreError> {
    Ok(all_set::<Entity>(row).update(&**txn).await?)
}

/// One import.
pub async fn find(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: CsvImportId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .one(db)
        .await?)
}

/// One import, held against other writers until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    organization: OrganizationId,
    id: CsvImportId,
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id)
        .filter(Column::OrganizationId.eq(organization))
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// The imports of an organization of a kind, newest first.
pub async fn list(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    kind: ImportKind,
    paging: Paging,
) -> Result<Slice<Model>, StoreError> {
    let mut select = Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Kind.eq(kind));
    if let Some(after) = paging.after {
        select = select.filter(Column::Id.lt(after));
    }
    let rows = select
        .order_by_desc(Column::Id)
        .limit(paging.fetch())
        .all(db)
        .await?;
    Ok(paging.cut(rows, |row| row.id.0))
}

/// Forgets an import with its file and its lines.
pub async fn delete(
    txn: &Txn,
    organization: OrganizationId,
    id: CsvImportId,
) -> Result<(), StoreError> {
    Entity::delete_many()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::Id.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// How many imports of an organization wait or are under way.
pub async fn count_open(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
) -> Result<u64, StoreError> {
    let over = [ImportState::Done, ImportState::Failed];
    Ok(Entity::find()
        .filter(Column::OrganizationId.eq(organization))
        .filter(Column::State.is_not_in(over))
        .count(db)
        .await?)
}

/// Forgets the imports, of every organization, that came before a time and came no further since;
/// says how many.
pub async fn forget_before(txn: &Txn, before: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::CreatedAt.lt(before))
        .filter(Column::UpdatedAt.lt(before))
        .exec(&**txn)
        .await?;
    Ok(outcome.rows_affected)
}

/// The bytes of an import's file, until it is taken over.
pub async fn file(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: CsvImportId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let file = csv_file::Entity::find_by_id(id)
        .filter(csv_file::Column::OrganizationId.eq(organization))
        .one(db)
        .await?;
    Ok(file.map(|file| file.content))
}

/// Forgets the bytes of an import's file.
pub async fn drop_file(
    txn: &Txn,
    organization: OrganizationId,
    id: CsvImportId,
) -> Result<(), StoreError> {
    csv_file::Entity::delete_many()
        .filter(csv_file::Column::OrganizationId.eq(organization))
        .filter(csv_file::Column::ImportId.eq(id))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Puts lines in the place of those that were there from the first of them to the last.
pub async fn replace_lines(txn: &Txn, rows: &[csv_line::Model]) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return Ok(());
    };
    csv_line::Entity::delete_many()
        .filter(csv_line::Column::ImportId.eq(first.import_id))
        .filter(csv_line::Column::Line.between(first.line, last.line))
        .exec(&**txn)
        .await?;
    bulk::insert::<csv_line::Entity>(txn, rows).await
}

/// The lines of an import in their order, from one on: those of one outcome, or all.
pub async fn lines(
    db: &impl ConnectionTrait,
    organization: OrganizationId,
    id: CsvImportId,
    (outcome, after, limit): (Option<LineOutcome>, i64, u64),
) -> Result<Vec<csv_line::Model>, StoreError> {
    let mut select = csv_line::Entity::find()
        .filter(csv_line::Column::OrganizationId.eq(organization))
        .filter(csv_line::Column::ImportId.eq(id))
        .filter(csv_line::Column::Line.gt(after));
    if let Some(outcome) = outcome {
        select = select.filter(csv_line::Column::Outcome.eq(outcome));
    }
    Ok(select
        .order_by_asc(csv_line::Column::Line)
        .limit(limit)
        .all(db)
        .await?)
}
