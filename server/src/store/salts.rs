//! Salts of visitor hashes: one per UTC day however many replicas ask, gone after the day.

use entity::daily_salt::{ActiveModel, Column, Entity};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{StoreError, Txn};

/// The salt of a day.
pub async fn find(db: &impl ConnectionTrait, day: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(Entity::find_by_id(day).one(db).await?.map(|row| row.salt))
}

/// Writes the salt of a day unless another replica was first.
pub async fn insert_unless_there(txn: &Txn, day: &str, salt: &[u8]) -> Result<(), StoreError> {
    Entity::insert(ActiveModel {
        day: Set(day.to_owned()),
        salt: Set(salt.to_vec()),
    })
    .on_conflict(OnConflict::column(Column::Day).do_nothing().to_owned())
    .exec_without_returning(&**txn)
    .await?;
    Ok(())
}

/// Destroys the salts of days before `day`.
pub async fn destroy_before(txn: &Txn, day: &str) -> Result<u64, StoreError> {
    Ok(Entity::delete_many()
        .filter(Column::Day.lt(day))
        .exec(&**txn)
        .await?
        .rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{Kind, TestDatabase};

    #[tokio::test]
    async fn no_byte_of_a_destroyed_salt_is_left_in_the_file() {
        let database = TestDatabase::create(Kind::Sqlite).await;
        let file = database.url.trim_start_matches("sqlite://");
        let file = file.split('?').next().unwrap_or_default().to_owned();
        let salt: Vec<u8> = (100..132).collect();
        let holds = |bytes: &[u8]| bytes.windows(salt.len()).any(|window| window == salt);

        let store = database.open().await;
        let txn = store.begin().await.unwrap();
        insert_unless_there(&txn, "2026-11-16", &salt)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        store.close().await.unwrap();
        assert!(holds(&std::fs::read(&file).unwrap()), "it was there");

        let store = database.open().await;
        let txn = store.begin().await.unwrap();
        assert_eq!(destroy_before(&txn, "2026-11-17").await.unwrap(), 1);
        txn.commit().await.unwrap();
        store.close().await.unwrap();
        assert!(!holds(&std::fs::read(&file).unwrap()));
    }
}
