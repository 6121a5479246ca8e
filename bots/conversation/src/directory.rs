//! Port: what the platform itself knows about an account. Adapters implement it.

use async_trait::async_trait;
use server_api::identity::Introduction;
use thiserror::Error;

use crate::person::Person;

/// The platform's directory of people.
#[async_trait]
pub trait Directory: Send + Sync {
    /// What the platform says about `person`.
    async fn introduction(&self, person: &Person) -> Result<Introduction, DirectoryError>;
}

/// The platform did not tell.
#[derive(Debug, Error)]
#[error("the platform's directory did not answer: {reason}")]
pub struct DirectoryError {
    /// Why, for the log; names no person.
    pub reason: String,
}
