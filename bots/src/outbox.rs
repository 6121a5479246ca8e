//! Port: the server's outbox, as the courier empties it; and its real client.

use async_trait::async_trait;
use server_api::client::{CallError, Client};
use server_api::delivery::{ClaimDeliveries, Delivery, Outcome, SettleDelivery};
use server_api::enums::Platform;
use server_api::ids::DeliveryId;
use server_api::problem::Code;
use thiserror::Error;

/// How long the server may hold a claim open for work.
const WAIT_SECONDS: u32 = 25;

/// Deliveries waiting for a courier.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Waits for deliveries, at most `limit`, held for `lease_seconds`.
    async fn claim(&self, limit: u32, lease_seconds: u32) -> Result<Vec<Delivery>, OutboxError>;

    /// Says what became of one; saying it again changes nothing, also where it is gone by then.
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
        let answer = self.client.settle_delivery(delivery, &settle).await;
        unless_gone(answer).map_err(OutboxError::from)
    }
}

/// A delivery that is no more has nothing left to settle: of a post that has ended some go when they
/// are settled, and the answer to that may have been lost.
fn unless_gone(answer: Result<(), CallError>) -> Result<(), CallError> {
    match answer {
        Err(CallError::Problem(problem)) if problem.code == Code::NotFound => Ok(()),
        other => other,
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

#[cfg(test)]
mod tests {
    use server_api::problem::Problem;

    use super::*;

    fn refused(status: u16, code: Code) -> CallError {
        CallError::Problem(Box::new(Problem {
            typ: "about:blank".to_owned(),
            title: String::new(),
            status,
            detail: None,
            code,
            fields: Vec::new(),
            contact: None,
            changed: None,
            request_id: None,
        }))
    }

    #[test]
    fn what_is_gone_when_it_is_settled_is_settled_and_another_refusal_is_none() {
        assert!(unless_gone(Ok(())).is_ok());
        assert!(unless_gone(Err(refused(404, Code::NotFound))).is_ok());
        let answer = unless_gone(Err(refused(403, Code::Forbidden)));
        let error = answer.map_err(OutboxError::from);
        assert!(matches!(error, Err(OutboxError::Refused(_))), "{error:?}");
    }
}
