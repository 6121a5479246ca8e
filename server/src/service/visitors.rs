//! Who visits, told apart for one UTC day by that day's salt.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;

use crate::app::App;
use crate::domain::visitor::{Salt, network_key, utc_day, visitor};
use crate::store::{StoreError, salts};

/// A visitor of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The hash of address and user agent.
    pub key: Vec<u8>,
    /// The hash of the address's network.
    pub network_key: Vec<u8>,
    /// The UTC date.
    pub day: String,
}

/// The salt in memory, of the day that was asked for last.
#[derive(Clone, Debug, Default)]
pub struct Salts(Arc<Mutex<BTreeMap<String, Salt>>>);

/// Who comes from this address with this user agent today.
pub async fn today(app: &App, address: IpAddr, user_agent: &str) -> Result<Visitor, StoreError> {
    let day = utc_day(app.now());
    let salt = salt(app, &day).await?;
    Ok(Visitor {
        key: visitor(&salt, address, user_agent),
        network_key: network_key(&salt, address),
        day,
    })
}

/// The salt of a day, drawn by whichever replica asks first.
async fn salt(app: &App, day: &str) -> Result<Salt, StoreError> {
    let known = app.salts().with(|salts| salts.get(day).copied());
    if let Some(salt) = known {
        return Ok(salt);
    }
    if salts::find(app.store.reader(), day).await?.is_none() {
        let txn = app.store.begin().await?;
        salts::insert_unless_there(&txn, day, &app.chance.bytes::<32>()).await?;
        txn.commit().await?;
    }
    let stored = salts::find(app.store.reader(), day).await?;
    let salt = stored
        .and_then(|bytes| Salt::try_from(bytes).ok())
        .ok_or(StoreError::Conflict)?;
    app.salts().with(|salts| {
        // Only one replica runs the clean-up; the others forget here.
        salts.clear();
        salts.insert(day.to_owned(), salt);
    });
    Ok(salt)
}

/// How long visits outlive their day: hits of its last minutes are still to be counted.
const COUNTING: TimeDelta = TimeDelta::hours(1);

/// Destroys salts of days that are over, and then the visits of those days.
pub async fn forget_past_days(app: &App) -> Result<(), StoreError> {
    let today = utc_day(app.now());
    app.salts()
        .with(|salts| salts.retain(|day, _| *day >= today));
    let txn = app.store.begin().await?;
    salts::destroy_before(&txn, &today).await?;
    crate::store::clicks::forget_own_visits(&txn, &utc_day(app.now() - COUNTING)).await?;
    txn.commit().await
}

impl Salts {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, Salt>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
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
            let first = today(&t.app, address, "reader").await.unwrap();
            assert_eq!(first, today(&t.app, address, "reader").await.unwrap());
            t.clock.advance(Duration::days(1));
            let second = today(&t.app, address, "reader").await.unwrap();
            assert_ne!(first.key, second.key, "nobody is followed from day to day");
            let held = t
                .app
                .salts()
                .with(|salts| salts.keys().cloned().collect::<Vec<_>>());
            assert_eq!(held, [second.day.as_str()], "without any clean-up");
            forget_past_days(&t.app).await.unwrap();
            let db = t.app.store.reader();
            assert_eq!(salts::find(db, &first.day).await.unwrap(), None);
            assert!(salts::find(db, &second.day).await.unwrap().is_some());
        })
        .await;
    }
}
