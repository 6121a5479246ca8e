//! Refusals of content rules, saved views, pictures and pages.

use server_api::problem::Code;

use super::ApiError;
use crate::service::content_rules::RulesError;
use crate::service::media::MediaError;
use crate::service::saved_views::ViewError;
use crate::service::unfurl::UnfurlError;

impl From<RulesError> for ApiError {
    fn from(error: RulesError) -> Self {
        match error {
            RulesError::Forbidden(forbidden) => forbidden.into(),
            RulesError::Invalid(faults) => faults.into(),
            RulesError::VersionMismatch => Self::new(Code::VersionMismatch),
            RulesError::Internal(error) => error.into(),
        }
    }
}

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        match error {
            MediaError::Forbidden(forbidden) => forbidden.into(),
            MediaError::Invalid(faults) => faults.into(),
            MediaError::Internal(error) => error.into(),
        }
    }
}

impl From<UnfurlError> for ApiError {
    fn from(error: UnfurlError) -> Self {
        match error {
            UnfurlError::Forbidden(forbidden) => forbidden.into(),
            UnfurlError::Unreadable(fault) => vec![fault].into(),
        }
    }
}

impl From<ViewError> for ApiError {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Forbidden(forbidden) => forbidden.into(),
            ViewError::NotFound => Self::new(Code::NotFound),
            ViewError::Invalid(faults) => faults.into(),
            ViewError::Internal(error) => error.into(),
        }
    }
}
