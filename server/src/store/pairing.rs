//! Pairing: codes, and how often accounts try them.

use chrono::{DateTime, Utc};
use entity::ids::{MemberId, OrganizationId};
use entity::{pairing_attempt, pairing_code};
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    QuerySelect,
};

use super::{StoreError, Txn, all_set};

/// The code with one of these hashes, whichever organization it belongs to: it is what says
/// which one.
pub async fn by_hashes(
    db: &impl ConnectionTrait,
    hashes: Vec<Vec<u8>>,
) -> Result<Option<pairing_code::Model>, StoreError> {
    Ok(pairing_code::Entity::find()
        .filter(pairing_code::Column::CodeHash.is_in(hashes))
        .one(db)
        .await?)
}

/// A code as it stands now, held until the transaction ends.
pub async fn find_to_change(
    txn: &Txn,
    seen: &pairing_code::Model,
) -> Result<Option<pairing_code::Model>, StoreError> {
    Ok(pairing_code::Entity::find_by_id(seen.id)
        .filter(pairing_code::Column::OrganizationId.eq(seen.organization_id))
        .lock(LockType::Update)
        .one(&**txn)
        .await?)
}

/// Writes a new code.
pub async fn insert(txn: &Txn, row: pairing_code::Model) -> Result<(), StoreError> {
    all_set::<pairing_code::Entity>(row).insert(&**txn).await?;
    Ok(())
}

/// Writes a changed code.
pub async fn update(txn: &Txn, row: pairing_code::Model) -> Result<(), StoreError> {
    all_set::<pairing_code::Entity>(row).update(&**txn).await?;
    Ok(())
}

/// Ends the codes of a member that still count.
pub async fn void(
    txn: &Txn,
    organization: OrganizationId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    pairing_code::Entity::update_many()
        .col_expr(pairing_code::Column::ExpiresAt, now.into())
        .filter(pairing_code::Column::OrganizationId.eq(organization))
        .filter(pairing_code::Column::MemberId.eq(member))
        .filter(pairing_code::Column::UsedAt.is_null())
        .filter(pairing_code::Column::ExpiresAt.gt(now))
        .exec(&**txn)
        .await?;
    Ok(())
}

/// Counts a try of an account within an hour; says how many that makes.
pub async fn count_try(txn: &Txn, account: &str, hour: i64) -> Result<i64, StoreError> {
    use pairing_attempt::Column;
    let first = pairing_attempt::Model {
        account: account.to_owned(),
        hour,
        attempts: 1,
    };
    let one_more = Expr::col((pairing_attempt::Entity, Column::Attempts)).add(1);
    pairing_attempt::Entity::insert(all_set::<pairing_attempt::Entity>(first))
        .on_conflict(
            OnConflict::columns([Column::Account, Column::Hour])
                .value(Column::Attempts, one_more)
                .to_owned(),
        )
        .exec_without_returning(&**txn)
        .await?;
    let counted = lock_tries(txn, account, hour).await?;
    Ok(counted.map_or(0, |counted| counted.attempts))
}

/// Holds the tries of an account until the transaction ends, so that it is paired by one at a
/// time.
pub async fn lock_tries(
    txn: &Txn,
    account: &str,
    hour: i64,
) -> Result<Option<pairing_attempt::Model>, StoreError> {
    Ok(
        pairing_attempt::Entity::find_by_id((account.to_owned(), hour))
            .lock(LockType::Update)
            .one(&**txn)
            .await?,
    )
}

/// Forgets codes that ended before `ended` and tries of hours before `hour`.
pub async fn forget(txn: &Txn, ended: DateTime<Utc>, hour: i64) -> Result<u64, StoreError> {
    let codes = pairing_code::Entity::delete_many()
        .filter(pairing_code::Column::ExpiresAt.lt(ended))
        .exec(&**txn)
        .await?;
    let tries = pairing_attempt::Entity::delete_many()
        .filter(pairing_attempt::Column::Hour.lt(hour))
        .exec(&**txn)
        .await?;
    Ok(codes.rows_affected + tries.rows_affected)
}
