//! Port: the server's outbox, as the courier empties it; and its real client.

use async_trait::async_trait;
use server_api::client::{CallError, Client};
use server_api::delivery::{ClaimDeliveries, Delivery, Outcome, SettleDelivery};
use server_api::enums::Platform;
use server_api::ids::DeliveryId;
use thiserror::Error;

/// How long the server may hold a claim open for work.
const WAIT_SECONDS: u32 = 25;

/// Deliveries waiting for a courier.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Waits for deliveries, at most `limit`, held for `lease_seconds`.
    async fn claim(&self, limit: u32, lease_seconds: u32) -> Result<Vec<Delivery>, OutboxError>;

    /// Says what became of one; saying it again changes nothing.
    async fn settle(&self, delivery: DeliveryId, outcome: &Outcome) -> Result<(), OutboxError>;
}

/// The server did not take part.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OutboxError {
    /// It refused, and asking again will not help.
    #[error("refused: {0}")]
    Refused(String),
    /// It could not be reached.
    #[error("unreachable: {0}")]
    Unreachable(String),
}

/// The outbox of one platform over HTTP.
pub struct HttpOutbox {
    client: Client,
    platform: Platform,
    courier: String,
}

impl HttpOutbox {
    /// An outbox for the courier of that name, unique to the process.
    pub fn new(client: Client, platform: Platform, courier: String) -> Self {
        Self {
            client,
            platform,
            courier,
        }
    }
}

#[async_trait]
impl Outbox for HttpOutbox {
    async fn claim(&self, limit: u32, lease_seconds: u32) -> Result<Vec<Delivery>, OutboxError> {
        let claim = ClaimDeliveries {
            platform: self.platform,
            courier: self.courier.clone(),
            limit,
            wait_seconds: WAIT_SECONDS,
            lease_seconds,
        };
        let claimed = self.client.claim_deliveries(&claim).await?;
        Ok(claimed.items)
    }

    async fn settle(&self, delivery: DeliveryId, outcome: &Outcome) -> Result<(), OutboxError> {
        let settle = SettleDelivery {
            courier: self.courier.clone(),
            outcome: outcome.clone(),
        };
        Ok(self.client.settle_delivery(delivery, &settle).await?)
    }
}

impl From<CallError> for OutboxError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Problem(problem) if problem.status < 500 && problem.status != 429 => {
                Self::Refused(format!("{:?}", problem.code))
            }
            CallError::Problem(problem) => Self::Unreachable(format!("{:?}", problem.code)),
            CallError::Transport(error) => Self::Unreachable(error.to_string()),
            CallError::Unexpected { status } => Self::Unreachable(format!("status {status}")),
        }
    }
}
