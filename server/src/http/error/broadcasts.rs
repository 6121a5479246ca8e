//! Refusals of broadcasts.

use server_api::problem::Code;

use super::{ApiError, posts};
use crate::service::broadcasts::BroadcastError;

impl From<BroadcastError> for ApiError {
    fn from(error: BroadcastError) -> Self {
        let detail = error.to_string();
        match error {
            BroadcastError::Forbidden(forbidden) => forbidden.into(),
            BroadcastError::NotFound => Self::new(Code::NotFound),
            BroadcastError::NotLive(state) => Self::new(posts::ended(state)).detail(detail),
            BroadcastError::Stopped => Self::new(Code::WrongState).detail(detail),
            BroadcastError::OtherNumber(_) => Self::field("count", detail),
            BroadcastError::Internal(error) => error.into(),
        }
    }
}
