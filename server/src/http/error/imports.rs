//! Refusals of files, and of schedules.

use server_api::problem::Code;

use super::ApiError;
use crate::service::cadences::CadenceError;
use crate::service::imports::ImportError;

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        let detail = error.to_string();
        match error {
            ImportError::Forbidden(forbidden) => forbidden.into(),
            ImportError::NotFound => Self::new(Code::NotFound),
            ImportError::File(fault) => Self::field("file", fault.to_string()),
            ImportError::WrongState(_) | ImportError::TooMany(_) => {
                Self::new(Code::WrongState).detail(detail)
            }
            ImportError::Internal(error) => error.into(),
        }
    }
}

impl From<CadenceError> for ApiError {
    fn from(error: CadenceError) -> Self {
        match error {
            CadenceError::Forbidden(forbidden) => forbidden.into(),
            CadenceError::Invalid(fault) => Self::field("cron", fault.to_string()),
        }
    }
}
