//! Who visits, told apart for one UTC day by that day's salt.

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};

use crate::app::App;
use crate::domain::visitor::{Hasher, Salt, utc_day};
use crate::store::{StoreError, salts};

/// How long readers wait for the database to tell the salt of a new day.
const PATIENCE: Duration = Duration::from_secs(6);

/// A visitor of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The hash of address and user agent.
    pub key: Vec<u8>,
    /// The hash of the address's network.
    pub network_key: Vec<u8>,
    /// The UTC date.
    pub day: NaiveDate,
}

/// The salt in memory, of the day that was asked for last.
#[derive(Clone, Debug, Default)]
pub struct Salts(Arc<Held>);

#[derive(Debug, Default)]
struct Held {
    salt: RwLock<Option<DaySalt>>,
    /// Held by the one request that fetches a new day's salt.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct DaySalt {
    day: NaiveDate,
    hasher: Arc<Hasher>,
    /// The salt itself where it was drawn here while the database was away, and
    /// is still to be offered to it.
    unsettled: Option<Salt>,
}

impl std::fmt::Debug for DaySalt {
    /// Without the salt.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DaySalt")
            .field("day", &self.day)
            .finish_non_exhaustive()
    }
}

/// Who comes from this address with this user agent today.
pub async fn today(app: &App, address: IpAddr, user_agent: &str) -> Visitor {
    let day = app.now().date_naive();
    let hasher = match app.salts().of(day) {
        Some(salt) => salt.hasher,
        // Apart, so that the path of every request stays small.
        None => Box::pin(fetch(app, day)).await,
    };
    Visitor {
        key: hasher.visitor(address, user_agent),
        network_key: hasher.network(address),
        day,
    }
}

/// The salt of a new day, drawn by whichever replica asks first. While the
/// database is away it is one of our own, in memory only: written elsewhere, it
/// might outlive its day.
async fn fetch(app: &App, day: NaiveDate) -> Arc<Hasher> {
    let _alone = app.salts().0.fetching.lock().await;
    if let Some(salt) = app.salts().of(day) {
        return salt.hasher;
    }
    let own = app.chance.bytes::<32>();
    let stored = if app.ingest().is_away() {
        None
    } else {
        let agreed = tokio::time::timeout(PATIENCE, agreed(app, day, &own))
            .await
            .unwrap_or_else(|_| Err(StoreError::away("the salt was not agreed on in time")));
        match agreed {
            Ok(salt) => Some(salt),
            Err(error) => {
                tracing::warn!(cause = ?error, "visitors are told apart by a salt of our own: {error}");
                None
            }
        }
    };
    let salt = DaySalt {
        day,
        hasher: Arc::new(Hasher::of(&stored.unwrap_or(own))),
        unsettled: stored.is_none().then_some(own),
    };
    // Only one replica runs the clean-up; the others forget here.
    app.salts().set(Some(salt.clone()));
    salt.hasher
}

/// The salt that all replicas use; ours if none had drawn one.
async fn agreed(app: &App, day: NaiveDate, own: &Salt) -> Result<Salt, StoreError> {
    let day = day.to_string();
    if salts::find(app.store.reader(), &day).await?.is_none() {
        let txn = app.store.begin().await?;
        salts::insert_unless_there(&txn, &day, own).await?;
        txn.commit().await?;
    }
    let stored = salts::find(app.store.reader(), &day).await?;
    stored
        .and_then(|bytes| Salt::try_from(bytes).ok())
        .ok_or(StoreError::Conflict)
}

/// Offers a salt that was drawn while the database was away; from here on,
/// visitors are told apart by the one that all replicas use.
pub async fn settle(app: &App) -> Result<(), StoreError> {
    let _alone = app.salts().0.fetching.lock().await;
    let today = app.now().date_naive();
    let Some(own) = app.salts().of(today).and_then(|salt| salt.unsettled) else {
        return Ok(());
    };
    let salt = agreed(app, today, &own).await?;
    app.salts().set(Some(DaySalt {
        day: today,
        hasher: Arc::new(Hasher::of(&salt)),
        unsettled: None,
    }));
    Ok(())
}

/// How long visits outlive their day: hits of its last minutes are still to be counted.
const COUNTING: TimeDelta = TimeDelta::hours(1);

/// Destroys salts of days that are over, and then the visits of those days.
pub async fn forget_past_days(app: &App) -> Result<(), StoreError> {
    let today = utc_day(app.now());
    if app.salts().of(app.now().date_naive()).is_none() {
        app.salts().set(None);
    }
    let txn = app.store.begin().await?;
    salts::destroy_before(&txn, &today).await?;
    crate::store::clicks::forget_own_visits(&txn, &utc_day(app.now() - COUNTING)).await?;
    txn.commit().await
}

impl Salts {
    fn of(&self, day: NaiveDate) -> Option<DaySalt> {
        let salt = self.0.salt.read().unwrap_or_else(PoisonError::into_inner);
        salt.as_ref().filter(|salt| salt.day == day).cloned()
    }

    fn set(&self, salt: Option<DaySalt>) {
        *self.0.salt.write().unwrap_or_else(PoisonError::into_inner) = salt;
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn a_salt_is_forgotten_with_its_day_in_memory_and_in_the_database() {
        on_both(async |t: TestApp| {
            let address = IpAddr::from([203, 0, 113, 7]);
            let first = today(&t.app, address, "reader").await;
            assert_eq!(first, today(&t.app, address, "reader").await);
            t.clock.advance(Duration::days(1));
            let second = today(&t.app, address, "reader").await;
            assert_ne!(first.key, second.key, "nobody is followed from day to day");
            assert!(
                t.app.salts().of(first.day).is_none(),
                "without any clean-up"
            );
            forget_past_days(&t.app).await.unwrap();
            let db = t.app.store.reader();
            let stored = async |day: NaiveDate| salts::find(db, &day.to_string()).await.unwrap();
            assert_eq!(stored(first.day).await, None);
            assert!(stored(second.day).await.is_some());
        })
        .await;
    }
}
