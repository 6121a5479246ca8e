//! Named rights that one process holds at a time.

use chrono::TimeDelta;
use entity::lease;

use crate::app::App;
use crate::store::{StoreError, leases};

/// What came of asking for a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the asker holds it now.
    pub held: bool,
    /// The lease as it stands.
    pub lease: lease::Model,
}

/// Takes a lease that nobody holds, or prolongs the asker's own.
pub async fn acquire(
    app: &App,
    name: &str,
    holder: &str,
    duration: TimeDelta,
) -> Result<Outcome, StoreError> {
    let who = Asker {
        name,
        holder,
        may_prolong: true,
    };
    take(app, who, duration).await
}

/// Takes a lease that nobody holds, not even the asker: one turn of something
/// that is done once each `duration`.
pub async fn take_turn(
    app: &App,
    name: &str,
    holder: &str,
    duration: TimeDelta,
) -> Result<bool, StoreError> {
    let who = Asker {
        name,
        holder,
        may_prolong: false,
    };
    Ok(take(app, who, duration).await?.held)
}

/// Who asks for which lease.
struct Asker<'a> {
    name: &'a str,
    holder: &'a str,
    may_prolong: bool,
}

async fn take(app: &App, asker: Asker<'_>, duration: TimeDelta) -> Result<Outcome, StoreError> {
    let Asker {
        name,
        holder,
        may_prolong,
    } = asker;
    let now = app.now();
    let txn = app.store.begin().await?;
    let wanted = lease::Model {
        name: name.to_owned(),
        holder: holder.to_owned(),
        until: now + duration,
        fence: 1,
    };
    let Some(present) = leases::lock(&txn, name).await? else {
        let held = leases::insert(&txn, wanted.clone()).await?;
        txn.commit().await?;
        return Ok(Outcome {
            held,
            lease: wanted,
        });
    };
    let is_own = present.holder == holder;
    let is_over = present.until <= now;
    if !(is_over || (is_own && may_prolong)) {
        return Ok(Outcome {
            held: false,
            lease: present,
        });
    }
    // Also where time ran on, or the clock was set, past the asker's own: nobody held it between.
    let fence = present.fence + i64::from(!is_own);
    let lease = leases::update(&txn, lease::Model { fence, ..wanted }).await?;
    txn.commit().await?;
    Ok(Outcome { held: true, lease })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{TestApp, on_both};

    #[tokio::test]
    async fn one_holds_a_lease_until_it_ends_and_the_next_has_a_higher_fence() {
        on_both(async |t: TestApp| {
            let minute = TimeDelta::minutes(1);
            let ask = async |who: &str| acquire(&t.app, "gateway", who, minute).await.unwrap();
            assert!(ask("one").await.held);
            assert!(!ask("two").await.held);
            assert!(ask("one").await.held, "the own one is prolonged");
            t.clock.advance(minute);
            let two = ask("two").await;
            assert!(two.held);
            assert_eq!(two.lease.fence, 2);
            assert!(!ask("one").await.held);
        })
        .await;
    }

    #[tokio::test]
    async fn who_comes_back_past_the_end_goes_on_as_the_same_holder_if_nobody_came_between() {
        on_both(async |t: TestApp| {
            let minute = TimeDelta::minutes(1);
            let ask = async |who: &str| acquire(&t.app, "gateway", who, minute).await.unwrap();
            assert_eq!(ask("one").await.lease.fence, 1);
            t.clock.advance(TimeDelta::hours(1));
            assert_eq!(ask("one").await.lease.fence, 1);
            t.clock.advance(minute);
            assert_eq!(ask("two").await.lease.fence, 2);
            t.clock.advance(minute);
            assert_eq!(ask("one").await.lease.fence, 3, "two held it between");
        })
        .await;
    }
}
