//! Claiming deliveries. What a message says is read when it is claimed, so that a late card tells the truth.

mod facts;

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{DeliveryOperation, DeliveryState, Language, Platform};
use entity::ids::DeliveryId;
use entity::{delivery, identity, proposal};
use thiserror::Error;
use tokio::time::Instant;

use crate::app::App;
use crate::domain::broadcast::STOPPED;
use crate::domain::delivery::{RECONCILE_AFTER, check_claim, claimed, must_reconcile};
use crate::domain::fault::Fault;
use crate::metrics::deliveries::Reach;
use crate::service::leaderboard::Leaderboard;
use crate::service::reviews;
use crate::service::shares::Choices;
use crate::service::suggestions::Card;
use crate::store::deliveries::claim::{Wanted, any, lock};
use crate::store::deliveries::{forgotten, plan};
use crate::store::{StoreError, Txn, deliveries};
use facts::{Facts, Said};

/// Work written by another replica is noticed after this time.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// A courier asks for work.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Which chat it serves.
    pub platform: Platform,
    /// Who asks: unique to the process.
    pub courier: String,
    /// Deliveries at most.
    pub limit: u32,
    /// Seconds that the answer may wait for work.
    pub wait_seconds: u32,
    /// Seconds that the courier may hold what it gets.
    pub lease_seconds: u32,
}

/// A delivery that the courier holds now.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The row.
    pub delivery: delivery::Model,
    /// The message that is revised or withdrawn.
    pub message: Option<Message>,
    /// What it says.
    pub content: Content,
    /// The language to say it in.
    pub language: Language,
    /// Whether an earlier attempt may have reached the platform.
    pub reconcile: bool,
}

/// A message that is out.
#[derive(Clone, Debug)]
pub struct Message {
    /// The delivery that posted it.
    pub posted_by: DeliveryId,
    /// The platform's reference.
    pub reference: String,
}

/// What a message says.
#[derive(Clone, Debug)]
pub enum Content {
    /// A suggested post.
    SuggestedPost(Box<Card>),
    /// A post suggested to one member.
    PersonalPost {
        /// The card and the member's ways to share; none when it has ended.
        choices: Box<Choices>,
        /// Whether the member dismissed it.
        dismissed: bool,
    },
    /// Last week's board.
    WeeklyLeaderboard(Box<Leaderboard>),
    /// An account was joined to the member.
    Paired {
        /// The account.
        added: identity::Model,
    },
    /// A post that waits for the member's judgement, or what became of it.
    Review(Box<reviews::Card>),
    /// What became of the member's proposal.
    Proposal(Box<Told>),
    /// A word to a channel that messages arrive there.
    ChannelTest {
        /// Name of the organization.
        organization: String,
    },
    /// The greeting of a new member.
    Greeting {
        /// Name of the organization.
        organization: String,
        /// The pseudonym that is offered.
        pseudonym: String,
    },
}

/// What became of a proposal, as its proposer is told.
#[derive(Clone, Debug)]
pub struct Told {
    /// The proposal.
    pub proposal: proposal::Model,
    /// What it earned, told with the decision.
    pub points: i64,
    /// Whether its post went out; else that it was decided is news.
    pub is_published: bool,
}

/// Why there is nothing to claim.
#[derive(Debug, Error)]
pub enum ClaimError {
    /// Fields of the request are out of bounds.
    #[error("the claim is invalid")]
    Invalid(Vec<Fault>),
    /// The database failed.
    #[error(transparent)]
    Internal(#[from] StoreError),
}

/// Gives the courier what it may do now, waiting for it if asked to.
pub async fn claim(app: &App, form: &Claim) -> Result<Vec<Claimed>, ClaimError> {
    check_claim(
        &form.courier,
        form.limit,
        form.wait_seconds,
        form.lease_seconds,
    )
    .map_err(ClaimError::Invalid)?;
    let deadline = Instant::now() + Duration::from_secs(form.wait_seconds.into());
    loop {
        let woken = app.couriers.listen();
        let found = claim_now(app, form).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(found);
        }
        // Either end of the wait leads to another look.
        let _ = tokio::time::timeout(left.min(LOOK_EVERY), woken).await;
    }
}

async fn claim_now(app: &App, form: &Claim) -> Result<Vec<Claimed>, StoreError> {
    let now = app.now();
    let wanted = Wanted {
        platform: form.platform,
        now,
        abandoned_before: now - RECONCILE_AFTER,
        limit: form.limit.into(),
    };
    // A look is free; a write transaction takes its turn among the writers.
    if !any(app.store.reader(), wanted).await? {
        return Ok(Vec::new());
    }
    let txn = app.store.begin().await?;
    let rows = lock(&txn, wanted).await?;
    let facts = Facts::load(&txn, app, &rows).await?;
    let until = now + TimeDelta::seconds(form.lease_seconds.into());
    let mut held = Vec::with_capacity(rows.len());
    for row in rows {
        let reconcile = must_reconcile(&row);
        let said = facts.say(&row, reconcile);
        let taken = (form.courier.as_str(), until);
        let Some(row) = decided(&txn, row, &said, taken).await? else {
            continue;
        };
        deliveries::update(&txn, row.clone()).await?;
        if let Said::Now(content, language) = said {
            held.push(Claimed {
                message: facts.message(&row),
                delivery: row,
                content,
                language,
                reconcile,
            });
        }
    }
    txn.commit().await?;
    let counted = &app.metrics().deliveries;
    let to_many = held
        .iter()
        .filter(|one| Reach::of(&one.delivery) == Reach::Channel);
    counted.claimed(form.platform, to_many.count());
    Ok(held)
}

/// The row after it was decided on; none where it is gone.
async fn decided(
    txn: &Txn,
    row: delivery::Model,
    said: &Said,
    (courier, until): (&str, DateTime<Utc>),
) -> Result<Option<delivery::Model>, StoreError> {
    let row = match said {
        Said::Now(..) => claimed(row, courier, until),
        Said::Later(run_at) => delivery::Model {
            run_at: *run_at,
            ..row
        },
        Said::Never | Said::Stopped => {
            // What waits for it would wait for good.
            plan::cancel_after(txn, row.id).await?;
            let mut row = given_up(row);
            if matches!(said, Said::Stopped) {
                row.failure = Some(STOPPED.to_owned());
            }
            row
        }
        Said::Gone => {
            forgotten::remove(txn, row.organization_id, row.id).await?;
            return Ok(None);
        }
    };
    Ok(Some(row))
}

/// The row of what need not be said any more; as in planning, only a post
/// keeps its key.
fn given_up(row: delivery::Model) -> delivery::Model {
    let is_post = row.operation == DeliveryOperation::Post;
    delivery::Model {
        state: DeliveryState::Cancelled,
        dedupe_key: row.dedupe_key.filter(|_| is_post),
        ..row
    }
}
