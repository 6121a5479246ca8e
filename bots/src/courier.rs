//! The courier: claims deliveries, paces, posts, settles and reconciles.
//!
//! A send's timeout is shorter than its lease; what may have arrived is settled as
//! unknown, comes again with `reconcile`, and is looked for in the platform's history
//! before anything is sent twice.

mod pacer;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use conversation::{Conversation, View};
use server_api::delivery::{Content, Delivery, Operation, Outcome, Place};
use server_api::enums::PostState;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::pacer::Pacer;
use crate::clock::{Clock, within};
use crate::messenger::{Destination, FindError, Messenger, SendError};
use crate::metrics::Counts;
use crate::outbox::{Outbox, OutboxError};

/// How a courier works. The lease outlasts patience, look-up, send and settling.
#[derive(Clone, Copy, Debug)]
pub struct CourierConfig {
    /// Pause between two messages to one channel or person.
    pub per_place: Duration,
    /// Messages a minute to one workspace.
    pub per_minute: u32,
    /// How long a claim is held.
    pub lease: Duration,
    /// How long a delivery may wait for its turn before it is given back; short, since
    /// what it says was decided when it was claimed. Shorter than `per_place`, so that
    /// what waits for its channel does not hold up the workspace.
    pub patience: Duration,
    /// The same for what must be reconciled: given back, it would rest for a minute.
    pub patience_again: Duration,
    /// How long one call to the platform may take.
    pub call_timeout: Duration,
    /// Deliveries on their way at the same time.
    pub at_once: u32,
}

impl Default for CourierConfig {
    fn default() -> Self {
        Self {
            per_place: Duration::from_secs(1),
            per_minute: 300,
            lease: Duration::from_mins(1),
            patience: Duration::from_millis(900),
            patience_again: Duration::from_secs(20),
            call_timeout: Duration::from_secs(10),
            at_once: 50,
        }
    }
}

/// Pauses between attempts to reach the server.
const SERVER_PAUSES: [Duration; 5] = [
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(5),
];
/// How soon to try again what never left.
const NOT_SENT_SECONDS: u32 = 5;

/// Carries what the server has to say to one platform.
pub struct Courier {
    outbox: Arc<dyn Outbox>,
    messenger: Arc<dyn Messenger>,
    clock: Arc<dyn Clock>,
    config: CourierConfig,
    pacer: Mutex<Pacer>,
    counts: Option<Counts>,
}

impl Courier {
    /// A courier between an outbox and a platform.
    pub fn new(
        outbox: Arc<dyn Outbox>,
        messenger: Arc<dyn Messenger>,
        clock: Arc<dyn Clock>,
        config: CourierConfig,
    ) -> Self {
        Self {
            outbox,
            messenger,
            clock,
            config,
            pacer: Mutex::new(Pacer::new(config.per_place, config.per_minute)),
            counts: None,
        }
    }

    /// The same, counting where somebody looks.
    pub fn counting(self, counts: Counts) -> Self {
        Self {
            counts: Some(counts),
            ..self
        }
    }

    /// Works until `shutdown`; then finishes what is on its way.
    pub async fn run(self: Arc<Self>, shutdown: CancellationToken) {
        let tracker = TaskTracker::new();
        let slots = Arc::new(Semaphore::new(self.config.at_once as usize));
        let mut failures = 0;
        while let Some(claimed) = self.next(&slots, &shutdown).await {
            match claimed {
                Ok(deliveries) => {
                    failures = 0;
                    for delivery in deliveries {
                        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
                            break;
                        };
                        let (courier, shutdown) = (Arc::clone(&self), shutdown.clone());
                        tracker.spawn(async move {
                            courier.carry(&delivery, &shutdown).await;
                            drop(slot);
                        });
                    }
                }
                Err(error) => {
                    self.server_failed();
                    tracing::warn!(%error, "no deliveries could be claimed");
                    let pause = pause(failures);
                    failures += 1;
                    let slept = shutdown.run_until_cancelled(self.clock.sleep(pause)).await;
                    if slept.is_none() {
                        break;
                    }
                }
            }
        }
        tracker.close();
        tracker.wait().await;
    }

    /// Claims as many as there are free slots; none once it is time to stop.
    async fn next(
        &self,
        slots: &Semaphore,
        shutdown: &CancellationToken,
    ) -> Option<Result<Vec<Delivery>, OutboxError>> {
        let claim = async {
            drop(slots.acquire().await);
            let free = u32::try_from(slots.available_permits()).unwrap_or(u32::MAX);
            let lease = u32::try_from(self.config.lease.as_secs()).unwrap_or(u32::MAX);
            self.outbox.claim(free.clamp(1, 100), lease).await
        };
        shutdown.run_until_cancelled(claim).await
    }

    /// Carries one delivery to its outcome and settles it.
    pub async fn carry(&self, delivery: &Delivery, shutdown: &CancellationToken) {
        let began = self.clock.now();
        let turn = self.turn(delivery, shutdown).await;
        let outcome = match turn {
            Ok(()) => self.attempt(delivery).await,
            Err(given_back) => given_back,
        };
        tracing::debug!(delivery.id = %delivery.id, ?outcome, "carried a delivery");
        self.settle(delivery, &outcome).await;
        let took = self.clock.now().saturating_duration_since(began);
        // That one person got a message, or did not, would be seen among the others.
        let is_to_many = matches!(delivery.place, Place::Channel { .. });
        if let Some(counts) = self.counts.as_ref().filter(|_| is_to_many) {
            counts.carried(took);
        }
    }

    fn server_failed(&self) {
        if let Some(counts) = &self.counts {
            counts.server_failed();
        }
    }

    /// Waits for the delivery's turn, or gives it back.
    async fn turn(&self, delivery: &Delivery, shutdown: &CancellationToken) -> Result<(), Outcome> {
        let patience = if delivery.reconcile {
            self.config.patience_again
        } else {
            self.config.patience
        };
        let reserved = self
            .pacer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .reserve(
                self.clock.now(),
                delivery.installation_id,
                &delivery.place,
                patience,
            );
        let given_back = |reason: &str, after_seconds| {
            // An earlier attempt that may have arrived must be reconciled later too.
            if delivery.reconcile {
                Outcome::Unknown {
                    reason: reason.to_owned(),
                }
            } else {
                Outcome::Retry {
                    reason: reason.to_owned(),
                    after_seconds,
                }
            }
        };
        let wait = reserved.map_err(|wait| given_back("paced", seconds(wait)))?;
        shutdown
            .run_until_cancelled(self.clock.sleep(wait))
            .await
            .ok_or_else(|| given_back("shutdown", 0))
    }

    async fn attempt(&self, delivery: &Delivery) -> Outcome {
        let to = Destination {
            installation: delivery.installation_id,
            place: delivery.place.clone(),
        };
        if delivery.reconcile && matches!(delivery.operation, Operation::Post) {
            match self.reconcile(&to, delivery).await {
                Ok(None) => {}
                Ok(Some(message)) => return Outcome::Sent { message },
                Err(outcome) => return outcome,
            }
        }
        if is_let_pass(delivery) {
            return Outcome::Failed {
                reason: "ended".to_owned(),
            };
        }
        let view = Conversation::announce(delivery);
        let sent = within(
            self.clock.as_ref(),
            self.config.call_timeout,
            self.send(&to, delivery, &view),
        )
        .await;
        match sent {
            Some(Ok(message)) => Outcome::Sent { message },
            Some(Err(error)) => self.failed(delivery, error),
            None => Outcome::Unknown {
                reason: "timeout".to_owned(),
            },
        }
    }

    /// The message of an earlier attempt, if history has it.
    async fn reconcile(
        &self,
        to: &Destination,
        delivery: &Delivery,
    ) -> Result<Option<String>, Outcome> {
        let found = within(
            self.clock.as_ref(),
            self.config.call_timeout,
            self.messenger.find(to, delivery.id),
        )
        .await;
        match found {
            Some(Ok(found)) => Ok(found),
            Some(Err(FindError::Unreadable { reason })) => {
                tracing::warn!(delivery.id = %delivery.id, reason, "history cannot be read");
                Err(Outcome::Uncertain {
                    reason: "history_unreadable".to_owned(),
                })
            }
            Some(Err(FindError::Later { reason })) => Err(Outcome::Unknown { reason }),
            None => Err(Outcome::Unknown {
                reason: "history_timeout".to_owned(),
            }),
        }
    }

    async fn send(
        &self,
        to: &Destination,
        delivery: &Delivery,
        view: &View,
    ) -> Result<String, SendError> {
        match &delivery.operation {
            Operation::Post => self.messenger.post(to, delivery.id, view).await,
            Operation::Revise { posted_by, message } => {
                self.messenger.revise(to, message, *posted_by, view).await
            }
            Operation::Withdraw { posted_by, message } => {
                self.messenger.withdraw(to, message, *posted_by, view).await
            }
        }
    }

    fn failed(&self, delivery: &Delivery, error: SendError) -> Outcome {
        match error {
            SendError::RateLimited { retry_after } => {
                self.pacer
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .pause(delivery.installation_id, self.clock.now() + retry_after);
                Outcome::Retry {
                    reason: "rate_limited".to_owned(),
                    after_seconds: seconds(retry_after),
                }
            }
            SendError::PlaceLimited { retry_after } => {
                self.pacer
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .pause_place(
                        delivery.installation_id,
                        &delivery.place,
                        self.clock.now() + retry_after,
                    );
                Outcome::Retry {
                    reason: "rate_limited".to_owned(),
                    after_seconds: seconds(retry_after),
                }
            }
            SendError::Refused { reason } => Outcome::Failed { reason },
            SendError::NotSent { reason } => Outcome::Retry {
                reason,
                after_seconds: NOT_SENT_SECONDS,
            },
            SendError::Unknown { reason } => Outcome::Unknown { reason },
        }
    }

    /// Settles, however long the server is away within the lease; past it, the server
    /// offers the delivery again with `reconcile`.
    async fn settle(&self, delivery: &Delivery, outcome: &Outcome) {
        for pause in SERVER_PAUSES {
            match self.outbox.settle(delivery.id, outcome).await {
                Ok(()) => return,
                Err(OutboxError::Refused(reason)) => {
                    tracing::error!(delivery.id = %delivery.id, reason, "settling was refused");
                    return;
                }
                Err(OutboxError::Unreachable(reason)) => {
                    self.server_failed();
                    tracing::warn!(delivery.id = %delivery.id, reason, "settling waits");
                    self.clock.sleep(pause).await;
                }
            }
        }
        tracing::error!(delivery.id = %delivery.id, "a delivery could not be settled");
    }
}

/// Whether this is not said, unless it is there already.
fn is_let_pass(delivery: &Delivery) -> bool {
    matches!(delivery.operation, Operation::Post) && has_ended(&delivery.content)
}

/// Whether it is too late to say this anew: only a message that is there tells of its end. What its
/// member does not want has had its turn by then, like any other: when it is done tells of nobody.
fn has_ended(content: &Content) -> bool {
    match content {
        Content::SuggestedPost { suggestion } => suggestion.state != PostState::Live,
        Content::PersonalPost { choices, dismissed } => {
            *dismissed || choices.post.state != PostState::Live
        }
        Content::Review { review } => review.state != PostState::InReview,
        Content::Greeting { .. }
        | Content::WeeklyLeaderboard { .. }
        | Content::Paired { .. }
        | Content::Proposal { .. }
        | Content::ChannelTest { .. } => false,
    }
}

fn pause(failures: usize) -> Duration {
    let last = SERVER_PAUSES.len() - 1;
    SERVER_PAUSES
        .get(failures.min(last))
        .copied()
        .unwrap_or_default()
}

fn seconds(duration: Duration) -> u32 {
    let whole = duration.as_secs() + u64::from(duration.subsec_nanos() > 0);
    u32::try_from(whole).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
