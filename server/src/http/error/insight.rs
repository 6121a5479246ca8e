//! Refusals of figures and rates.

use server_api::problem::Code;

use super::ApiError;
use crate::service::insight::InsightError;
use crate::service::rates::RateError;

impl From<InsightError> for ApiError {
    fn from(error: InsightError) -> Self {
        match error {
            InsightError::Forbidden(forbidden) => forbidden.into(),
            InsightError::NotFound => Self::new(Code::NotFound),
            InsightError::Internal(error) => error.into(),
        }
    }
}

impl From<RateError> for ApiError {
    fn from(error: RateError) -> Self {
        match error {
            RateError::Forbidden(forbidden) => forbidden.into(),
            RateError::Invalid(faults) => faults.into(),
            RateError::Internal(error) => error.into(),
        }
    }
}
