//! How often passwords were tried, by account and by address.

use entity::login_attempt::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};

use super::{StoreError, all_set};

/// Counts a try of a subject within a period; says how many that makes.
pub async fn count(
    db: &impl ConnectionTrait,
    subject: &[u8],
    period: i64,
) -> Result<i64, StoreError> {
    let first = Model {
        subject: subject.to_vec(),
        period,
        attempts: 1,
    };
    let one_more = Expr::col((Entity, Column::Attempts)).add(1);
    Entity::insert(all_set::<Entity>(first))
        .on_conflict(
            OnConflict::columns([Column::Subject, Column::Period])
                .value(Column::Attempts, one_more)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    let counted = Entity::find_by_id((subject.to_vec(), period))
        .one(db)
        .await?;
    Ok(counted.map_or(0, |counted| counted.attempts))
}

/// Forgets the tries of a subject, who is let in.
pub async fn forgive(
    db: &impl ConnectionTrait,
    subject: &[u8],
    period: i64,
) -> Result<(), StoreError> {
    Entity::delete_by_id((subject.to_vec(), period))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets the tries of periods before `period`.
pub async fn forget(db: &impl ConnectionTrait, period: i64) -> Result<u64, StoreError> {
    let outcome = Entity::delete_many()
        .filter(Column::Period.lt(period))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected)
}
