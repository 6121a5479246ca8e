//! Refusals of sharing, of one's own choices, and of figures.

use server_api::problem::{Code, FieldProblem};

use super::ApiError;
use crate::service::figures::FiguresError;
use crate::service::me::UpdateMeError;
use crate::service::shares::ShareError;

impl From<ShareError> for ApiError {
    fn from(error: ShareError) -> Self {
        let code = match error {
            ShareError::NotFound => Code::NotFound,
            ShareError::Withdrawn => Code::PostWithdrawn,
            ShareError::Expired => Code::PostExpired,
            // One code for both: a bot of the version before knows no other, and says the same.
            ShareError::CannotCarry | ShareError::NotOffered => Code::NetworkCannotCarry,
            ShareError::MemberLeft => Code::MemberLeft,
            ShareError::Internal(error) => return error.into(),
        };
        Self::new(code).detail(error.to_string())
    }
}

impl From<UpdateMeError> for ApiError {
    fn from(error: UpdateMeError) -> Self {
        match error {
            UpdateMeError::Invalid(faults) => Self::fields(
                faults
                    .into_iter()
                    .map(|fault| FieldProblem {
                        field: fault.field,
                        reason: fault.reason,
                    })
                    .collect(),
            ),
            UpdateMeError::NotFound => Self::new(Code::NotFound),
            UpdateMeError::Internal(error) => error.into(),
        }
    }
}

impl From<FiguresError> for ApiError {
    fn from(error: FiguresError) -> Self {
        match error {
            FiguresError::Forbidden(error) => error.into(),
            FiguresError::NotFound => Self::new(Code::NotFound),
            FiguresError::Internal(error) => error.into(),
        }
    }
}
