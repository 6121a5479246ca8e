//! Refusals of deliveries.

use server_api::problem::Code;

use super::ApiError;
use crate::service::deliveries::{ClaimError, SettleError};

impl From<ClaimError> for ApiError {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Invalid(faults) => faults.into(),
            ClaimError::Internal(error) => error.into(),
        }
    }
}

impl From<SettleError> for ApiError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::NotFound => Self::new(Code::NotFound),
            SettleError::NotHolder(reason) => {
                Self::new(Code::WrongState).detail(reason.to_string())
            }
            SettleError::Internal(error) => error.into(),
        }
    }
}
