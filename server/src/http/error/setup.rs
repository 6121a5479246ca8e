//! Refusals of a set-up.

use super::ApiError;
use crate::service::setup::SetupError;

impl From<SetupError> for ApiError {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Invalid(faults) => Self::faults(faults),
            SetupError::OwnerLeft => Self::field("owner.email", error.to_string()),
            SetupError::Feed(error) => error.into(),
            SetupError::Unsealable => Self::internal(error),
            SetupError::Store(error) => error.into(),
        }
    }
}
