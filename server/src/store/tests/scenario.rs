//! Calls every function of the store, each of its optional parts once with and once without.

mod access;
mod content;
mod drafts;
mod erasure;
mod insight;
mod machinery;
mod messages;
mod people;
mod proposals;
mod traffic;

use super::watch::Watch;
use crate::domain::page::Paging;

/// Calls a function that reads, or that writes by itself, and notes what it sent.
macro_rules! ask {
    ($watch:ident, $($path:ident)::+ ($($argument:expr),* $(,)?)) => {{
        let answer = $crate::store::$($path)::+($watch.db(), $($argument),*).await;
        $watch.note(&$crate::store::tests::scenario::name(stringify!($($path)::+)));
        answer.unwrap()
    }};
}

/// Calls a function that writes in a transaction, notes what it sent, and leaves no trace.
macro_rules! change {
    ($watch:ident, $($path:ident)::+ ($($argument:expr),* $(,)?)) => {{
        let txn = $watch.begin().await;
        let answer = $crate::store::$($path)::+(&txn, $($argument),*).await;
        $watch.note(&$crate::store::tests::scenario::name(stringify!($($path)::+)));
        drop(txn);
        answer.unwrap()
    }};
}

pub(super) use {ask, change};

/// The name of a function as its source tells it.
pub fn name(path: &str) -> String {
    path.replace(' ', "")
}

/// Calls everything.
pub async fn play(watch: &Watch) {
    people::play(watch).await;
    access::play(watch).await;
    content::play(watch).await;
    drafts::play(watch).await;
    proposals::play(watch).await;
    messages::play(watch).await;
    traffic::play(watch).await;
    insight::play(watch).await;
    machinery::play(watch).await;
    erasure::play(watch).await;
}

/// The first page, and one that follows a row.
fn pages(after: uuid::Uuid) -> [Paging; 2] {
    [None, Some(after)].map(|after| Paging { after, limit: 50 })
}
