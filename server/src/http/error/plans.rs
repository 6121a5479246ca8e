//! Refusals about campaigns and topics.

use server_api::problem::Code;

use super::ApiError;
use crate::service::campaigns::CampaignError;
use crate::service::topics::TopicError;

impl From<CampaignError> for ApiError {
    fn from(error: CampaignError) -> Self {
        let detail = error.to_string();
        match error {
            CampaignError::Forbidden(error) => error.into(),
            CampaignError::NotFound => Self::new(Code::NotFound).detail(detail),
            CampaignError::Invalid(faults) => Self::faults(faults),
            CampaignError::SlugTaken => Self::new(Code::AlreadyExists).detail(detail),
            CampaignError::Store(error) => error.into(),
        }
    }
}

impl From<TopicError> for ApiError {
    fn from(error: TopicError) -> Self {
        let detail = error.to_string();
        match error {
            TopicError::Forbidden(error) => error.into(),
            TopicError::NotFound => Self::new(Code::NotFound).detail(detail),
            TopicError::Invalid(faults) => Self::faults(faults),
            TopicError::NameTaken => Self::new(Code::AlreadyExists).detail(detail),
            TopicError::InUse => Self::new(Code::WrongState).detail(detail),
            TopicError::Store(error) => error.into(),
        }
    }
}
