//! A connection that tells what is sent over it, and by which function.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::store::{Store, Txn};
use crate::test_support::TestDatabase;

/// A statement and the function that sent it.
pub type Told = (String, Statement);

/// A store under watch.
pub struct Watch {
    store: Store,
    sent: Arc<Mutex<Vec<Statement>>>,
    told: Mutex<Vec<Told>>,
}

impl Watch {
    /// Watches a database.
    pub async fn on(database: &TestDatabase) -> Self {
        let sent: Arc<Mutex<Vec<Statement>>> = Arc::default();
        let mut store = database.open().await;
        let into = Arc::clone(&sent);
        store.db.set_metric_callback(move |info| {
            into.lock().unwrap().push(info.statement.clone());
        });
        Self {
            store,
            sent,
            told: Mutex::default(),
        }
    }

    /// For what reads, or writes by itself.
    pub fn db(&self) -> &DatabaseConnection {
        &self.store.db
    }

    /// For what writes; dropped, it leaves no trace.
    pub async fn begin(&self) -> Txn {
        self.store.begin().await.unwrap()
    }

    /// Notes that what was sent since last was sent by `function`.
    pub fn note(&self, function: &str) {
        let sent = std::mem::take(&mut *self.sent.lock().unwrap());
        assert!(
            !sent.is_empty(),
            "{function} sent nothing: give it more to do"
        );
        let told = sent
            .into_iter()
            .map(|statement| (function.to_owned(), statement));
        self.told.lock().unwrap().extend(told);
    }

    /// Sends a statement of the test's own.
    pub async fn send(&self, function: &str, sql: &str) {
        let backend = self.db().get_database_backend();
        let statement = Statement::from_string(backend, sql);
        self.db().query_all_raw(statement).await.unwrap();
        self.note(function);
    }

    /// The functions that were called.
    pub fn met(&self) -> BTreeSet<String> {
        let told = self.told.lock().unwrap();
        told.iter().map(|(function, _)| function.clone()).collect()
    }

    /// Everything that was sent.
    pub fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }
}
