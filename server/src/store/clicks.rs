//! Clicks, and the visits of members to their own share addresses.

use std::collections::BTreeSet;

use entity::click::{Column, Entity, Model};
use entity::count_cursor;
use entity::ids::{HitId, LinkId, ShareId};
use entity::own_visit;
use sea_orm::sea_query::{Alias, Expr, OnConflict, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, IntoActiveModel,
    Iterable, QueryFilter, QuerySelect,
};

use super::{StoreError, Txn};

/// Rows of one statement; a row has nine values (see `hits`).
const ROWS_PER_STATEMENT: usize = 2_000;

/// Clicks that visitors made on the links beside them from the first of `hours` to the last. Links
/// and visitors in two lists would be looked for in all their combinations: half a million of them
/// in a batch of hits.
pub async fn of_visitors(
    db: &impl ConnectionTrait,
    visitors: &BTreeSet<(LinkId, Vec<u8>)>,
    hours: (i64, i64),
) -> Result<Vec<Model>, StoreError> {
    if visitors.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = || Alias::new("wanted");
    // Both databases name the columns of `VALUES` so.
    let of_wanted = |column: &'static str| Expr::col((wanted(), Alias::new(column)));
    let of_click = |column| Expr::col((Entity, column));
    let mut query = Query::select();
    query
        .columns(Column::iter().map(|column| (Entity, column)))
        .from_values(visitors.iter().cloned(), wanted())
        // SQLite begins with what stands first in it: in another join, it reads all clicks first.
        .cross_join(Entity)
        .and_where(of_click(Column::LinkId).eq(of_wanted("column1")))
        .and_where(of_click(Column::Visitor).eq(of_wanted("column2")))
        .and_where(of_click(Column::Hour).between(hours.0, hours.1));
    let rows = db.query_all(&query).await?;
    let clicks = rows.iter().map(|row| Model::from_query_result(row, ""));
    Ok(clicks.collect::<Result<_, _>>()?)
}

/// How many counted clicks these networks made on these links, by link, hour
/// and network, from the first of `hours` to the last.
pub async fn counted(
    db: &impl ConnectionTrait,
    (links, networks): (&[LinkId], &[Vec<u8>]),
    hours: (i64, i64),
) -> Result<Vec<(LinkId, i64, Vec<u8>, i64)>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::LinkId, Column::Hour, Column::NetworkKey])
        .column_as(Column::Id.count(), "clicks")
        .filter(Column::LinkId.is_in(links.iter().copied()))
        .filter(Column::Hour.between(hours.0, hours.1))
        .filter(Column::NetworkKey.is_in(networks.iter().cloned()))
        .filter(Column::Counted.eq(true))
        .group_by(Column::LinkId)
        .group_by(Column::Hour)
        .group_by(Column::NetworkKey)
        .into_tuple()
        .all(db)
        .await?)
}

/// Writes new clicks.
pub async fn insert(txn: &Txn, rows: Vec<Model>) -> Result<(), StoreError> {
    for part in rows.chunks(ROWS_PER_STATEMENT) {
        Entity::insert_many(part.iter().cloned().map(IntoActiveModel::into_active_model))
            .exec_without_returning(&**txn)
            .await?;
    }
    Ok(())
}

/// How far the work `name` has read the hits.
pub async fn cursor(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Option<count_cursor::Model>, StoreError> {
    Ok(count_cursor::Entity::find_by_id(name).one(db).await?)
}

/// The same, held against other writers until the transaction ends.
pub async fn hold_cursor(txn: &Txn, name: &str) -> Result<Option<count_cursor::Model>, StoreError> {
    Ok(count_cursor::Entity::find_by_id(name)
        .lock_exclusive()
        .one(&**txn)
        .await?)
}

/// Writes where a kind of work begins, unless it began already.
pub async fn begin_cursor(txn: &Txn, row: count_cursor::Model) -> Result<(), StoreError> {
    count_cursor::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([count_cursor::Column::Name])
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Remembers how far a kind of work has read the hits.
pub async fn set_cursor(txn: &Txn, row: count_cursor::Model) -> Result<(), StoreError> {
    count_cursor::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::column(count_cursor::Column::Name)
                .update_columns([count_cursor::Column::HitId, count_cursor::Column::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Remembers that a visitor opened the address of a share.
pub async fn add_own_visit(txn: &Txn, row: own_visit::Model) -> Result<(), StoreError> {
    own_visit::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&**txn)
        .await?;
    Ok(())
}

/// Visitors who opened the addresses of these shares.
pub async fn own_visits(
    db: &impl ConnectionTrait,
    shares: &[ShareId],
) -> Result<Vec<own_visit::Model>, StoreError> {
    Ok(own_visit::Entity::find()
        .filter(own_visit::Column::ShareId.is_in(shares.iter().copied()))
        .all(db)
        .await?)
}

/// Forgets the visits of UTC days before `day`.
pub async fn forget_own_visits(txn: &Txn, day: &str) -> Result<u64, StoreError> {
    Ok(own_visit::Entity::delete_many()
        .filter(own_visit::Column::Day.lt(day))
        .exec(&**txn)
        .await?
        .rows_affected)
}

/// The smallest id of a hit of this time: where a range of hits begins.
pub fn first_hit_at(at: chrono::DateTime<chrono::Utc>) -> HitId {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    HitId(uuid::Uuid::from_u128(u128::from(millis) << 80))
}
