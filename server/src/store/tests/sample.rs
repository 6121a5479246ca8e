//! Rows as a server has them after some months: one large organization and many small ones;
//! most jobs done, most messages sent, most posts over.
//!
//! Everything about row `n` follows from `n`, so that the scenario can name it.

pub mod access;
pub mod drafts;
pub mod insight;
pub mod machinery;
pub mod people;
pub mod proposals;
pub mod rows;
pub mod traffic;

use sea_orm::{EntityTrait, IntoActiveModel};

use crate::store::Txn;
use crate::test_support::TestDatabase;

/// Rows of one statement: the widest row has 27 values, and SQLite binds 32,766.
const PART: usize = 1_000;

/// Fills an empty database.
pub async fn fill(database: &TestDatabase) {
    let store = database.open().await;
    let txn = store.begin().await.unwrap();
    people::fill(&txn).await;
    access::fill(&txn).await;
    drafts::fill(&txn).await;
    proposals::fill(&txn).await;
    traffic::fill(&txn).await;
    insight::fill(&txn).await;
    machinery::fill(&txn).await;
    txn.commit().await.unwrap();
    store.close().await.unwrap();
}

/// Writes the rows with numbers from 0 up to `count`.
async fn put<E>(txn: &Txn, count: usize, row: impl Fn(usize) -> E::Model)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let mut from = 0;
    while from < count {
        let to = count.min(from + PART);
        let rows = (from..to).map(|n| row(n).into_active_model());
        E::insert_many(rows)
            .exec_without_returning(&**txn)
            .await
            .unwrap();
        from = to;
    }
}
