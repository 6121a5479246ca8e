//! Port: one chat platform's messages, as the courier needs them.

use std::time::Duration;

use async_trait::async_trait;
use conversation::View;
use server_api::delivery::Place;
use server_api::ids::{DeliveryId, InstallationId};
use thiserror::Error;

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The workspace.
    pub installation: InstallationId,
    /// Where in it.
    pub place: Place,
}

/// Posts, changes and finds messages. Every call is one attempt: retrying is the
/// courier's.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// Posts a message that carries the delivery's id; returns the platform's reference.
    async fn post(
        &self,
        to: &Destination,
        delivery: DeliveryId,
        view: &View,
    ) -> Result<String, SendError>;

    /// Shows something else in a message; it keeps the id of the delivery that posted it.
    async fn revise(
        &self,
        to: &Destination,
        message: &str,
        posted_by: DeliveryId,
        view: &View,
    ) -> Result<String, SendError>;

    /// Shows in a message that it has ended.
    async fn withdraw(
        &self,
        to: &Destination,
        message: &str,
        posted_by: DeliveryId,
        view: &View,
    ) -> Result<String, SendError>;

    /// Looks in the platform's history for the message of a delivery.
    async fn find(
        &self,
        to: &Destination,
        delivery: DeliveryId,
    ) -> Result<Option<String>, FindError>;
}

/// Why a message was not sent, as far as that can be known.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SendError {
    /// Too fast for the whole workspace, as far as one knows; it was not sent.
    #[error("rate limited for {retry_after:?}")]
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// Too fast for this one place alone; it was not sent.
    #[error("place rate limited for {retry_after:?}")]
    PlaceLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// Refused for good; it was not sent.
    #[error("refused: {reason}")]
    Refused {
        /// The platform's code.
        reason: String,
    },
    /// The platform was not reached; it was not sent.
    #[error("not sent: {reason}")]
    NotSent {
        /// Short code.
        reason: String,
    },
    /// It may have been sent.
    #[error("unknown whether sent: {reason}")]
    Unknown {
        /// Short code.
        reason: String,
    },
}

/// Why history did not tell.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FindError {
    /// It cannot be read, and trying again will not help.
    #[error("history is unreadable: {reason}")]
    Unreadable {
        /// Short code.
        reason: String,
    },
    /// It could not be read this time.
    #[error("history did not answer: {reason}")]
    Later {
        /// Short code.
        reason: String,
    },
}
