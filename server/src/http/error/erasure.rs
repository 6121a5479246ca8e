//! Refusals of exports, of erasing, and of how long things are kept.

use server_api::problem::Code;

use super::ApiError;
use crate::service::exports::ExportError;
use crate::service::members::erasure::EraseError;
use crate::service::retention::RetentionError;

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        let detail = error.to_string();
        match error {
            ExportError::Forbidden(error) => error.into(),
            ExportError::NotFound => Self::new(Code::NotFound).detail(detail),
            ExportError::Store(error) => error.into(),
        }
    }
}

impl From<EraseError> for ApiError {
    fn from(error: EraseError) -> Self {
        let detail = error.to_string();
        match error {
            EraseError::Forbidden(error) => error.into(),
            EraseError::ByAnothersWord => Self::new(Code::Forbidden).detail(detail),
            EraseError::NotFound => Self::new(Code::NotFound).detail(detail),
            EraseError::NotMeant => Self::field("name", detail),
            EraseError::LastOwner => Self::new(Code::WrongState).detail(detail),
            EraseError::Store(error) => error.into(),
        }
    }
}

impl From<RetentionError> for ApiError {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::Forbidden(error) => error.into(),
            RetentionError::Invalid(faults) => faults.into(),
            RetentionError::VersionMismatch => Self::new(Code::VersionMismatch),
            RetentionError::Internal(error) => error.into(),
        }
    }
}
