//! Refusals of settings.

use server_api::problem::Code;

use super::ApiError;
use crate::service::settings::SettingsError;

impl From<SettingsError> for ApiError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Forbidden(forbidden) => forbidden.into(),
            SettingsError::Invalid(faults) => faults.into(),
            SettingsError::VersionMismatch => Self::new(Code::VersionMismatch),
            SettingsError::Internal(error) => error.into(),
        }
    }
}
