//! The right to the gateway's one session, lent by the server: whoever holds it listens,
//! everybody else waits. What cannot be prolonged in time is given up before another may
//! have it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use server_api::client::Client;
use server_api::lease::AcquireLease;
use tokio_util::sync::CancellationToken;

use crate::clock::{Clock, within};

/// The lease's name.
const NAME: &str = "discord-gateway";
/// For how long it is held without a word.
const HOLD_SECONDS: u32 = 10;
/// How often it is prolonged.
const RENEW: Duration = Duration::from_secs(3);
/// How often somebody who waits asks for it: with the hold, and the time that a session
/// takes to begin, another process has taken over within 15 seconds.
const ASK: Duration = Duration::from_secs(2);
/// How soon to ask again after a failure.
const AGAIN: Duration = Duration::from_millis(500);
/// How long before its end a lease counts as lost: the time that a session takes to end.
const MARGIN: Duration = Duration::from_secs(2);

/// Asks for the lease.
pub struct Lease {
    client: Client,
    clock: Arc<dyn Clock>,
    holder: String,
}

/// The lease in our hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Raised by every new holder: another number means that somebody held it between.
    fence: i64,
    until: Instant,
}

impl Lease {
    /// Asks in the name of `holder`, which no other process has.
    pub fn new(client: Client, clock: Arc<dyn Clock>, holder: String) -> Self {
        Self {
            client,
            clock,
            holder,
        }
    }

    /// Waits until it is ours; none if it is time to stop.
    pub async fn wait(&self, shutdown: &CancellationToken) -> Option<Hold> {
        let mut has_said = false;
        let waiting = async {
            loop {
                match self.ask(ASK).await {
                    Some(Some(hold)) => return hold,
                    Some(None) if !has_said => {
                        has_said = true;
                        tracing::info!("another process listens to Discord; waiting to take over");
                    }
                    Some(None) | None => {}
                }
                self.clock.sleep(ASK).await;
            }
        };
        shutdown.run_until_cancelled(waiting).await
    }

    /// Prolongs it, and returns when it is lost.
    pub async fn keep(&self, mut hold: Hold) {
        loop {
            self.clock.sleep(RENEW).await;
            loop {
                let left = hold.left(self.clock.now());
                if left.is_zero() {
                    tracing::warn!("the right to listen to Discord could not be prolonged");
                    return;
                }
                match self.ask(left).await {
                    Some(Some(again)) if again.fence == hold.fence => {
                        hold = again;
                        break;
                    }
                    Some(Some(_) | None) => {
                        tracing::warn!("another process has taken over listening to Discord");
                        return;
                    }
                    None => self.clock.sleep(AGAIN.min(left)).await,
                }
            }
        }
    }

    /// Leaves it to whoever waits: the shortest hold that there is.
    pub async fn give_back(&self) {
        let lease = AcquireLease {
            holder: self.holder.clone(),
            seconds: 1,
        };
        let asking = self.client.acquire_lease(NAME, &lease);
        if within(self.clock.as_ref(), MARGIN, asking).await.is_none() {
            tracing::debug!("the right to listen runs out by itself");
        }
    }

    /// Asks once: ours, somebody else's, or no answer.
    async fn ask(&self, patience: Duration) -> Option<Option<Hold>> {
        // Counted from before the request, so that we never believe in it longer than the
        // server does.
        let asked = self.clock.now();
        let wanted = AcquireLease {
            holder: self.holder.clone(),
            seconds: HOLD_SECONDS,
        };
        let asking = self.client.acquire_lease(NAME, &wanted);
        match within(self.clock.as_ref(), patience, asking).await {
            Some(Ok(lease)) => Some(lease.held.then(|| Hold {
                fence: lease.fence,
                until: asked + Duration::from_secs(u64::from(HOLD_SECONDS)),
            })),
            Some(Err(error)) => {
                tracing::warn!(%error, "the right to listen to Discord could not be asked for");
                None
            }
            None => None,
        }
    }
}

impl Hold {
    fn left(self, now: Instant) -> Duration {
        self.until
            .saturating_duration_since(now)
            .saturating_sub(MARGIN)
    }
}

#[cfg(test)]
mod tests;
