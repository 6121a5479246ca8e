//! Refusals of who asks.

use server_api::problem::Code;

use super::ApiError;
use crate::service::access::AccessError;
use crate::service::actor::LookError;

impl From<AccessError> for ApiError {
    fn from(error: AccessError) -> Self {
        let detail = error.to_string();
        match error {
            AccessError::UnknownToken => Self::new(Code::Unauthenticated).detail(detail),
            AccessError::NotInstalled => Self::new(Code::Forbidden).detail(detail),
            AccessError::UnknownPerson => Self::new(Code::UnknownPerson).detail(detail),
            AccessError::MemberLeft => Self::new(Code::MemberLeft).detail(detail),
            AccessError::Nobody(reason) => Self::field("on-behalf-of", reason),
            AccessError::Store(error) => error.into(),
        }
    }
}

impl From<LookError> for ApiError {
    fn from(error: LookError) -> Self {
        match error {
            LookError::Forbidden(forbidden) => forbidden.into(),
            LookError::Internal(error) => error.into(),
        }
    }
}
