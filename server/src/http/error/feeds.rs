//! Refusals of feeds.

use server_api::problem::Code;

use super::ApiError;
use crate::service::feeds::FeedError;

impl From<FeedError> for ApiError {
    fn from(error: FeedError) -> Self {
        let detail = error.to_string();
        match error {
            FeedError::Forbidden(forbidden) => forbidden.into(),
            FeedError::NotFound => Self::new(Code::NotFound),
            FeedError::Invalid(faults) => faults.into(),
            FeedError::AlreadyExists => Self::new(Code::AlreadyExists).detail(detail),
            FeedError::Busy => Self::new(Code::Unavailable).detail(detail),
            FeedError::Fetch(error) if error.is_temporary() => {
                Self::new(Code::Unavailable).detail(detail)
            }
            FeedError::Fetch(_) | FeedError::NoFeed(_) => Self::field("url", detail),
            FeedError::Internal(error) => error.into(),
        }
    }
}
