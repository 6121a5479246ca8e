//! Refusals of idempotency keys.

use server_api::problem::Code;

use super::ApiError;
use crate::service::idempotency::IdempotencyError;

impl From<IdempotencyError> for ApiError {
    fn from(error: IdempotencyError) -> Self {
        let detail = error.to_string();
        match error {
            IdempotencyError::Mismatch => Self::new(Code::IdempotencyMismatch).detail(detail),
            IdempotencyError::InProgress => Self::new(Code::IdempotencyInProgress).detail(detail),
            IdempotencyError::AnswerLost => Self::new(Code::IdempotencyAnswerLost).detail(detail),
            IdempotencyError::Unsure { cause, .. } | IdempotencyError::Store(cause) => cause.into(),
        }
    }
}
