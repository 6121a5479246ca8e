//! Refusals about proposals.

use server_api::problem::Code;

use super::ApiError;
use crate::domain::proposal::DAY;
use crate::service::proposals::ProposalError;

impl From<ProposalError> for ApiError {
    fn from(error: ProposalError) -> Self {
        let detail = error.to_string();
        match error {
            ProposalError::Forbidden(error) => error.into(),
            ProposalError::NotFound => Self::new(Code::NotFound).detail(detail),
            ProposalError::Invalid(faults) => Self::faults(faults),
            ProposalError::WrongState(_) | ProposalError::TooLate => {
                Self::new(Code::WrongState).detail(detail)
            }
            ProposalError::TooMany => Self::new(Code::TooManyRequests)
                .retry_after(DAY.num_seconds())
                .detail(detail),
            ProposalError::Internal(error) => error.into(),
        }
    }
}
