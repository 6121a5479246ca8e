//! Whether a request that bears an idempotency key took effect, noted by the very transaction by
//! which it did: a server that ends before it has answered leaves no doubt behind.

use entity::idempotency_record::{Column, Entity};
use entity::ids::IdempotencyRecordId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::StoreError;

/// Stands for the status of an answer that is not there yet.
pub const TOOK_EFFECT: i64 = 0;

tokio::task_local! {
    static RECORD: IdempotencyRecordId;
}

/// Does the work of the request that this record is about: every transaction that the work
/// commits in its own task says on the record that it did.
pub fn noting<W: Future>(record: IdempotencyRecordId, work: W) -> impl Future<Output = W::Output> {
    RECORD.scope(record, work)
}

/// Notes it where there is such a request.
pub(super) async fn note(txn: &DatabaseTransaction) -> Result<(), StoreError> {
    let Ok(record) = RECORD.try_with(|record| *record) else {
        return Ok(());
    };
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(TOOK_EFFECT))
        .filter(Column::Id.eq(record))
        .filter(Column::Status.is_null())
        .exec(txn)
        .await?;
    Ok(())
}
