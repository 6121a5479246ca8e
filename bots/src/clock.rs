//! Port: the passing of time, so that tests can move it.

#[cfg(test)]
pub(crate) mod mock;

use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures::future::{Either, select};
use futures::pin_mut;

/// A clock that one can wait on.
#[async_trait]
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Instant;

    /// This moment as other machines name it, for the stamps of what they send.
    fn wall(&self) -> DateTime<Utc>;

    /// Waits.
    async fn sleep(&self, duration: Duration);
}

/// The machine's own clock.
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everything else asks"
    )]
    fn wall(&self) -> DateTime<Utc> {
        Utc::now()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everything else waits on"
    )]
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// The outcome of `work`, unless it takes longer than `limit`.
pub async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    let patience = clock.sleep(limit);
    pin_mut!(work, patience);
    match select(work, patience).await {
        Either::Left((outcome, _)) => Some(outcome),
        Either::Right(((), _)) => None,
    }
}
